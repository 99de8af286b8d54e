"""Storage: the ledger of every file that this server keeps, ours and copies of others'.

A file is a *blob*: its content, a key that says nothing about it, and a row that says what it is for. What uses it
refers to it by id; when the last reference goes, the blob goes some minutes later.

Tables owned: blobs, storage_totals, storage_days.
"""

from marula.domain.storage import reactions
from marula.domain.storage.actions import bring, keep
from marula.domain.storage.guests import spares, yields
from marula.domain.storage.reading import Usage, usage
from marula.domain.storage.reconciling import Findings, reconcile
from marula.domain.storage.references import Reference, refers
from marula.domain.storage.room import ceiling, evict
from marula.domain.storage.store import by_key, mark_seen, total, totals
from marula.domain.storage.types import EXTENSIONS, Blob, Purpose, Total, content_type

__all__ = [
    "EXTENSIONS",
    "Blob",
    "Findings",
    "Purpose",
    "Reference",
    "Total",
    "Usage",
    "bring",
    "by_key",
    "ceiling",
    "content_type",
    "evict",
    "keep",
    "mark_seen",
    "reactions",
    "reconcile",
    "refers",
    "spares",
    "total",
    "totals",
    "usage",
    "yields",
]
