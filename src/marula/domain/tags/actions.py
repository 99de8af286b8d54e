"""The writes of hashtags."""

from collections.abc import Collection, Iterable
from datetime import datetime

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, FeaturedTagId, TagId
from marula.domain.tags import rules
from marula.domain.tags.events import TagFeatured, TagFollowed, TagUnfeatured, TagUnfollowed
from marula.domain.tags.store import featuring, following, names
from marula.domain.tags.types import FeaturedTag, Tag


async def ensure(tx: Tx, wanted: Iterable[tuple[str, str]]) -> dict[str, TagId]:
    """The ids of these hashtags, which exist afterwards.

    Takes: pairs of normalised and displayed name; the first spelling is the one that is shown.
    Costs: one statement, three when one of them is new; none without names.
    """
    spellings: dict[str, str] = {}
    for name, display in wanted:
        spellings.setdefault(name, display)
    if not spellings:
        return {}
    known = await names.known(tx, list(spellings))
    new = {name: display for name, display in spellings.items() if name not in known}
    if new:
        await names.insert(tx, new)
        known |= await names.known(tx, list(new))
    return known


async def follow(tx: Tx, who: AccountId, text: str) -> Tag:
    """See the public posts with a hashtag in one's home feed. Records: TagFollowed, the first time. Raises: NotFound.

    Spec: Mastodon documentation, methods/tags (follow)
    """
    tag = await _ensured(tx, *rules.named(text))
    if await following.follow(tx, who, tag.id):
        await record(tx, TagFollowed(account_id=who, tag_id=tag.id))
    return tag


async def unfollow(tx: Tx, who: AccountId, tag: TagId) -> None:
    """See them there no longer. Records: TagUnfollowed when the hashtag was followed."""
    if await following.unfollow(tx, who, tag):
        await record(tx, TagUnfollowed(account_id=who, tag_id=tag))


async def feature(tx: Tx, who: AccountId, name: str, spelling: str) -> FeaturedTag:
    """Show a hashtag on one's profile. Featuring it twice is featuring it once.

    Takes: its name as `rules` read it.
    Records: TagFeatured, the first time. Raises: Invalid when there is no place for another.
    Spec: Mastodon documentation, methods/featured_tags (feature)
    """
    await featuring.hold(tx, who)
    tag = await _ensured(tx, name, spelling)
    found = await featuring.featured(tx, who, tag.id)
    if found is None:
        rules.check_featured(await featuring.count(tx, who))
        made = await featuring.insert(tx, who, tag.id, spelling)
        await record(tx, TagFeatured(featured_tag_id=made, account_id=who, tag_id=tag.id))
        found = await featuring.featured(tx, who, tag.id)
    assert found is not None
    return found


async def unfeature(tx: Tx, who: AccountId, featured: FeaturedTagId) -> None:
    """Take a hashtag off one's profile. Records: TagUnfeatured. Raises: NotFound."""
    tag = await featuring.delete(tx, who, featured)
    if tag is None:
        raise NotFound
    await record(tx, TagUnfeatured(featured_tag_id=featured, account_id=who, tag_id=tag))


async def count_use(
    tx: Tx, author: AccountId, at: datetime, *, gained: Collection[str] = (), lost: Collection[str] = ()
) -> None:
    """Count in the hashtags on a profile that a post for all to see has these, and has those no longer.

    A part of writing, changing or deleting the post, which has its own fact.
    """
    if gained or lost:
        await featuring.count_use(tx, author, list(gained), list(lost), at)


async def _ensured(tx: Tx, name: str, spelling: str) -> Tag:
    await ensure(tx, [(name, spelling)])
    tag = await names.by_name(tx, name)
    assert tag is not None
    return tag
