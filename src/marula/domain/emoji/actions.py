"""The writes of custom emoji."""

from collections.abc import Sequence

from msgspec import UNSET

from marula.base.db import Tx
from marula.base.events import changed, record
from marula.base.kernel.errors import Conflict, Invalid, NotFound
from marula.base.kernel.ids import EmojiId
from marula.domain import storage
from marula.domain.emoji import rules, store
from marula.domain.emoji.events import EmojiAdded, EmojiChanged, EmojiRemoved
from marula.domain.emoji.reading import LOCAL
from marula.domain.emoji.types import Changes, Picture

TAKEN = "has already been taken"


async def add(
    tx: Tx,
    shortcode: str,
    picture: Picture,
    *,
    category: str | None = None,
    listed: bool = True,
    overwrite: bool = False,
) -> EmojiId:
    """Give people of this server an emoji. With `overwrite` one of this name gets the new picture and category.

    Records: EmojiAdded. Raises: Invalid for a name that is wrong or taken, Conflict when the picture was brought too
    long ago.
    """
    name = rules.check_shortcode(shortcode)
    await storage.keep(tx, [picture.original_id, picture.static_id])
    made = await store.add(
        tx, name, picture, category=rules.check_category(category), listed=listed, overwrite=overwrite
    )
    if made is None:
        raise Invalid.field("shortcode", TAKEN, "ERR_TAKEN")
    await changed(tx, LOCAL)
    await record(tx, EmojiAdded(emoji_id=made))
    return made


async def change(tx: Tx, shortcode: str, changes: Changes, *, domain: str | None = None) -> None:
    """Change the name, category or state of an emoji; one of another server can only be switched off and on.

    Records: EmojiChanged. Raises: NotFound, Invalid for a name that is wrong or taken.
    """
    if changes.shortcode is not UNSET:
        name = rules.check_shortcode(changes.shortcode)
        if name != shortcode and await store.exists(tx, name):
            raise Invalid.field("shortcode", TAKEN, "ERR_TAKEN")
    if changes.category is not UNSET:
        rules.check_category(changes.category)
    if domain is not None and (changes.shortcode, changes.category, changes.visible_in_picker) != (UNSET,) * 3:
        raise Conflict("An emoji of another server can only be switched off and on")
    found = await store.change(tx, shortcode, domain, changes)
    if found is None:
        raise NotFound(f"There is no emoji :{shortcode}:")
    await changed(tx, LOCAL)
    await record(tx, EmojiChanged(emoji_id=found))


async def remove(tx: Tx, shortcode: str, *, domain: str | None = None) -> None:
    """Remove an emoji; texts that use it show its shortcode. Records: EmojiRemoved. Raises: NotFound."""
    if not await store.remove(tx, shortcode, domain):
        raise NotFound(f"There is no emoji :{shortcode}:")
    await changed(tx, LOCAL)
    await record(tx, EmojiRemoved(shortcode=shortcode, domain=domain))


async def purge(tx: Tx, *, remote_only: bool, servers: Sequence[str] | None, batch: int) -> int:
    """Remove a batch of all emoji, of those of other servers, or of those of these servers and below; how many.

    Records: EmojiRemoved for each.
    """
    gone = await store.purge(tx, remote_only=remote_only, servers=servers, batch=batch)
    for one in gone:
        await record(tx, EmojiRemoved(shortcode=one[0], domain=one[1]))
    if gone:
        await changed(tx, LOCAL)
    return len(gone)


async def learn(tx: Tx, domain: str, seen: Sequence[tuple[str, str]]) -> None:
    """Write which custom emoji a server uses: shortcode and address of the picture. The last address counts.

    Costs: nothing without emoji, else one statement; one more, and every process forgets what it shows, when one that
    was known has another picture now.
    """
    if seen and await store.learn(tx, domain, dict(seen)):
        await changed(tx, LOCAL)
