"""That the streams are served.

Spec: Mastodon documentation, methods/streaming (health)
"""

from marula.faces.http.request import Receive, Scope, Send


async def health(scope: Scope, receive: Receive, send: Send) -> None:
    """OK, to anybody."""
    scope["route"] = "/api/v1/streaming/health"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"OK"})
