"""Followers synchronisation: two servers agree on who follows whom, although a message was lost.

With what only followers read goes a digest of those followers who are on the server that it goes to. Whoever counts
others there asks for the list, and mends what differs.

Spec: FEP-8fcf
"""

from marula.faces.activitypub.synchronising.digest import HEADER, Announced, digest, origin, read, write
from marula.faces.activitypub.synchronising.mending import mend
from marula.faces.activitypub.synchronising.telling import Telling, followers_on

__all__ = ["HEADER", "Announced", "Telling", "digest", "followers_on", "mend", "origin", "read", "write"]
