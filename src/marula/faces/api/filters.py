"""Filters, in both versions of the API. In the first, a filter is one keyword, and its id is that of the keyword.

Spec: Mastodon documentation, methods/filters
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import FilteredPostId, FilterId, KeywordId, PostId
from marula.domain import filters, posts
from marula.domain.filters import FilterAction, FilterChanges, FilterContext, KeywordChange
from marula.entities import Empty, Filter, FilterKeyword, FilterStatus, V1Filter
from marula.faces.api.call import Call
from marula.faces.api.route import route
from marula.faces.http.forms import Form
from marula.views import filter as views

READ = ("read", "read:filters")
WRITE = ("write", "write:filters")
OF_CONTEXTS = Meta(extra={"wrong": filters.rules.NO_CONTEXT})
LONGEST = 10 * 365 * 86_400

SECOND_VERSION = datetime(2022, 11, 14, tzinfo=UTC)
"""Since Mastodon 4.0, released on this day, clients should call the second version."""


class KeywordForm(Form, frozen=True, kw_only=True):
    """A keyword among those of a filter."""

    id: KeywordId | None = None
    keyword: str | UnsetType = UNSET
    whole_word: bool | UnsetType = UNSET
    destroy: bool = msgspec.field(default=False, name="_destroy")


class CreateForm(Form, frozen=True, kw_only=True):
    """A filter to be made. `expires_in`: seconds; without it, it never ends."""

    title: str
    context: Annotated[tuple[FilterContext, ...], OF_CONTEXTS]
    filter_action: FilterAction = "warn"
    expires_in: int | None = None
    keywords_attributes: tuple[KeywordForm, ...] = ()


class UpdateForm(Form, frozen=True, kw_only=True):
    """What to change of a filter; what is not sent stays."""

    title: str | UnsetType = UNSET
    context: Annotated[tuple[FilterContext, ...] | UnsetType, OF_CONTEXTS] = UNSET
    filter_action: FilterAction | UnsetType = UNSET
    expires_in: int | UnsetType | None = UNSET
    keywords_attributes: tuple[KeywordForm, ...] = ()


class NewKeywordForm(Form, frozen=True, kw_only=True):
    """A keyword to be looked for."""

    keyword: str
    whole_word: bool = True


class KeywordUpdateForm(Form, frozen=True, kw_only=True):
    """What to change of a keyword."""

    keyword: str | UnsetType = UNSET
    whole_word: bool | UnsetType = UNSET


class PostForm(Form, frozen=True, kw_only=True):
    """A post to be filtered."""

    status_id: PostId


class OlderForm(Form, frozen=True, kw_only=True):
    """A filter of the first version."""

    phrase: str
    context: Annotated[tuple[FilterContext, ...], OF_CONTEXTS]
    irreversible: bool = False
    whole_word: bool = False
    expires_in: int | None = None


class OlderUpdateForm(Form, frozen=True, kw_only=True):
    """A change of a filter of the first version."""

    phrase: str | UnsetType = UNSET
    context: Annotated[tuple[FilterContext, ...] | UnsetType, OF_CONTEXTS] = UNSET
    irreversible: bool | UnsetType = UNSET
    whole_word: bool | UnsetType = UNSET
    expires_in: int | UnsetType | None = UNSET


@route("GET", "/api/v2/filters", scopes=READ)
async def index(call: Call) -> list[Filter]:
    """One's filters."""
    async with call.ctx.db.reading() as db:
        return [views.whole(one) for one in await filters.of_account(db, call.me)]


@route("POST", "/api/v2/filters", scopes=WRITE)
async def create(call: Call, form: CreateForm) -> Filter:
    """Make a filter."""
    wanted = FilterChanges(
        title=form.title,
        contexts=_contexts(form.context),
        action=form.filter_action,
        expires_at=_end(call, form.expires_in),
        keywords=_keywords(form.keywords_attributes),
    )
    async with call.ctx.db.transaction() as tx:
        return views.whole(await filters.create(tx, call.me, wanted))


@route("GET", "/api/v2/filters/{id}", scopes=READ)
async def show(call: Call, id: FilterId) -> Filter:
    """One of one's filters."""
    async with call.ctx.db.reading() as db:
        return views.whole(await filters.own(db, call.me, id))


@route("PUT", "/api/v2/filters/{id}", scopes=WRITE)
async def update(call: Call, id: FilterId, form: UpdateForm) -> Filter:
    """Change a filter."""
    changes = FilterChanges(
        title=form.title,
        contexts=UNSET if form.context is UNSET else _contexts(form.context),
        action=form.filter_action,
        expires_at=UNSET if form.expires_in is UNSET else _end(call, form.expires_in),
        keywords=_keywords(form.keywords_attributes),
    )
    async with call.ctx.db.transaction() as tx:
        return views.whole(await filters.revise(tx, call.me, id, changes))


@route("DELETE", "/api/v2/filters/{id}", scopes=WRITE)
async def delete(call: Call, id: FilterId) -> Empty:
    """Remove a filter."""
    async with call.ctx.db.transaction() as tx:
        await filters.delete(tx, call.me, id)
    return Empty()


@route("GET", "/api/v2/filters/{filter_id}/keywords", scopes=READ)
async def keywords(call: Call, filter_id: FilterId) -> list[FilterKeyword]:
    """What a filter looks for."""
    async with call.ctx.db.reading() as db:
        return [views.keyword(word) for word in (await filters.own(db, call.me, filter_id)).keywords]


@route("POST", "/api/v2/filters/{filter_id}/keywords", scopes=WRITE)
async def add_keyword(call: Call, filter_id: FilterId, form: NewKeywordForm) -> FilterKeyword:
    """Look for another word."""
    async with call.ctx.db.transaction() as tx:
        made = await filters.add_keyword(tx, call.me, filter_id, form.keyword, whole_word=form.whole_word)
    return views.keyword(made)


@route("GET", "/api/v2/filters/keywords/{id}", scopes=READ)
async def keyword(call: Call, id: KeywordId) -> FilterKeyword:
    """One keyword."""
    async with call.ctx.db.reading() as db:
        return views.keyword((await filters.keyword_of(db, call.me, id))[1])


@route("PUT", "/api/v2/filters/keywords/{id}", scopes=WRITE)
async def update_keyword(call: Call, id: KeywordId, form: KeywordUpdateForm) -> FilterKeyword:
    """Change a keyword."""
    change = KeywordChange(id=id, keyword=form.keyword, whole_word=form.whole_word)
    async with call.ctx.db.transaction() as tx:
        return views.keyword(await filters.revise_keyword(tx, call.me, change))


@route("DELETE", "/api/v2/filters/keywords/{id}", scopes=WRITE)
async def delete_keyword(call: Call, id: KeywordId) -> Empty:
    """Remove a keyword."""
    async with call.ctx.db.transaction() as tx:
        await filters.delete_keyword(tx, call.me, id)
    return Empty()


@route("GET", "/api/v2/filters/{filter_id}/statuses", scopes=READ)
async def filtered_posts(call: Call, filter_id: FilterId) -> list[FilterStatus]:
    """Which posts a filter names."""
    async with call.ctx.db.reading() as db:
        return [views.post(named) for named in (await filters.own(db, call.me, filter_id)).posts]


@route("POST", "/api/v2/filters/{filter_id}/statuses", scopes=WRITE)
async def add_post(call: Call, filter_id: FilterId, form: PostForm) -> FilterStatus:
    """Let a filter name a post that one can see."""
    async with call.ctx.db.reading() as db:
        await posts.readable(db, call.me, form.status_id)
    async with call.ctx.db.transaction() as tx:
        return views.post(await filters.add_post(tx, call.me, filter_id, form.status_id))


@route("GET", "/api/v2/filters/statuses/{id}", scopes=READ)
async def filtered_post(call: Call, id: FilteredPostId) -> FilterStatus:
    """One post that a filter names."""
    async with call.ctx.db.reading() as db:
        return views.post(await filters.post_of(db, call.me, id))


@route("DELETE", "/api/v2/filters/statuses/{id}", scopes=WRITE)
async def delete_post(call: Call, id: FilteredPostId) -> Empty:
    """Let a filter name a post no longer."""
    async with call.ctx.db.transaction() as tx:
        await filters.delete_post(tx, call.me, id)
    return Empty()


@route("GET", "/api/v1/filters", scopes=READ, deprecated=SECOND_VERSION)
async def older_index(call: Call) -> list[V1Filter]:
    """One's keywords."""
    async with call.ctx.db.reading() as db:
        known = await filters.of_account(db, call.me)
    return [views.older(one, word) for one in known for word in one.keywords]


@route("POST", "/api/v1/filters", scopes=WRITE, deprecated=SECOND_VERSION)
async def older_create(call: Call, form: OlderForm) -> V1Filter:
    """Make a filter of one keyword."""
    wanted = FilterChanges(
        title=form.phrase,
        contexts=_contexts(form.context),
        action="hide" if form.irreversible else "warn",
        expires_at=_end(call, form.expires_in),
        keywords=(KeywordChange(keyword=form.phrase, whole_word=form.whole_word),),
    )
    async with call.ctx.db.transaction() as tx:
        made = await filters.create(tx, call.me, wanted)
    return views.older(made, made.keywords[0])


@route("GET", "/api/v1/filters/{id}", scopes=READ, deprecated=SECOND_VERSION)
async def older_show(call: Call, id: KeywordId) -> V1Filter:
    """One keyword with its filter."""
    async with call.ctx.db.reading() as db:
        return views.older(*await filters.keyword_of(db, call.me, id))


@route("PUT", "/api/v1/filters/{id}", scopes=WRITE, deprecated=SECOND_VERSION)
async def older_update(call: Call, id: KeywordId, form: OlderUpdateForm) -> V1Filter:
    """Change a keyword, and its filter when it has no other: then both versions of the API mean the same."""
    async with call.ctx.db.transaction() as tx:
        before, word = await filters.keyword_of(tx, call.me, id)
        changes = FilterChanges(
            title=form.phrase if len(before.keywords) == 1 else UNSET,
            contexts=UNSET if form.context is UNSET else _contexts(form.context),
            action=UNSET if form.irreversible is UNSET else "hide" if form.irreversible else "warn",
            expires_at=UNSET if form.expires_in is UNSET else _end(call, form.expires_in),
            keywords=(KeywordChange(id=word.id, keyword=form.phrase, whole_word=form.whole_word),),
        )
        _check_older(before, changes)
        after = await filters.revise(tx, call.me, before.id, changes)
    return views.older(after, next(one for one in after.keywords if one.id == id))


@route("DELETE", "/api/v1/filters/{id}", scopes=WRITE, deprecated=SECOND_VERSION)
async def older_delete(call: Call, id: KeywordId) -> Empty:
    """Remove a keyword, and its filter when it was all that the filter had."""
    async with call.ctx.db.transaction() as tx:
        found, _ = await filters.keyword_of(tx, call.me, id)
        if len(found.keywords) == 1 and not found.posts:
            await filters.delete(tx, call.me, found.id)
        else:
            await filters.delete_keyword(tx, call.me, id)
    return Empty()


def _check_older(before: filters.Filter, changes: FilterChanges) -> None:
    """An older client sees one keyword only, so it may not change what holds for several. Raises Invalid."""
    after = [
        changes.contexts in (UNSET, before.contexts),
        changes.action in (UNSET, before.action),
        changes.expires_at in (UNSET, before.expires_at),
    ]
    if len(before.keywords) > 1 and not all(after):
        raise Invalid.because("This filter has several keywords: change it with an app that shows them all")


def _contexts(given: tuple[FilterContext, ...]) -> tuple[FilterContext, ...]:
    return tuple(one for one in filters.rules.CONTEXTS if one in given)


def _end(call: Call, seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    return call.ctx.clock.now() + timedelta(seconds=max(0, min(seconds, LONGEST)))


def _keywords(given: tuple[KeywordForm, ...]) -> tuple[KeywordChange, ...]:
    return tuple(
        KeywordChange(id=one.id, keyword=one.keyword, whole_word=one.whole_word, ends=one.destroy) for one in given
    )
