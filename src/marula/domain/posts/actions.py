"""The writes of posts: every post on this server, ours or theirs, comes through `publish`."""

from datetime import datetime

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Forbidden, NotFound, Refused
from marula.base.kernel.ids import AccountId, ConversationId, PostId
from marula.domain import accounts, media, tags
from marula.domain.posts import quoting, rules, store
from marula.domain.posts.events import (
    AnswerLinked,
    BoostsDeleted,
    PostDeleted,
    PostPublished,
    PostReread,
    PostRevised,
)
from marula.domain.posts.polling import begin_poll, revise_poll
from marula.domain.posts.types import Claim, Draft, Post, Totals, Visibility

ANSWERS_TOLD = 100
"""Answers that are told of when what they answer comes, the newest of them: a few at most are not made up."""

BOOSTS_TOLD = 150
"""Boosts that one fact tells of: so many fit into a live message."""


async def publish(tx: Tx, author: AccountId, draft: Draft, *, local: bool = True, key: str | None = None) -> PostId:
    """Write a post.

    Takes: `key`, the client's idempotency key: the same key within an hour gives the first post again.
    Records: PostPublished, QuoteAccepted, AnswerLinked for each young post that answers it and came before it.
    Raises: NotFound when the parent or what it quotes is gone, Refused when the key stands for a post to come.
    Costs: 7 statements, one more each for mentions, files, poll and reply, three for hashtags, two for a key.
    """
    if key is not None:
        earlier = await store.claim_key(tx, author, key)
        if earlier is not None:
            return _first(earlier)
    parent = await _parent(tx, draft)
    answers = None if parent is None else rules.reply_target(parent, author)
    written = draft.created_at or tx.now
    post, conversation = await store.insert(
        tx,
        author,
        draft,
        local=local,
        created_at=written,
        in_turn=draft.live and (draft.created_at is None or not local),
        answers=answers,
        conversation=None if parent is None else parent.conversation_id,
    )
    if key is not None:
        await store.bind_key(tx, author, key, Claim(post, None))
    await _attach(tx, author, post, draft)
    if draft.uri is not None:
        await _link(tx, draft.uri, post, author, conversation)
    if draft.visibility in rules.BOOSTABLE:
        await tags.count_use(tx, author, written, gained=[name for name, _ in draft.tags])
    await quoting.attach_quote(tx, post, author, draft)
    if rules.counted(draft.visibility):
        await accounts.count_post(tx, author, 1, at=written)
    if parent is not None and draft.visibility in rules.BOOSTABLE:
        await store.count(tx, parent.id, "replies_count", 1)
    await record(
        tx,
        PostPublished(
            post_id=post,
            account_id=author,
            local=local,
            visibility=draft.visibility,
            in_reply_to_id=draft.in_reply_to,
            in_reply_to_account_id=answers,
            conversation_id=conversation,
            live=draft.live,
        ),
    )
    return post


async def revise(tx: Tx, post: Post, draft: Draft) -> None:
    """Replace the content of a post and keep what it said before.

    A poll whose options or kind of choice change starts anew; a poll left out is removed. Saying the same again is no
    edit: only when the poll ends may change. Who is named no longer has read it, and still may.
    Records: PostRevised.
    """
    before = await store.locked(tx, post.id)
    if before is None:
        raise NotFound("Not Found")
    shown = await media.of_post(tx, post.id)
    if rules.same(before, await store.poll_of(tx, post.id), shown, draft):
        await revise_poll(tx, post.id, draft.poll)
        return
    await store.keep_original(tx, post.id, shown)
    await store.revise(tx, post.id, draft)
    if post.local and (shown or draft.chosen):
        await media.attach(tx, post.account_id, post.id, draft.chosen)
    elif shown or draft.media:
        await media.attach_remote(tx, post.account_id, post.id, draft.media)
    await store.put_mentions(tx, post.id, [(m.account_id, m.silent) for m in draft.mentions])
    await _replace_tags(tx, before, draft)
    await revise_poll(tx, post.id, draft.poll)
    await store.keep_edit(tx, post.id, await media.of_post(tx, post.id))
    await record(tx, PostRevised(post_id=post.id, account_id=post.account_id, local=post.local))


async def restate(tx: Tx, post: PostId, draft: Draft) -> bool:
    """Show a post of another server as it is read now: text, files, hashtags. Says whether it was shown otherwise.

    It is no edit: its history, whom it names, its poll and its quote stay as they are.
    Records: PostReread, when something changed.
    """
    before = await store.locked(tx, post)
    if before is None or before.local or before.reblog_of_id is not None:
        return False
    shown = await media.of_post(tx, post)
    changed = await store.restate(tx, post, draft)
    if not media.rules.same_remote(shown, draft.media):
        await media.attach_remote(tx, before.account_id, post, draft.media)
        changed = True
    if {name for name, _ in draft.tags} != set(await store.tag_names(tx, post)):
        await _replace_tags(tx, before, draft)
        changed = True
    if changed:
        await store.renew(tx, [post])
        await record(tx, PostReread(post_id=post, account_id=before.account_id))
    return changed


async def delete(tx: Tx, post: Post, *, keep_media: bool = False) -> None:
    """Remove a post or a boost and what hangs on it: boosts, favourites, bookmarks, feed entries, notifications.

    Takes: `keep_media`, to give its files back to its author, who may write it anew.
    Records: PostDeleted, and BoostsDeleted for each so many boosts. Nothing happens when it is gone already.
    """
    if await store.locked(tx, post.id) is None:
        return
    mentioned = await store.mentioned(tx, post.id)
    names = await store.tag_names(tx, post.id)
    boosts = await store.boosts_of(tx, post.id)
    reached = await store.reached(tx, post.id) if post.local else ()
    quote = await store.quote_by(tx, post.id)
    if post.reblog_of_id is None:
        await (media.detach if keep_media else media.discard)(tx, post.id)
    await store.delete(tx, post.id)
    if post.local and post.visibility in rules.BOOSTABLE:
        await store.bury(tx, post.id, post.account_id)
    if post.visibility in rules.BOOSTABLE:
        await tags.count_use(tx, post.account_id, post.created_at, lost=names)
    await quoting.uncount_quote(tx, quote)
    if rules.counted(post.visibility):
        await accounts.count_post(tx, post.account_id, -1)
    for _, booster in boosts:
        await accounts.count_post(tx, booster, -1)
    if post.in_reply_to_id is not None and post.visibility in rules.BOOSTABLE:
        await store.count(tx, post.in_reply_to_id, "replies_count", -1)
    if post.reblog_of_id is not None:
        await store.count(tx, post.reblog_of_id, "reblogs_count", -1)
    await record(
        tx,
        PostDeleted(
            post_id=post.id,
            account_id=post.account_id,
            local=post.local,
            visibility=post.visibility,
            reblog_of_id=post.reblog_of_id,
            mentioned=tuple(mentioned),
            reached=tuple(reached),
            tags=tuple(names),
        ),
    )
    for start in range(0, len(boosts), BOOSTS_TOLD):
        await record(tx, BoostsDeleted(post_id=post.id, boosts=tuple(boosts[start : start + BOOSTS_TOLD])))


async def withdraw(tx: Tx, who: AccountId, *, batch: int) -> bool:
    """Take back a batch of what somebody wrote, boosted and voted, and where they are named. Says whether more is left.

    Records: PostDeleted for each post and boost.
    """
    votes = await store.withdraw_votes(tx, who, batch)
    named = await store.forget_mentions(tx, who, batch)
    written = await store.oldest_of(tx, who, batch)
    for identifier in written:
        found = await store.by_id(tx, identifier)
        if found is not None:
            await delete(tx, found)
    return batch in (votes, named, len(written))


async def boost(
    tx: Tx,
    who: AccountId,
    post: Post,
    *,
    visibility: Visibility | None = None,
    uri: str | None = None,
    created_at: datetime | None = None,
) -> PostId:
    """Share a post that `who` may read with their followers; boosting twice gives the first boost.

    Takes: of a boost of another server, `uri`, its id, and `created_at`, when it was made as that server says.
    Records: PostPublished with `reblog_of_id`.
    Raises: Forbidden when its author did not mean it to be shared.
    """
    if not rules.may_boost(post, who):
        raise Forbidden
    reach = rules.boost_visibility(post, visibility)
    made = await store.insert_boost(tx, who, post.id, reach, local=uri is None, uri=uri, created_at=created_at)
    if made is None:
        earlier = await store.boost_of(tx, who, post.id)
        if earlier is None:
            raise NotFound("Not Found")
        return earlier
    await store.count(tx, post.id, "reblogs_count", 1)
    await accounts.count_post(tx, who, 1, at=tx.now)
    await record(
        tx,
        PostPublished(post_id=made, account_id=who, local=uri is None, visibility=reach, reblog_of_id=post.id),
    )
    return made


async def unboost(tx: Tx, who: AccountId, post: PostId) -> bool:
    """Take a boost back. Says whether there was one. Records: PostDeleted when there was."""
    boosted = await store.boost_of(tx, who, post)
    found = None if boosted is None else await store.by_id(tx, boosted)
    if found is None:
        return False
    await delete(tx, found)
    return True


def _first(claim: Claim) -> PostId:
    """The post that was made with the same key."""
    if claim.post_id is None:
        raise Refused("This Idempotency-Key stands for a scheduled post")
    return claim.post_id


async def _link(tx: Tx, uri: str, post: PostId, author: AccountId, conversation: ConversationId) -> None:
    """Let what answers a post, and came before it, answer it."""
    linked = await store.link_answers(tx, uri, post, author, conversation)
    counted = sum(reach in rules.BOOSTABLE for _, _, reach in linked)
    if counted:
        await store.count(tx, post, "replies_count", counted)
    young = [one for one in linked if rules.young(one[0], tx.now)]
    for answer, by, _ in young[-ANSWERS_TOLD:]:
        await record(tx, AnswerLinked(post_id=answer, account_id=by, in_reply_to_id=post))


async def _parent(tx: Tx, draft: Draft) -> Post | None:
    if draft.in_reply_to is None:
        return None
    parent = await store.kept(tx, draft.in_reply_to)
    if parent is None:
        raise NotFound("The post you are trying to reply to does not appear to exist.")
    return parent


async def _attach(tx: Tx, author: AccountId, post: PostId, draft: Draft) -> None:
    if draft.chosen:
        await media.attach(tx, author, post, draft.chosen)
    if draft.media:
        await media.attach_remote(tx, author, post, draft.media)
    if draft.permits:
        await store.replace_permits(tx, post, draft.permits)
    if draft.mentions:
        await store.put_mentions(tx, post, [(m.account_id, m.silent) for m in draft.mentions])
    if draft.tags:
        known = await tags.ensure(tx, draft.tags)
        await store.replace_tags(tx, post, list(known.values()))
    if draft.poll is not None:
        await begin_poll(tx, post, draft.poll)


async def hint(tx: Tx, post: PostId, totals: Totals) -> None:
    """Show what the server of a post counts where that is more than is known here. No fact: nobody did it here."""
    if totals != Totals():
        await store.put_totals(tx, post, totals)


async def _replace_tags(tx: Tx, post: Post, draft: Draft) -> None:
    before = set(await store.tag_names(tx, post.id))
    known = await tags.ensure(tx, draft.tags)
    await store.replace_tags(tx, post.id, list(known.values()))
    if post.visibility in rules.BOOSTABLE:
        await tags.count_use(
            tx, post.account_id, post.created_at, gained=known.keys() - before, lost=before - known.keys()
        )
