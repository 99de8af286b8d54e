"""The SQL that writes posts and what hangs on them."""

from collections.abc import Sequence
from datetime import datetime

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, ConversationId, PostId, TagId
from marula.domain import media
from marula.domain.media import Attachment
from marula.domain.posts.types import Draft, Visibility

_TURN = """
    insert into post_turns (one, last_id) select true, marula_id({now}) where {wanted}
    on conflict (one) do update set last_id = greatest(post_turns.last_id + 1, excluded.last_id) returning last_id
"""
"""The id of a post that comes now: larger than all that came before, in every process.

The row stays locked until the transaction ends, so posts become visible in the order of their ids, and whoever asks for
what is newer than the newest they saw misses none.
"""


async def insert(
    tx: Tx,
    author: AccountId,
    draft: Draft,
    *,
    local: bool,
    created_at: datetime,
    in_turn: bool,
    answers: AccountId | None,
    conversation: ConversationId | None,
) -> tuple[PostId, ConversationId]:
    """Write a post with its counters, in its conversation or in a new one.

    `in_turn`: its id says that it came now, after all others (see `_TURN`); else, when it was written.
    """
    row = await tx.one(
        f"""
        with turn as ({_TURN.format(now="$19", wanted="$21")}
        ), talk as (
            insert into conversations (created_at) select $14::timestamptz where $12::bigint is null returning id
        ), post as (
            insert into posts (id, account_id, local, uri, url, text, html, spoiler_text, language, visibility,
                               sensitive, in_reply_to_id, in_reply_to_account_id, conversation_id, app_id, created_at,
                               quote_automatic, quote_manual, answers_others, answers_uri, edited_at, has_media,
                               group_id, held_visibility)
            select coalesce((select last_id from turn), marula_id($14)),
                   $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13,
                   coalesce($12, (select id from talk)), $15, $14,
                   $16, $17, coalesce($13::bigint <> $1::bigint, $18::text is not null), $18, $20, $22,
                   coalesce($23::bigint, (select group_id from posts where id = $11)), $24::smallint
            returning id, conversation_id
        ), stats as (
            insert into post_stats (post_id) select id from post
        )
        select id, conversation_id from post
        """,
        author,
        local,
        draft.uri,
        draft.url,
        draft.text,
        draft.html,
        draft.spoiler_text,
        draft.language,
        draft.visibility,
        draft.sensitive,
        draft.in_reply_to,
        conversation,
        answers,
        created_at,
        draft.app_id,
        draft.quote_automatic,
        draft.quote_manual,
        draft.answers_uri,
        tx.now,
        draft.edited_at,
        in_turn,
        _has_media(draft),
        draft.group_id,
        draft.held_visibility,
    )
    assert row is not None
    return row["id"], row["conversation_id"]


async def insert_boost(
    tx: Tx,
    who: AccountId,
    post: PostId,
    visibility: Visibility,
    *,
    local: bool,
    uri: str | None,
    created_at: datetime | None,
) -> PostId | None:
    """Write a boost; None when this account has boosted the post already, or the post is gone."""
    return await tx.value(
        f"""
        with turn as ({_TURN.format(now="$5", wanted="true")}
        ), boost as (
            insert into posts (id, account_id, local, uri, visibility, reblog_of_id, created_at)
            select (select last_id from turn), $1, $2, $3, $4, id, $7 from posts where id = $6 for key share
            on conflict (reblog_of_id, account_id) where reblog_of_id is not null do nothing
            returning id
        ), stats as (
            insert into post_stats (post_id) select id from boost
        )
        select id from boost
        """,
        who,
        local,
        uri,
        visibility,
        tx.now,
        post,
        created_at or tx.now,
    )


async def replace_tags(tx: Tx, post: PostId, tags: Sequence[TagId]) -> None:
    """Exactly these hashtags."""
    await tx.run(
        """
        with gone as (delete from post_tags where post_id = $1 and tag_id <> all($2::bigint[]))
        insert into post_tags (post_id, tag_id) select $1, unnest($2::bigint[]) on conflict do nothing
        """,
        post,
        tags,
    )


async def revise(tx: Tx, post: PostId, draft: Draft) -> None:
    """Replace what an edit may change, and make the next version."""
    await tx.run(
        """
        update posts set text = $2, html = $3, spoiler_text = $4, sensitive = $5, language = $6,
               edited_at = $7, has_media = $8, version = version + 1
        where id = $1
        """,
        post,
        draft.text,
        draft.html,
        draft.spoiler_text,
        draft.sensitive,
        draft.language,
        draft.edited_at or tx.now,
        _has_media(draft),
    )


async def restate(tx: Tx, post: PostId, draft: Draft) -> bool:
    """Replace what a post of another server is read as. Says whether that is anything else than before."""
    changed = await tx.one(
        """
        update posts set text = $2, html = $3, spoiler_text = $4, sensitive = $5, language = $6, url = $7,
               has_media = $8, group_id = coalesce(group_id, $9)
        where id = $1 and not local
          and (text, html, spoiler_text, sensitive, language, url, has_media, group_id)
              is distinct from ($2, $3, $4, $5::boolean, $6, $7, $8::boolean, coalesce(group_id, $9))
        returning id
        """,
        post,
        draft.text,
        draft.html,
        draft.spoiler_text,
        draft.sensitive,
        draft.language,
        draft.url,
        _has_media(draft),
        draft.group_id,
    )
    return changed is not None


def _has_media(draft: Draft) -> bool:
    return bool(draft.chosen or media.rules.acceptable(draft.media))


async def keep_original(tx: Tx, post: PostId, shown: Sequence[Attachment]) -> None:
    """Before the first edit: write the post as it is into its history, with the files that it shows."""
    await tx.run(
        """
        insert into post_edits (post_id, text, html, spoiler_text, sensitive, poll_options, created_at, media_ids,
                                media_descriptions)
        select p.id, p.text, p.html, p.spoiler_text, p.sensitive, polls.options, p.created_at, $2, $3
        from posts p left join polls on polls.post_id = p.id
        where p.id = $1 and not exists (select from post_edits where post_id = $1)
        """,
        post,
        [one.id for one in shown],
        [one.description for one in shown],
    )


async def keep_edit(tx: Tx, post: PostId, shown: Sequence[Attachment]) -> None:
    """After an edit: write the new state into the history, with the files that the post shows now."""
    await tx.run(
        """
        insert into post_edits (post_id, text, html, spoiler_text, sensitive, poll_options, created_at, media_ids,
                                media_descriptions)
        select p.id, p.text, p.html, p.spoiler_text, p.sensitive, polls.options, p.edited_at, $2, $3
        from posts p left join polls on polls.post_id = p.id where p.id = $1
        """,
        post,
        [one.id for one in shown],
        [one.description for one in shown],
    )


async def delete(tx: Tx, post: PostId) -> bool:
    """Remove a post and, by cascade, all that hangs on it. Says whether it was still there.

    What answered it answers nothing now: a new version of each answer.
    """
    await tx.run(
        "update posts set in_reply_to_id = null, version = version + 1 where in_reply_to_id = $1",
        post,
    )
    return await tx.run("delete from posts where id = $1", post) == 1


async def bury(tx: Tx, post: PostId, author: AccountId) -> None:
    """Note that a post was here, for those who ask for it later."""
    await tx.run(
        "insert into post_tombstones (id, account_id, created_at) values ($1, $2, $3) on conflict do nothing",
        post,
        author,
        tx.now,
    )


async def join_group(tx: Tx, post: PostId, group: AccountId) -> None:
    """Note that a post is written in a group, unless it is in one."""
    await tx.run("update posts set group_id = $2 where id = $1 and group_id is null", post, group)


async def hold_uri(tx: Tx, uri: str) -> None:
    """Keep others from writing the post of this id until the transaction ends, also when nobody has written it yet."""
    await tx.run("select pg_advisory_xact_lock(hashtextextended('post ' || $1::text, 0))", uri)


async def keep_document(tx: Tx, post: PostId, document: bytes) -> None:
    """Keep what another server sent, compressed, in place of what it sent before."""
    await tx.run(
        """
        insert into post_documents (post_id, document, kept_at) values ($1, $2, $3)
        on conflict (post_id) do update set document = excluded.document, kept_at = excluded.kept_at
        """,
        post,
        document,
        tx.now,
    )


async def link_answers(
    tx: Tx, uri: str, post: PostId, author: AccountId, conversation: ConversationId
) -> list[tuple[PostId, AccountId, Visibility]]:
    """Let posts that answer this one, and came before it, answer it: a new version of each, and all that answers them
    belongs to one conversation. Gives them with their authors, those first that came first.
    """
    linked = await tx.all(
        """
        update posts p set in_reply_to_id = $2, in_reply_to_account_id = $3, conversation_id = $4, answers_uri = null,
               answers_others = p.account_id <> $3,
               group_id = coalesce(p.group_id, (select group_id from posts where id = $2)), version = version + 1
        from (select id, conversation_id from posts where answers_uri = $1 for update) before
        where p.id = before.id
        returning p.id, p.account_id, p.visibility, before.conversation_id
        """,
        uri,
        post,
        author,
        conversation,
    )
    apart = {row["conversation_id"] for row in linked} - {conversation, None}
    if apart:
        await tx.run(
            "update posts set conversation_id = $2 where conversation_id = any($1::bigint[])",
            list(apart),
            conversation,
        )
    return sorted((row["id"], row["account_id"], Visibility(row["visibility"])) for row in linked)


async def renew(tx: Tx, posts: Sequence[PostId]) -> None:
    """A new version of posts: something that they show has changed. The rows are locked in one order."""
    await tx.run(
        """
        with held as (select id from posts where id = any($1::bigint[]) order by id for no key update)
        update posts set version = version + 1 from held where posts.id = held.id
        """,
        posts,
    )
