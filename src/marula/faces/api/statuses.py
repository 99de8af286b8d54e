"""Posts: write, read, edit, delete, and what people do with them.

Spec: Mastodon documentation, methods/statuses
"""

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from marula.base.db import Connection
from marula.base.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marula.base.kernel.ids import MediaId, PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, interactions, media, posts, scheduling, timelines, translation, users
from marula.domain.media import Change
from marula.domain.posts import Asked, Deed, Draft, PollAsked, Post, Visibility
from marula.domain.scheduling import Scheduled
from marula.entities import (
    Account,
    Context,
    ScheduledStatus,
    Status,
    StatusEdit,
    StatusSource,
    Translation,
    UnexpectedMentionsError,
)
from marula.faces.api.async_refreshes import announce
from marula.faces.api.call import Call
from marula.faces.api.errors import Told
from marula.faces.api.meant import approached, meant, target
from marula.faces.api.route import DELETING, POSTING, route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.account import accounts as render_accounts
from marula.views.history import history as render_history
from marula.views.scheduled import scheduled_statuses
from marula.views.status import status, statuses, statuses_by_id, thread
from marula.views.translated import translated, words_of

Policy: TypeAlias = Literal["public", "followers", "nobody"]

READ = ("read", "read:statuses")
WRITE = ("write", "write:statuses")

BULK = 20
ANONYMOUS_ABOVE, ANONYMOUS_BELOW, ANONYMOUS_DEPTH = 40, 60, 20
ALL = 4096


class PollForm(Form, frozen=True, kw_only=True):
    """A poll. `expires_in`: seconds."""

    options: tuple[str, ...] = ()
    expires_in: int | None = None
    multiple: bool = False
    hide_totals: bool = False


class AttributesForm(Form, frozen=True, kw_only=True):
    """What is said anew of a file of the post; what is unset stays. `focus`: two numbers from -1 to 1 with a comma."""

    id: MediaId
    description: str | UnsetType | None = UNSET
    focus: str | UnsetType = UNSET


class DeleteForm(Form, frozen=True, kw_only=True):
    """Whether the files of a post go with it. Else its author has them for a day, to write it anew."""

    delete_media: bool = False


class StatusForm(Form, frozen=True, kw_only=True):
    """A post. Unset `visibility`, `sensitive`, `language` and `quote_approval_policy` are what the author prefers."""

    status: str = ""
    spoiler_text: str = ""
    sensitive: bool | None = None
    visibility: Literal["public", "unlisted", "private", "direct"] | None = None
    language: str | None = None
    in_reply_to_id: PostId | None = None
    poll: PollForm | None = None
    media_ids: tuple[MediaId, ...] = ()
    media_attributes: tuple[AttributesForm, ...] = ()
    scheduled_at: datetime | None = None
    quote_approval_policy: Policy | None = None
    quoted_status_id: PostId | None = None
    allowed_mentions: tuple[str, ...] | None = None


class PolicyForm(Form, frozen=True, kw_only=True):
    """Who may quote a post; unset is what its author prefers."""

    quote_approval_policy: Policy | None = None


class BulkForm(Form, frozen=True, kw_only=True):
    """Which posts."""

    id: tuple[PostId, ...] = ()


class TranslateForm(Form, frozen=True, kw_only=True):
    """Into which language; unset is that of the reader."""

    lang: str | None = None


class ReblogForm(Form, frozen=True, kw_only=True):
    """How far a boost reaches."""

    visibility: Literal["public", "unlisted", "private"] | None = None


@route("POST", "/api/v1/statuses", scopes=WRITE, limit=POSTING, tells=(UnexpectedMentionsError,))
async def create(call: Call, form: StatusForm) -> Rendered[Status] | ScheduledStatus:
    """Publish a post, or keep it until `scheduled_at`. The same Idempotency-Key within an hour gives the first one."""
    key = call.request.header(b"idempotency-key") or None
    if key is not None and len(key) > 255:
        raise Invalid.because("the Idempotency-Key is too long (maximum is 255 characters)")
    asked = await _asked(call, form)
    await accounts.acquaint(call.ctx, asked.text)
    try:
        async with call.ctx.db.reading() as db:
            draft = await _draft(call, db, asked)
    except Refused:
        first = None if key is None else await _first(call, key)
        if first is None:
            raise
        return first
    async with call.ctx.db.transaction() as tx:
        if form.scheduled_at is not None and form.scheduled_at > tx.now:
            made = await scheduling.schedule(tx, call.me, asked, form.scheduled_at, key=key)
        else:
            made = await posts.publish(tx, call.me, draft, key=key)
    return await _to_come(call, made) if isinstance(made, Scheduled) else await _shown(call, made)


@route("GET", "/api/v1/statuses", auth="optional", scopes=READ)
async def bulk(call: Call, form: BulkForm) -> Rendered[list[Status]]:
    """Several posts at once; what is missing or hidden is left out."""
    if len(form.id) > BULK:
        raise Refused(f"Too many statuses requested: at most {BULK}")
    async with call.ctx.db.reading() as db:
        return listed(await statuses(call.ctx, db, call.viewer, list(dict.fromkeys(form.id)), listed=False))


@route("GET", "/api/v1/statuses/{id}", auth="optional", scopes=READ, cache="public, max-age=15")
async def show(call: Call, id: PostId) -> Rendered[Status]:
    """One post."""
    return await _shown(call, id)


@route("GET", "/api/v1/statuses/{id}/context", auth="optional", scopes=READ)
async def context(call: Call, id: PostId) -> Rendered[Context]:
    """What a post answers, and what answers it."""
    signed_in = call.viewer is not None
    async with call.ctx.db.reading() as db:
        above, below = await timelines.thread(
            db,
            id,
            above=ALL if signed_in else ANONYMOUS_ABOVE,
            below=ALL if signed_in else ANONYMOUS_BELOW,
            depth=ALL if signed_in else ANONYMOUS_DEPTH,
        )
        shown = await thread(call.ctx, db, call.viewer, id, above, below)
    if signed_in and await call.ctx.directory.open_thread(id):
        announce(call, f"context-{id}")
    return Rendered(b'{"ancestors":%b,"descendants":%b}' % (listed(shown.above).data, listed(shown.below).data))


@route("PUT", "/api/v1/statuses/{id}", scopes=WRITE, limit=POSTING)
async def edit(call: Call, id: PostId, form: StatusForm) -> Rendered[Status]:
    """Replace the content of one's own post. What it quotes stays; who may quote it changes only when that is sent."""
    post, asked = await _own(call, id), await _asked(call, form)
    if post.reblog_of_id is not None:
        raise NotFound("Not Found")
    await accounts.acquaint(call.ctx, asked.text)
    async with call.ctx.db.reading() as db:
        draft = await posts.draft_revision(call.ctx, db, post, asked)
    async with call.ctx.db.transaction() as tx:
        await posts.revise(tx, post, draft)
        if form.quote_approval_policy is not None:
            await posts.set_quote_policy(tx, post, form.quote_approval_policy)
    return await _shown(call, id)


@route("DELETE", "/api/v1/statuses/{id}", scopes=WRITE, limit=DELETING)
async def delete(call: Call, id: PostId, form: DeleteForm) -> Rendered[Status]:
    """Remove one's own post. The answer holds its text and what it quotes, to write it anew."""
    post = await _own(call, id)
    shown = msgspec.json.decode((await _shown(call, id)).data)
    if shown["quote"] is not None:
        shown["quote"]["quoted_status"] = await _quoted(call, id)
    async with call.ctx.db.transaction() as tx:
        await posts.delete(tx, post, keep_media=not form.delete_media)
    del shown["content"]
    return Rendered(msgspec.json.encode(shown | {"text": post.text}))


@route("GET", "/api/v1/statuses/{id}/source", scopes=READ)
async def source(call: Call, id: PostId) -> StatusSource:
    """A post as it was written, to edit it."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
    return StatusSource(id=str(post.id), text=post.text, spoiler_text=post.spoiler_text)


@route("GET", "/api/v1/statuses/{id}/history", auth="optional", scopes=READ)
async def history(call: Call, id: PostId) -> Rendered[list[StatusEdit]]:
    """All versions of a post, the first one first."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        return await render_history(call.ctx, db, call.viewer, post)


@route("POST", "/api/v1/statuses/{id}/favourite", scopes=("write", "write:favourites"))
async def favourite(call: Call, id: PostId) -> Rendered[Status]:
    """Mark a post as favourite."""
    post = await approached(call, id, Deed.LIKE)
    async with call.ctx.db.transaction() as tx:
        await interactions.favourite(tx, call.me, post)
    return await _shown(call, post.id)


@route("POST", "/api/v1/statuses/{id}/unfavourite", scopes=("write", "write:favourites"))
async def unfavourite(call: Call, id: PostId) -> Rendered[Status]:
    """Take the mark back."""
    post = await meant(call, id)
    async with call.ctx.db.transaction() as tx:
        was = await interactions.unfavourite(tx, call.me, post)
    return await _shown(call, post.id, known=was)


@route("POST", "/api/v1/statuses/{id}/reblog", scopes=WRITE, limit=POSTING)
async def reblog(call: Call, id: PostId, form: ReblogForm) -> Rendered[Status]:
    """Boost a post; the answer is the boost, with the post inside."""
    post = await approached(call, id, Deed.BOOST)
    visibility = None if form.visibility is None else Visibility[form.visibility.upper()]
    async with call.ctx.db.transaction() as tx:
        made = await posts.boost(tx, call.me, post, visibility=visibility)
    return await _shown(call, made)


@route("POST", "/api/v1/statuses/{id}/unreblog", scopes=WRITE, limit=DELETING)
async def unreblog(call: Call, id: PostId) -> Rendered[Status]:
    """Take a boost back; the answer is the post."""
    post = await meant(call, id)
    async with call.ctx.db.transaction() as tx:
        was = await posts.unboost(tx, call.me, post.id)
    return await _shown(call, post.id, known=was)


@route("POST", "/api/v1/statuses/{id}/bookmark", scopes=("write", "write:bookmarks"))
async def bookmark(call: Call, id: PostId) -> Rendered[Status]:
    """Keep a post for later; nobody else knows."""
    post = await target(call, id)
    async with call.ctx.db.transaction() as tx:
        await interactions.bookmark(tx, call.me, post.id)
    return await _shown(call, post.id)


@route("POST", "/api/v1/statuses/{id}/unbookmark", scopes=("write", "write:bookmarks"))
async def unbookmark(call: Call, id: PostId) -> Rendered[Status]:
    """Keep a post no longer."""
    post = await meant(call, id)
    async with call.ctx.db.transaction() as tx:
        was = await interactions.unbookmark(tx, call.me, post.id)
    return await _shown(call, post.id, known=was)


@route("POST", "/api/v1/statuses/{id}/pin", scopes=("write", "write:accounts"))
async def pin(call: Call, id: PostId) -> Rendered[Status]:
    """Put one's own post on top of one's profile."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
    async with call.ctx.db.transaction() as tx:
        await interactions.pin(tx, call.me, post)
    return await _shown(call, id)


@route("POST", "/api/v1/statuses/{id}/unpin", scopes=("write", "write:accounts"))
async def unpin(call: Call, id: PostId) -> Rendered[Status]:
    """Take a post from the top of one's profile."""
    post = await _own(call, id)
    async with call.ctx.db.transaction() as tx:
        await interactions.unpin(tx, call.me, post.id)
    return await _shown(call, id)


@route("POST", "/api/v1/statuses/{id}/mute", scopes=("write", "write:mutes"))
async def mute(call: Call, id: PostId) -> Rendered[Status]:
    """Be told nothing more of the thread that this post is in."""
    post = await target(call, id)
    async with call.ctx.db.transaction() as tx:
        await interactions.mute_thread(tx, call.me, post)
    return await _shown(call, post.id)


@route("POST", "/api/v1/statuses/{id}/unmute", scopes=("write", "write:mutes"))
async def unmute(call: Call, id: PostId) -> Rendered[Status]:
    """Be told of the thread again."""
    post = await target(call, id)
    async with call.ctx.db.transaction() as tx:
        await interactions.unmute_thread(tx, call.me, post)
    return await _shown(call, post.id)


@route(
    "GET",
    "/api/v1/statuses/{id}/favourited_by",
    auth="optional",
    scopes=("read", "read:accounts"),
    paging=(40, 80),
    since_only=True,
)
async def favourited_by(call: Call, id: PostId, page: Page) -> Rendered[list[Account]]:
    """Who marked a post as favourite."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        marks = await interactions.favourited_by(db, post.reblog_of_id or post.id, page, viewer=call.viewer)
        call.link(page, [mark.cursor for mark in marks], prev="since_id")
        return listed(await render_accounts(call.ctx, db, [mark.account_id for mark in marks]))


@route(
    "GET",
    "/api/v1/statuses/{id}/reblogged_by",
    auth="optional",
    scopes=("read", "read:accounts"),
    paging=(40, 80),
    since_only=True,
)
async def reblogged_by(call: Call, id: PostId, page: Page) -> Rendered[list[Account]]:
    """Who boosted a post."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        boosts = await timelines.boosted_by(db, post.reblog_of_id or post.id, page, viewer=call.viewer)
        call.link(page, [boost for boost, _ in boosts], prev="since_id")
        return listed(await render_accounts(call.ctx, db, [account for _, account in boosts]))


@route("POST", "/api/v1/statuses/{id}/translate", scopes=READ)
async def translate(call: Call, id: PostId, form: TranslateForm) -> Translation:
    """A post in another language, made by the service that the operator chose. Only what all may see is sent there."""
    post = await target(call, id)
    if not translation.enabled(call.ctx.config):
        raise NotFound
    if post.visibility not in posts.rules.BOOSTABLE:
        raise Forbidden
    async with call.ctx.db.reading() as db:
        user = await users.by_account(db, call.me)
        words = await words_of(db, post.id)
    wanted = form.lang or (user and user.locale) or call.ctx.config.default_locale
    return await translated(call.ctx, words, wanted)


@route("PUT", "/api/v1/statuses/{id}/interaction_policy", scopes=WRITE)
async def interaction_policy(call: Call, id: PostId, form: PolicyForm) -> Rendered[Status]:
    """Say who may quote one's own post from now on; the quotes that are there stay."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        user = await users.by_account(db, call.me)
    if post.account_id != call.me or user is None:
        raise Forbidden
    if post.reblog_of_id is not None:
        raise NotFound("Not Found")
    async with call.ctx.db.transaction() as tx:
        policy = form.quote_approval_policy or user.preferences.default_quote_policy
        await posts.set_quote_policy(tx, post, policy)
    return await _shown(call, id)


@route("GET", "/api/v1/statuses/{id}/quotes", scopes=READ, paging=(20, 40))
async def quotes(call: Call, id: PostId, page: Page) -> Rendered[list[Status]]:
    """The posts that quote this one with consent, as far as one may see them; a page may be short or empty."""
    async with call.ctx.db.reading() as db:
        post = await posts.readable(db, call.viewer, id)
        found = await posts.quoted_by(db, post.reblog_of_id or post.id, page)
        call.link(page, [cursor for cursor, _ in found], prev="since_id")
        return listed(await statuses(call.ctx, db, call.viewer, [quoting for _, quoting in found]))


@route("POST", "/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke", scopes=WRITE)
async def revoke_quote(call: Call, id: PostId, quoting_status_id: PostId) -> Rendered[Status]:
    """Withdraw one's consent to a quote of one's own post; the answer is the post that quotes.

    It is withdrawn also when one may not see that post (any more); the answer is then 404, as for any such post.
    """
    async with call.ctx.db.reading() as db:
        quote = await posts.revocable(db, call.me, id, quoting_status_id)
    async with call.ctx.db.transaction() as tx:
        await posts.revoke_quote(tx, quote)
    return await _shown(call, quoting_status_id)


async def _shown(call: Call, id: PostId, *, known: bool = False) -> Rendered[Status]:
    async with call.ctx.db.reading() as db:
        return await status(call.ctx, db, call.viewer, id, known=known)


async def _own(call: Call, id: PostId) -> Post:
    """One's own post or boost. Raises NotFound for that of anybody else, whether visible or not."""
    async with call.ctx.db.reading() as db:
        post = await posts.by_id(db, id)
    if post is None or post.account_id != call.me:
        raise NotFound("Not Found")
    return post


async def _quoted(call: Call, id: PostId) -> msgspec.Raw | None:
    """What one's own post quotes, whatever its author says to that, as far as one may see it."""
    async with call.ctx.db.reading() as db:
        quote = await posts.quote_by(db, id)
        if quote is None or quote.quoted_id is None:
            return None
        found = await statuses_by_id(call.ctx, db, call.viewer, [quote.quoted_id], listed=False)
    return msgspec.Raw(found[quote.quoted_id].data) if quote.quoted_id in found else None


async def _asked(call: Call, form: StatusForm) -> Asked:
    async with call.ctx.db.reading() as db:
        user = await users.by_account(db, call.me)
        account = await accounts.by_id(db, call.me)
    if user is None or account is None:
        raise Forbidden
    wishes = user.preferences
    word = form.visibility or wishes.default_privacy or ("private" if account.locked else "public")
    return Asked(
        text=form.status,
        spoiler_text=form.spoiler_text,
        visibility=Visibility[word.upper()],
        language=form.language or wishes.default_language,
        sensitive=wishes.default_sensitive if form.sensitive is None else form.sensitive,
        in_reply_to=form.in_reply_to_id,
        poll=_poll(form.poll),
        app_id=call.token.app_id,
        quote_of=form.quoted_status_id,
        quote_policy=form.quote_approval_policy or wishes.default_quote_policy,
        allowed_mentions=form.allowed_mentions,
        media_ids=form.media_ids,
        media_changes=tuple(_change(one) for one in form.media_attributes),
    )


async def _first(call: Call, key: str) -> Rendered[Status] | ScheduledStatus | None:
    """What was made with this key before: it has the files that cannot be had again."""
    async with call.ctx.db.reading() as db:
        claim = await posts.claimed(db, call.me, key, call.ctx.clock.now())
        if claim is None:
            return None
        waiting = None if claim.scheduled_id is None else await scheduling.one(db, call.me, claim.scheduled_id)
    if waiting is not None:
        return await _to_come(call, waiting)
    return None if claim.post_id is None else await _shown(call, claim.post_id)


async def _to_come(call: Call, waiting: Scheduled) -> ScheduledStatus:
    async with call.ctx.db.reading() as db:
        return (await scheduled_statuses(call.ctx, db, [waiting]))[0]


async def _draft(call: Call, db: Connection, asked: Asked) -> Draft:
    """What could be written. Who is named and may not be is told of."""
    try:
        return await posts.draft(call.ctx, db, call.me, asked)
    except posts.UnexpectedMentions as error:
        named = await render_accounts(call.ctx, db, error.accounts)
        raise Told(
            422, {"error": error.why, "unexpected_accounts": [msgspec.Raw(one.data) for one in named]}
        ) from error


def _poll(form: PollForm | None) -> PollAsked | None:
    if form is None or not form.options:
        return None
    values: dict[str, Any] = msgspec.structs.asdict(form)
    return PollAsked(**values)


def _change(form: AttributesForm) -> Change:
    """What is said anew of a file. Raises Invalid."""
    return Change(
        id=form.id,
        description=form.description,
        focus=UNSET if form.focus is UNSET else media.rules.parse_focus(form.focus),
    )
