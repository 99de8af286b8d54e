"""The words of deliveries."""

from datetime import datetime, timedelta
from typing import Literal, NewType, TypeAlias

import msgspec

from marula.base.kernel.ids import AccountId, PostId

ParcelId = NewType("ParcelId", int)
DeliveryId = NewType("DeliveryId", int)

State: TypeAlias = Literal["waiting", "delivered", "given_up", "dropped"]
"""What became of a delivery. Given up: it was tried. Dropped: it never will be, because of the server it was for."""

FINAL = "Delete"
"""The kind of parcel after which nothing more is said of its subject."""

REVISION = "Update"
"""The kind of parcel that only changes what an earlier one told: who lacks that still needs it."""

INSISTENT = ("Follow",)
"""Kinds of parcels that are tried although the server is unavailable: somebody asked for this server just now."""

TRIES = 16
"""How often a delivery is tried."""

LONGEST = 2048
"""Bytes of the address of an inbox. Longer ones are not written."""

HOLDS_UP = 4
"""Tries for which a delivery holds its line up although it alone fails and not its server. Then it steps aside."""

PATIENCE = timedelta(days=3)
"""How long a delivery is owed, where its server fails."""


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What one of our actors sends to others: bytes, whose meaning the domain does not know.

    `uri` tells it from all others. `kind`: one word for what it is. `subject`: the id of what it is about, by which
    later ones about the same find who got it. `post_id`: the post that its sender may ask about.
    """

    sender: AccountId
    uri: str
    kind: str
    body: bytes
    subject: str | None = None
    post_id: PostId | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one sender owes to one server: it goes out in order, by one worker at a time.

    `failures`: tries in a row that the server failed. `touched`: changes whenever something joins the line.
    """

    host: str
    sender: AccountId
    failures: int
    touched: int


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery that waits: which parcel, what that is about, and where it goes."""

    id: DeliveryId
    parcel_id: ParcelId
    subject: str | None
    host: str
    sender: AccountId
    inbox: str
    attempts: int


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """How a try ended: delivered, given up, or waiting for the next one. `why`, in words, unless it was delivered.

    `reason`: one word for it, by which tries are counted. `due_at`: it steps aside until then, and the line goes on.
    """

    delivery: DeliveryId
    state: State
    reason: str
    status: int | None = None
    why: str | None = None
    due_at: datetime | None = None


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """How far a worker came with a line.

    `again_at`: when it goes on, for there is more or a try failed; None when nothing is left, or
    nothing but what stepped aside, as far as is known.
    `why`: what the server did wrong, when it failed.
    """

    line: Line
    tried: tuple[Tried, ...] = ()
    again_at: datetime | None = None
    why: str | None = None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a parcel at one inbox.

    `tried_at` is when it was delivered, or tried last. `next_at`: when it is tried next, while it waits.
    """

    uri: str
    kind: str
    inbox: str
    host: str
    state: State
    owed_at: datetime
    attempts: int
    tried_at: datetime | None
    status: int | None
    why: str | None
    next_at: datetime | None
