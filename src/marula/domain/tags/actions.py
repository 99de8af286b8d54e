"""The writes of hashtags."""

from collections.abc import Iterable

from marula.base.db import Tx
from marula.base.kernel.ids import TagId
from marula.domain.tags import store


async def ensure(tx: Tx, names: Iterable[tuple[str, str]]) -> dict[str, TagId]:
    """The ids of these hashtags, which exist afterwards.

    Takes: pairs of normalised and displayed name; the first spelling is the one that is shown.
    Costs: one statement, three when one of them is new; none without names.
    """
    wanted: dict[str, str] = {}
    for name, display in names:
        wanted.setdefault(name, display)
    if not wanted:
        return {}
    known = await store.known(tx, list(wanted))
    new = {name: display for name, display in wanted.items() if name not in known}
    if new:
        await store.insert(tx, new)
        known |= await store.known(tx, list(new))
    return known
