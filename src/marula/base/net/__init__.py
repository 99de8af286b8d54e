"""Calls to other servers, which cannot be aimed at ourselves or at what stands beside us.

Every call has limits of time, size and redirects; whoever answers too slowly, too much or not at all is `Unreachable`.
"""

from marula.base.net.client import Answer, Http, Limits, Uncallable
from marula.base.net.guard import Refused, forbidden
from marula.base.net.recent import Recent

__all__ = ["Answer", "Http", "Limits", "Recent", "Refused", "Uncallable", "forbidden"]
