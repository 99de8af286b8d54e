"""From what a local person asked for to what can be written.

Checks the text, resolves mentions and hashtags, renders the HTML and guesses nothing: what is not said comes from the
person's preferences, given by the caller. Opens no transaction.
"""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from marula.base.db import Connection
from marula.base.kernel.errors import Invalid, NotFound, Refused
from marula.base.kernel.ids import AccountId, AppId, MediaId, PostId, ScheduledId
from marula.base.text import (
    count_characters,
    find_hashtags,
    links_to,
    normalise_hashtag,
    render_post,
    render_quote,
    valid_language,
)
from marula.domain import accounts, media
from marula.domain.accounts import Account
from marula.domain.context import Context
from marula.domain.media import Change, Chosen
from marula.domain.posts import rules, store
from marula.domain.posts.permitting import check_permit
from marula.domain.posts.quoting import NO_QUOTED
from marula.domain.posts.reading import readable, readable_with_ties
from marula.domain.posts.types import (
    Deed,
    Draft,
    Mentioned,
    PollDraft,
    Post,
    QuoteDraft,
    QuotePolicy,
    QuoteState,
    Visibility,
)

NO_PARENT = "The post you are trying to reply to does not appear to exist."


class UnexpectedMentions(Refused):
    """The post names people whom its writer did not mean to reach."""

    default = "Post would be sent to unexpected accounts"

    def __init__(self, accounts: tuple[AccountId, ...]) -> None:
        super().__init__()
        self.accounts = accounts


class PollAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A poll as the client sent it. `expires_in`: seconds."""

    options: tuple[str, ...]
    expires_in: int | None = None
    multiple: bool = False
    hide_totals: bool = False


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a local person wants to say. `allowed_mentions`: the ids of those whom it may name; None for anybody."""

    text: str = ""
    spoiler_text: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str | None = None
    sensitive: bool = False
    in_reply_to: PostId | None = None
    poll: PollAsked | None = None
    app_id: AppId | None = None
    quote_of: PostId | None = None
    quote_policy: QuotePolicy = "public"
    allowed_mentions: tuple[str, ...] | None = None
    media_ids: tuple[MediaId, ...] = ()
    media_changes: tuple[Change, ...] = ()


async def draft(
    ctx: Context, db: Connection, author: AccountId, asked: Asked, *, scheduled: ScheduledId | None = None
) -> Draft:
    """The post that these words make. Who answers or quotes a boost means what was boosted.

    Takes: `scheduled`, the post to come that holds its files.
    Raises Invalid with the sentence a client shows, NotFound when the author cannot see the parent, or may not quote,
    UnexpectedMentions, Refused when its files cannot hang on it.
    Costs: one statement, one more for a public post and for files, two more for a reply, three for a quote.
    """
    if asked.in_reply_to is not None:
        try:
            parent = await readable(db, author, asked.in_reply_to)
            if parent.reblog_of_id is not None:
                parent = await readable(db, author, parent.reblog_of_id)
            await check_permit(ctx, db, author, parent, Deed.REPLY)
            asked = msgspec.structs.replace(asked, in_reply_to=parent.id)
        except NotFound as error:
            raise NotFound(NO_PARENT) from error
    chosen = await media.choose(db, author, asked.media_ids, changes=asked.media_changes, scheduled=scheduled)
    if asked.visibility is Visibility.PUBLIC:
        writer = await accounts.by_id(db, author)
        limited = writer is not None and writer.silenced_at is not None
        asked = msgspec.structs.replace(asked, visibility=rules.reach(asked.visibility, limited=limited))
    if asked.quote_of is None:
        return await _compose(ctx, db, asked, None, chosen)
    quoted, quote = await _quoted(db, author, asked.quote_of)
    asked = msgspec.structs.replace(asked, visibility=rules.quoting_reach(asked.visibility, quoted))
    return msgspec.structs.replace(await _compose(ctx, db, asked, quoted.id, chosen), quote=quote)


async def draft_revision(ctx: Context, db: Connection, post: Post, asked: Asked) -> Draft:
    """The new state of a post: all is replaced except visibility, parent and what it quotes, which cannot change."""
    kept = msgspec.structs.replace(asked, visibility=post.visibility, in_reply_to=post.in_reply_to_id)
    quote = await store.quote_by(db, post.id)
    chosen = await media.choose(db, post.account_id, asked.media_ids, changes=asked.media_changes, post=post.id)
    return await _compose(ctx, db, kept, None if quote is None else quote.quoted_id, chosen)


async def _quoted(db: Connection, author: AccountId, identifier: PostId) -> tuple[Post, QuoteDraft]:
    """The post that is meant, and what its author says to the quote. Those of other servers are asked.

    Raises NotFound when they say no, as when there is no such post.
    """
    try:
        post, ties = await readable_with_ties(db, author, identifier)
        if post.reblog_of_id is not None:
            post, ties = await readable_with_ties(db, author, post.reblog_of_id)
    except NotFound as error:
        raise NotFound(NO_QUOTED) from error
    consent = rules.consent(post.visibility, post.account_id, post.quote_automatic, post.quote_manual, author, ties)
    if consent not in ("automatic", "manual"):
        raise NotFound(NO_QUOTED)
    settled = consent == "automatic" and (post.local or post.account_id == author)
    state = QuoteState.ACCEPTED if settled else QuoteState.PENDING
    return post, QuoteDraft(quoted_id=post.id, quoted_account_id=post.account_id, state=state)


async def _quote_line(ctx: Context, db: Connection, quoted: PostId, html: str) -> str:
    """The line that says which post is quoted, unless the text has the link already."""
    row = await store.address(db, quoted)
    if row is None:
        return ""
    url = row["url"] or row["uri"] or f"{ctx.config.web_url}/@{row['username']}/{quoted}"
    return "" if links_to(html, url) else render_quote(url)


async def _compose(
    ctx: Context, db: Connection, asked: Asked, quoted: PostId | None, chosen: tuple[Chosen, ...]
) -> Draft:
    text, spoiler = _words(asked, chosen)
    poll = None if asked.poll is None else _poll(asked.poll)
    named = await _named(ctx, db, text)
    _check_mentions(asked, named.values())
    tags = {normalise_hashtag(name): name for name in reversed(find_hashtags(text))}
    html = render_post(
        text,
        mentions={handle: accounts.mention_link(ctx, account) for handle, account in named.items()},
        tag_url=lambda name: f"{ctx.config.web_url}/tags/{name}",
    )
    if quoted is not None:
        html = await _quote_line(ctx, db, quoted, html) + html
    return Draft(
        text=text,
        html=html,
        spoiler_text=spoiler,
        language=_language(asked.language),
        visibility=asked.visibility,
        sensitive=asked.sensitive or bool(spoiler),
        in_reply_to=asked.in_reply_to,
        mentions=tuple(Mentioned(identifier) for identifier in dict.fromkeys(a.id for a in named.values())),
        tags=tuple(tags.items()),
        poll=poll,
        chosen=chosen,
        quote_automatic=rules.quoters(asked.quote_policy, asked.visibility),
        app_id=asked.app_id,
    )


def _words(asked: Asked, chosen: tuple[Chosen, ...]) -> tuple[str, str]:
    """Text and warning. With a warning and without text, a sign stands for what there is, as Mastodon has it."""
    text, spoiler = asked.text.strip(), asked.spoiler_text.strip()
    if not text and spoiler:
        text = media.rules.placeholder(chosen)
    if not text and not chosen:
        raise Invalid.field("text", "can't be blank", "ERR_BLANK")
    if count_characters(text, spoiler) > rules.MAX_CHARACTERS:
        raise Invalid.field("text", f"character limit of {rules.MAX_CHARACTERS} exceeded", "ERR_TOO_LONG")
    return text, spoiler


def _poll(asked: PollAsked) -> PollDraft:
    options = tuple(option.strip() for option in asked.options)
    seconds = asked.expires_in
    if any(not option for option in options) or len(options) < 2:
        raise Invalid.field("poll", "must have at least two different options, none of them empty")
    if len(set(options)) != len(options):
        raise Invalid.field("poll", "contains the same option twice")
    if len(options) > rules.MAX_POLL_OPTIONS:
        raise Invalid.field("poll", f"cannot have more than {rules.MAX_POLL_OPTIONS} options")
    if any(count_characters(option) > rules.MAX_OPTION_CHARACTERS for option in options):
        raise Invalid.field("poll", f"options cannot be longer than {rules.MAX_OPTION_CHARACTERS} characters each")
    if seconds is None:
        raise Invalid.field("poll", "needs expires_in", "ERR_BLANK")
    if seconds < rules.MIN_POLL_SECONDS:
        raise Invalid.field("poll", "is too short: it must run for at least 5 minutes")
    if seconds > rules.MAX_POLL_SECONDS:
        raise Invalid.field("poll", "is too long: it may run for at most one month")
    return PollDraft(
        options=options, expires_in=timedelta(seconds=seconds), multiple=asked.multiple, hide_totals=asked.hide_totals
    )


def _check_mentions(asked: Asked, named: Iterable[Account]) -> None:
    """Raises UnexpectedMentions with those who are named and may not be. Spec: permissions.json, error_strings"""
    if asked.allowed_mentions is None:
        return
    unexpected = dict.fromkeys(one.id for one in named if str(one.id) not in asked.allowed_mentions)
    if unexpected:
        raise UnexpectedMentions(tuple(unexpected))


def _language(code: str | None) -> str | None:
    if not code:
        return None
    if not valid_language(code):
        raise Invalid.field("language", "is not included in the list", "ERR_INCLUSION")
    return code


async def _named(ctx: Context, db: Connection, text: str) -> dict[str, Account]:
    """The accounts that the text mentions, by the handle as written, lower-case; suspended ones cannot be named."""
    found = await accounts.named(ctx, db, text)
    return {handle: account for handle, account in found.items() if account.suspended_at is None}
