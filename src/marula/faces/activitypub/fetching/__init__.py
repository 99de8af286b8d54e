"""Getting to know what other servers have: documents, actors and their keys, handles.

Everything is asked for politely: what is known is not asked for again while it is fresh, what failed is left alone for
some minutes, and servers that are suspended are not asked at all.
"""

from marula.faces.activitypub.fetching.actors import actor, key, learn, refresh
from marula.faces.activitypub.fetching.collections import members
from marula.faces.activitypub.fetching.counts import count
from marula.faces.activitypub.fetching.documents import FAILURES, at, document
from marula.faces.activitypub.fetching.finger import finger

__all__ = ["FAILURES", "actor", "at", "count", "document", "finger", "key", "learn", "members", "refresh"]
