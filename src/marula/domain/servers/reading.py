"""What is known of how a server takes signatures; every call asks for it."""

from collections.abc import Iterable

from marula.base.db import Connection
from marula.base.events.memory import RememberedEach, changed_each
from marula.domain.context import Context
from marula.domain.servers import store

FORMS = RememberedEach[str, str]("signature_forms", seconds=3600, most=20_000)
USUAL = "cavage"


async def form_of(ctx: Context, host: str) -> str:
    """The form of signatures that a server takes, as far as is known. Remembered for an hour."""
    known = ctx.memory.recall(FORMS, host)
    if known is not None:
        return known

    async def load() -> str:
        async with ctx.db.reading() as db:
            return await store.form_of(db, host) or USUAL

    return await ctx.memory.learn(FORMS, host, load) or USUAL


async def remember_forms(ctx: Context, db: Connection, hosts: Iterable[str]) -> None:
    """Have the forms of these servers at hand. Costs: one statement, when one is not remembered."""
    missing = [host for host in hosts if ctx.memory.recall(FORMS, host) is None]
    known = await store.forms_of(db, missing) if missing else {}
    for host in missing:
        form = known.get(host, USUAL)

        async def ready(form: str = form) -> str:
            return form

        await ctx.memory.learn(FORMS, host, ready)


async def learn_form(ctx: Context, host: str, form: str) -> None:
    """Remember that a server takes this form of signatures and refused the other."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.put_form(tx, host, form)
        await changed_each(tx, FORMS)
