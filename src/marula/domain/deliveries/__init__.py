"""What our actors owe to other servers, and what became of it.

`owe` keeps a parcel and owes it to inboxes, in the transaction of its cause. What one sender owes to one server is a
*line*: it goes out in order. A courier (`faces/activitypub/delivery`) leases lines, carries what waits in them, and
tells with `conclude` how far it came. What is delivered, given up or dropped stays in the ledger for some weeks.

Tables owned: parcels, deliveries, delivery_lines, delivery_tallies.
"""

from marula.domain.deliveries import reactions
from marula.domain.deliveries.actions import conclude, drop, lease, owe, retry_host, retry_parcels
from marula.domain.deliveries.rules import pause
from marula.domain.deliveries.store import (
    bodies,
    counts,
    give_back,
    hurry,
    lost_at,
    next_due,
    of_post,
    of_uri,
    reached,
    reclaim,
    tallies,
    waiting,
    waiting_at,
)
from marula.domain.deliveries.store.lines import LEASES
from marula.domain.deliveries.store.owing import WAKE
from marula.domain.deliveries.types import (
    HOLDS_UP,
    PATIENCE,
    TRIES,
    Carried,
    DeliveryId,
    Line,
    Owed,
    Parcel,
    ParcelId,
    Receipt,
    State,
    Tried,
)

__all__ = [
    "HOLDS_UP",
    "LEASES",
    "PATIENCE",
    "TRIES",
    "WAKE",
    "Carried",
    "DeliveryId",
    "Line",
    "Owed",
    "Parcel",
    "ParcelId",
    "Receipt",
    "State",
    "Tried",
    "bodies",
    "conclude",
    "counts",
    "drop",
    "give_back",
    "hurry",
    "lease",
    "lost_at",
    "next_due",
    "of_post",
    "of_uri",
    "owe",
    "pause",
    "reached",
    "reactions",
    "reclaim",
    "retry_host",
    "retry_parcels",
    "tallies",
    "waiting",
    "waiting_at",
]
