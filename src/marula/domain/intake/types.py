"""The words of intake."""

from datetime import datetime, timedelta
from typing import Literal, NewType, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId

ArrivalId = NewType("ArrivalId", int)

State: TypeAlias = Literal["waiting", "accepted", "ignored", "rejected", "dead"]
"""What became of an arrival. Dead: it failed as often as it may, and waits for the operator."""

DeedKind: TypeAlias = Literal["follow", "like", "announce", "block", "flag"]

REPEATED = ("Follow", "Undo", "Block", "Accept", "Reject")
"""What may come again, byte by byte, and mean it anew: some servers name a follow after the two people alone."""

TRIES = 8
"""How often an arrival is tried."""

LOSSES = 5
"""Workers that may die with a line in hand. Then its first arrival is dead: it may be what they died of."""

REMEMBERED = timedelta(hours=6)
"""How long it is remembered that something was taken back before it came. Spec: federation practice, inbox rules"""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """What another server sent, as it came: bytes, whose meaning the domain does not know.

    `signer`: the actor who is proven to have sent it; `actor`: whose it claims to be. `inbox_of`: whose own inbox it
    came to, None for the shared one. `digest` tells it from all others.
    """

    uri: str | None
    kind: str
    actor: str
    signer: str
    host: str
    inbox_of: AccountId | None
    body: bytes
    digest: bytes


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An arrival that is to be worked on. `attempts`: how often it failed already."""

    id: ArrivalId
    actor: str
    signer: str
    kind: str
    inbox_of: AccountId | None
    body: bytes
    attempts: int


class Concluded(msgspec.Struct, frozen=True, kw_only=True):
    """How working on an arrival ended. Waiting again: it failed, `why` and until when."""

    id: ArrivalId
    state: State
    why: str | None = None
    again_at: datetime | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one signer sent: it is worked on in order, by one worker at a time.

    `losses`: how many workers died with it in hand.
    """

    signer: str
    losses: int


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What came and what became of it, for the operator."""

    id: ArrivalId
    uri: str | None
    kind: str
    actor: str
    signer: str
    host: str
    state: State
    why: str | None
    attempts: int
    arrived_at: datetime
    concluded_at: datetime | None


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """What was turned away at the door of the inboxes: how often, and when first and last.

    `host`: who claimed to send it, which nobody has proved; "" for those of whom there are too many.
    """

    host: str
    status: int
    why: str
    number: int
    first_at: datetime
    last_at: datetime


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """An activity of somebody elsewhere that took effect here: by its id it can be taken back or answered.

    `ended_at`: when it was taken back; it is known for some hours.
    """

    uri: str
    account_id: AccountId
    kind: DeedKind
    object_uri: str
    ended_at: datetime | None = None
