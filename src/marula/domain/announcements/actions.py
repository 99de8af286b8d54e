"""The writes of announcements."""

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, AnnouncementId
from marula.domain.announcements import rules, store
from marula.domain.announcements.events import (
    AnnouncementPublished,
    AnnouncementReactionsChanged,
    AnnouncementWithdrawn,
)
from marula.domain.announcements.types import Announcement, Draft


async def create(tx: Tx, draft: Draft) -> AnnouncementId:
    """Write an announcement. Nobody reads it until it is published, by hand or when its time comes. Raises: Invalid."""
    rules.check(draft)
    return await store.insert(tx, draft)


async def revise(tx: Tx, announcement: AnnouncementId, draft: Draft) -> None:
    """Replace all that an announcement says. Records: AnnouncementPublished when it can be read. Raises: Invalid."""
    rules.check(draft)
    before = await _held(tx, announcement)
    await store.revise(tx, announcement, draft)
    if before.published_at is not None:
        await record(tx, AnnouncementPublished(announcement_id=announcement))


async def publish(tx: Tx, announcement: AnnouncementId) -> None:
    """Tell everybody, until its end. Records: AnnouncementPublished, unless it is published. Raises: NotFound."""
    await _held(tx, announcement)
    if await store.publish(tx, announcement):
        await record(tx, AnnouncementPublished(announcement_id=announcement))


async def unpublish(tx: Tx, announcement: AnnouncementId) -> None:
    """Take it back and keep it. Records: AnnouncementWithdrawn when it was published. Raises: NotFound."""
    await _held(tx, announcement)
    if await store.unpublish(tx, announcement):
        await record(tx, AnnouncementWithdrawn(announcement_id=announcement))


async def delete(tx: Tx, announcement: AnnouncementId) -> None:
    """Remove it. Records: AnnouncementWithdrawn when it was published. Raises: NotFound."""
    held = await _held(tx, announcement)
    await store.delete(tx, announcement)
    if held.published_at is not None:
        await record(tx, AnnouncementWithdrawn(announcement_id=announcement))


async def dismiss(tx: Tx, who: AccountId, announcement: AnnouncementId) -> None:
    """Note that somebody has read it. Raises: NotFound."""
    if not await store.dismiss(tx, who, announcement):
        raise NotFound


async def react(tx: Tx, who: AccountId, announcement: AnnouncementId, name: str) -> None:
    """React with an emoji that `draft_reaction` gave; the same one twice counts once.

    Records: AnnouncementReactionsChanged. Raises: NotFound; Invalid when there are too many different ones.
    """
    await _published(tx, announcement)
    rules.check_reaction(name, await store.reaction_names(tx, announcement))
    if await store.react(tx, who, announcement, name):
        await record(tx, AnnouncementReactionsChanged(announcement_id=announcement, name=name))


async def unreact(tx: Tx, who: AccountId, announcement: AnnouncementId, name: str) -> None:
    """Take a reaction back. Records: AnnouncementReactionsChanged. Raises: NotFound, also without a reaction."""
    await _published(tx, announcement)
    if not await store.unreact(tx, who, announcement, name):
        raise NotFound
    await record(tx, AnnouncementReactionsChanged(announcement_id=announcement, name=name))


async def _held(tx: Tx, announcement: AnnouncementId) -> Announcement:
    held = await store.locked(tx, announcement)
    if held is None:
        raise NotFound
    return held


async def _published(tx: Tx, announcement: AnnouncementId) -> None:
    if (await _held(tx, announcement)).published_at is None:
        raise NotFound
