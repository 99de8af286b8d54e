"""What browsers need to install the app. Spec: W3C Web Application Manifest"""

import hashlib

import msgspec

from marula.domain import site
from marula.faces.pages.page import Answer, File, Visit, page

ICONS = ({"src": "/static/mark.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},)
SHORTCUTS = (("Notifications", "/notifications"), ("Explore", "/explore"))
PAPER = "#faf8ee"
AN_HOUR = "public, max-age=3600"


@page("GET", "/manifest", same_for_all=True)
async def manifest(visit: Visit) -> Answer:
    """The server as an app: its name, its look, and that texts can be shared to it."""
    settings = await site.get(visit.ctx)
    data = msgspec.json.encode(
        {
            "id": "/home",
            "name": settings.title,
            "short_name": settings.title[:12],
            "description": settings.short_description,
            "start_url": "/home",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": ICONS,
            "shortcuts": [{"name": name, "url": url} for name, url in SHORTCUTS],
            "share_target": {"action": "/home", "method": "GET", "params": {"title": "title", "text": "text"}},
            "categories": ["social"],
        }
    )
    etag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    return File(data=data, kind="application/manifest+json", cache=AN_HOUR, etag=etag)
