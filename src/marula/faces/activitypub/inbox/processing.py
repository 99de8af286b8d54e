"""From the bytes that were kept to what they do here.

Spec: federation practice, inbox pipeline; FEP-fe34 (origins)
"""

from marula.base.kernel.errors import Forbidden, Gone, Invalid, NotFound, Refused
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors
from marula.domain.context import Context
from marula.domain.intake import Waiting
from marula.faces.activitypub.activities import received
from marula.faces.activitypub.activities.registry import Accepted, Activity, Ignored, Outcome, Rejected, activity_of
from marula.faces.activitypub.inbox.passing import SPOKEN, pass_on
from marula.faces.activitypub.inbox.proving import proven
from marula.faces.activitypub.reading import Document, Unreadable, id_of, kind_of, load, same_origin

OF_SUSPENDED = ("Delete", "Reject", "Undo", "Update")
"""What is still taken from those who are suspended. Spec: federation practice, inbox pipeline"""


async def process(ctx: Context, arrival: Waiting) -> Outcome:
    """Do what an arrival says.

    Raises: Unreachable and Conflict to be tried again later; anything else is a bug.
    """
    try:
        document = load(arrival.body)
    except Unreadable as error:
        return Rejected(str(error))
    read = await _read(ctx, document, arrival)
    if not isinstance(read, Activity):
        return read
    try:
        if read.kind == "Delete":
            await pass_on(ctx, read, document, arrival)
        outcome = await received[read.kind](ctx, read)
        if read.kind in SPOKEN and isinstance(outcome, Accepted):
            await pass_on(ctx, read, document, arrival)
        return outcome
    except (NotFound, Gone) as error:
        return Ignored(error.why)
    except (Forbidden, Invalid, Refused) as error:
        return Rejected(error.why)
    except Unreadable as error:
        return Rejected(str(error))


async def _read(ctx: Context, document: Document, arrival: Waiting) -> Activity | Outcome:
    """The activity, when its actor may be believed and there is something to do; else the reason why not."""
    actor = arrival.actor
    if id_of(document.get("actor")) != actor:
        return Rejected("its actor cannot be read")
    if kind_of(document, tuple(received)) not in received:
        return _unknown(document)
    if actors.account_of(ctx.config, actor) is not None:
        return Ignored("it is about one of ours, who do what they do here")
    said = document if actor == arrival.signer else await proven(ctx, document, actor)
    if said is None:
        return Ignored("its actor did not sign it")
    identifier, kind = id_of(said), kind_of(said, tuple(received))
    if kind not in received:
        return _unknown(said)
    if identifier is not None and not same_origin(identifier, actor):
        return Rejected("its id is of another server than its actor")
    who = await _actor(ctx, actor, kind)
    if not isinstance(who, int):
        return who
    return activity_of(said, AccountId(who), actor, await _reader(ctx, arrival.inbox_of))


async def _reader(ctx: Context, inbox_of: AccountId | None) -> AccountId | None:
    """To whose own inbox it came, as long as they are there: what they may read is fetched in their name."""
    if inbox_of is None:
        return None
    async with ctx.db.reading() as db:
        return None if await accounts.by_id(db, inbox_of) is None else inbox_of


def _unknown(document: Document) -> Outcome:
    return Ignored(f"{kind_of(document)[:60] or 'what has no type'} is not known here")


async def _actor(ctx: Context, uri: str, kind: str) -> AccountId | Outcome:
    async with ctx.db.reading() as db:
        known = await actors.sender(db, uri)
    if known is None:
        return Ignored("its actor is gone")
    account, suspended = known
    if suspended and kind not in OF_SUSPENDED:
        return Ignored("its actor is suspended")
    return account
