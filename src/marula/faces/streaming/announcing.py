"""What the streams are told of, as it is committed: ids, for each process to load.

What comes into feeds and who was notified is announced by those who write it (timelines, notifications).
"""

import msgspec

from marula.base.db import Tx
from marula.base.events import Fact, announce, reacts_to
from marula.domain.accounts import AccountDeleted
from marula.domain.announcements import AnnouncementPublished, AnnouncementReactionsChanged, AnnouncementWithdrawn
from marula.domain.apps import TokensRevoked
from marula.domain.context import Context
from marula.domain.conversations import ConversationUpdated
from marula.domain.filters import FiltersChanged
from marula.domain.posts import PostDeleted, PostPublished, PostRevised, Visibility
from marula.domain.users import UserDisabled

TOPIC = "happened"
"""Live topic: a fact, as its name, a space and its JSON."""


@reacts_to(
    PostPublished,
    lane="now",
    when=lambda event: event.visibility is Visibility.PUBLIC and event.reblog_of_id is None,
)
async def announce_post(ctx: Context, event: PostPublished) -> None:
    """A public post, for the public streams and those of its hashtags."""
    await _announce(ctx, event)


@reacts_to(PostRevised, lane="now")
async def announce_edit(ctx: Context, event: PostRevised) -> None:
    """An edit."""
    await _announce(ctx, event)


@reacts_to(PostDeleted, lane="now")
async def announce_deletion(ctx: Context, event: PostDeleted) -> None:
    """A post that is gone."""
    await _announce(ctx, event)


@reacts_to(ConversationUpdated, lane="now")
async def announce_conversation(ctx: Context, event: ConversationUpdated) -> None:
    """A direct thread with something new."""
    await _announce(ctx, event)


@reacts_to(FiltersChanged, lane="now")
async def announce_filters(ctx: Context, event: FiltersChanged) -> None:
    """What somebody does not want to see is something else now."""
    await _announce(ctx, event)


@reacts_to(AnnouncementPublished, lane="now")
async def announce_announcement(ctx: Context, event: AnnouncementPublished) -> None:
    """What the operators tell everybody."""
    await _announce(ctx, event)


@reacts_to(AnnouncementWithdrawn, lane="now")
async def announce_withdrawal(ctx: Context, event: AnnouncementWithdrawn) -> None:
    """What they tell no longer."""
    await _announce(ctx, event)


@reacts_to(AnnouncementReactionsChanged, lane="now")
async def announce_reaction(ctx: Context, event: AnnouncementReactionsChanged) -> None:
    """What people think of it."""
    await _announce(ctx, event)


@reacts_to(TokensRevoked, lane="now")
async def announce_revocation(ctx: Context, event: TokensRevoked) -> None:
    """Tokens that are worth nothing any more."""
    await _announce(ctx, event)


@reacts_to(UserDisabled, lane="now")
async def announce_disabling(ctx: Context, event: UserDisabled) -> None:
    """Somebody who may not sign in any more."""
    await _announce(ctx, event)


@reacts_to(AccountDeleted, lane="now")
async def announce_end(ctx: Context, event: AccountDeleted) -> None:
    """An account that is gone."""
    await _announce(ctx, event)


async def _announce(ctx: Context, event: Fact) -> None:
    async with ctx.db.transaction("relaxed") as tx:
        await tell(tx, event)


async def tell(tx: Tx, event: Fact) -> None:
    """Announce a fact."""
    await announce(tx, TOPIC, f"{type(event).__name__} {msgspec.json.encode(event).decode()}")
