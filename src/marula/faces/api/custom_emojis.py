"""Custom emoji.

Spec: Mastodon documentation, methods/custom_emojis
"""

from marula.entities import CustomEmoji
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.views.emoji import Emojis


@route("GET", "/api/v1/custom_emojis", auth="none", cache="public, max-age=300, stale-while-revalidate=30")
async def index(call: Call) -> list[CustomEmoji]:
    """The emoji of this server that are not switched off."""
    return (await Emojis.local(call.ctx)).all()
