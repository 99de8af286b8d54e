"""What other servers send, kept until it is worked on, and what became of it.

What a signer sends is a *line*: it is worked on in order. A worker (`faces/activitypub/inbox`) leases lines, works on
what waits in them, and tells with `conclude` how it ended. A *deed* is an activity of somebody elsewhere that took
effect: by its id it is taken back or answered, perhaps weeks later. What is taken back before it came is remembered.

Tables owned: arrivals, arrival_lines, refusals, deeds, taken_back.
"""

from marula.domain.intake import reactions
from marula.domain.intake.actions import (
    LONGEST,
    conclude,
    digest,
    forget_deed,
    forget_deeds,
    keep,
    lease,
    note,
    take_back,
    taken_back,
)
from marula.domain.intake.rules import pause
from marula.domain.intake.store.arrivals import LEASES, WAKE, give_back, reclaim, revive
from marula.domain.intake.store.deeds import by_uri as deed_of
from marula.domain.intake.store.deeds import latest as latest_deed
from marula.domain.intake.store.ledger import counts, listed, next_due
from marula.domain.intake.store.refusals import note as note_refusals
from marula.domain.intake.store.refusals import of_host as refusals_of
from marula.domain.intake.types import (
    TRIES,
    Arrival,
    ArrivalId,
    Concluded,
    Deed,
    DeedKind,
    Line,
    Received,
    Refused,
    State,
    Waiting,
)

__all__ = [
    "LEASES",
    "LONGEST",
    "TRIES",
    "WAKE",
    "Arrival",
    "ArrivalId",
    "Concluded",
    "Deed",
    "DeedKind",
    "Line",
    "Received",
    "Refused",
    "State",
    "Waiting",
    "conclude",
    "counts",
    "deed_of",
    "digest",
    "forget_deed",
    "forget_deeds",
    "give_back",
    "keep",
    "latest_deed",
    "lease",
    "listed",
    "next_due",
    "note",
    "note_refusals",
    "pause",
    "reactions",
    "reclaim",
    "refusals_of",
    "revive",
    "take_back",
    "taken_back",
]
