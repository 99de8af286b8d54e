"""The writes of polls: asked with a post, voted in, counted, and changed with an edit."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.events import record
from marula.base.jobs import later_at
from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.posts import reactions, rules, store
from marula.domain.posts.events import PollVoted
from marula.domain.posts.types import Poll, PollDraft


async def vote(tx: Tx, who: AccountId, poll: Poll, choices: Sequence[int]) -> None:
    """Choose options of a poll, by their position, once.

    Records: PollVoted. Raises: Invalid, NotFound when the poll went meanwhile.
    """
    chosen = sorted(set(choices))
    if poll.account_id == who:
        raise Invalid.because("You cannot vote in your own polls")
    if poll.expires_at is not None and poll.expires_at <= tx.now:
        raise Invalid.because("The poll has already ended")
    if not chosen or any(not 0 <= choice < len(poll.options) for choice in chosen):
        raise Invalid.because("The chosen vote option does not exist")
    if len(chosen) > 1 and not poll.multiple:
        raise Invalid.because("You have already voted on this poll")
    if not await store.hold_poll(tx, poll.id):
        raise NotFound("Not Found")
    if not await store.insert_votes(tx, poll.id, who, chosen):
        raise Invalid.because("You have already voted on this poll")
    await record(tx, PollVoted(poll_id=poll.id, post_id=poll.post_id, account_id=who, choices=tuple(chosen)))


async def cast(tx: Tx, who: AccountId, poll: Poll, choice: int) -> bool:
    """Count one choice of somebody of another server, who sends each by itself. Says whether it counts.

    Records: PollVoted.
    """
    over = poll.expires_at is not None and poll.expires_at <= tx.now
    if over or poll.account_id == who or not await store.hold_poll(tx, poll.id):
        return False
    if not await store.insert_vote(tx, poll.id, who, choice, more=poll.multiple):
        return False
    await record(tx, PollVoted(poll_id=poll.id, post_id=poll.post_id, account_id=who, choices=(choice,)))
    return True


async def recount(tx: Tx, post: PostId, draft: PollDraft) -> None:
    """Write what another server counts in the poll of its post, when it is the same. No fact: nobody voted here."""
    before = await store.poll_of(tx, post)
    if before is not None and rules.same_question(before, draft) and draft.tallies:
        await store.put_tallies(tx, before.id, draft.tallies, draft.voters, draft.ends_at)


async def begin_poll(tx: Tx, post: PostId, draft: PollDraft) -> None:
    """Let a post ask something, and end the poll in time."""
    poll, end = await store.insert_poll(tx, post, draft)
    if end is not None:
        await later_at(tx, end, reactions.end_poll, poll)


async def revise_poll(tx: Tx, post: PostId, after: PollDraft | None) -> None:
    """Let a post ask this from now on: the same question goes on, another one starts anew, None ends it."""
    before = await store.poll_of(tx, post)
    if before is not None and after is not None and rules.same_question(before, after):
        end = store.ends(after, tx.now)
        if after.tallies:
            await store.put_tallies(tx, before.id, after.tallies, after.voters, end)
        else:
            await store.extend_poll(tx, before.id, end, after.hide_totals)
        if end is not None and end != before.expires_at:
            await later_at(tx, end, reactions.end_poll, before.id)
        return
    if before is not None:
        await store.delete_poll(tx, before.id)
    if after is not None:
        await begin_poll(tx, post, after)
