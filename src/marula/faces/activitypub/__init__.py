"""How other servers reach this one, and are reached: documents, discovery.

Spec: ActivityPub; ActivityStreams 2.0; Mastodon documentation, spec/activitypub and spec/webfinger
"""

from marula.faces.activitypub import collections, discovery, objects, people, threads
from marula.faces.activitypub.accept import wants_document
from marula.faces.activitypub.document import Documents, Viewers, documents

DOCUMENTS = (collections, discovery, objects, people, threads)
"""Imported for the documents that they declare."""

__all__ = ["DOCUMENTS", "Documents", "Viewers", "documents", "wants_document"]
