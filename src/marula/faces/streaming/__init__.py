"""Streams: what happens, told as it happens, over WebSockets and server-sent events.

Each process hears of every change by id, loads it once, and renders it for the sockets that it holds, by the same rules
as every other reading. Nothing is kept for a socket that is gone: whoever comes back asks the API for what is newer.

Spec: Mastodon documentation, methods/streaming
"""

from marula.faces.streaming import announcing
from marula.faces.streaming.serving import Streaming
from marula.faces.streaming.streams import BASE, PATHS

__all__ = ["BASE", "PATHS", "Streaming", "announcing"]
