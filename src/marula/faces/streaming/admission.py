"""Who may listen to what.

Spec: Mastodon documentation, methods/streaming; GOTCHAS, Instance, oauth, streaming
"""

from collections.abc import Callable

from marula.base.kernel.ids import AccountId
from marula.domain import apps, lists, timelines
from marula.domain.apps import Bearer
from marula.domain.context import Context
from marula.faces.streaming.hub import Hub
from marula.faces.streaming.outlet import MOST_STREAMS, Outlet
from marula.faces.streaming.streams import INVALID, MISSING, NO_LIST, TOO_MANY, Stream, check_scope


async def admit(
    ctx: Context, hub: Hub, token: str | None, write: Callable[[Stream, str, bytes | None], bytes]
) -> Outlet:
    """An outlet for whoever holds the token, held from now on; the caller lets it go.

    The token is judged again when the outlet is held: only from then on is it closed when the token ends.
    Raises: Unwelcome without a token, or when its person may not act.
    """
    if not token:
        raise MISSING
    bearer, account = await _holder(ctx, token)
    outlet = Outlet(bearer, account, write)
    hub.open(outlet)
    try:
        await _holder(ctx, token)
    except BaseException:
        hub.close(outlet)
        raise
    return outlet


async def _holder(ctx: Context, token: str) -> tuple[Bearer, AccountId]:
    bearer = await apps.caller(ctx, token)
    if bearer is None or bearer.account_id is None or not bearer.valid(ctx.clock.now()) or bearer.standing != "ok":
        raise INVALID
    return bearer, bearer.account_id


async def subscribe(ctx: Context, hub: Hub, outlet: Outlet, stream: Stream) -> None:
    """Let a stream come out. Raises Unwelcome when the token does not allow it, or the list is somebody else's.

    Whoever listens to a feed keeps it: it is filled from now on, as if it were read.
    """
    check_scope(stream, outlet.bearer)
    if len(outlet.streams) >= MOST_STREAMS:
        raise TOO_MANY
    if stream.list_id is not None:
        async with ctx.db.reading() as db:
            if stream.list_id not in {one.id for one in await lists.of_owner(db, outlet.account)}:
                raise NO_LIST
        async with ctx.db.transaction("relaxed") as tx:
            await timelines.return_to_list(tx, stream.list_id)
    elif stream.name == "user":
        async with ctx.db.transaction("relaxed") as tx:
            await timelines.return_home(tx, outlet.account)
    hub.add(outlet, stream)
