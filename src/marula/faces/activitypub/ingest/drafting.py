"""From what a post says to what can be written: everybody it names found, what it answers and quotes found.

Spec: federation practice, addressing and visibility, content features; FEP-044f (quotes)
"""

import asyncio
from datetime import datetime

import msgspec

from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId, PostId
from marula.base.text import normalise_hashtag, plain_text
from marula.domain import accounts, actors, posts
from marula.domain.actors import PUBLIC
from marula.domain.context import Context
from marula.domain.posts import Draft, Mentioned, PollDraft
from marula.faces.activitypub import fetching
from marula.faces.activitypub.ingest.filing import files
from marula.faces.activitypub.ingest.quoting import quote_of, quoters
from marula.faces.activitypub.reading import Asked, Document, Said, same_origin

MOST_STRANGERS = 10
"""People whom nobody here knows yet that are looked up because one post names them; the others are, later."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """Who sent a post, proven, and to whose own inbox it came, if to one: they may read it."""

    author: AccountId
    author_uri: str
    inbox_of: AccountId | None = None


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """What can be written, and whom it names that could not be looked up yet."""

    draft: Draft
    unnamed: tuple[str, ...]


async def drafted(
    ctx: Context,
    found: Document,
    said: Said,
    author: AccountId,
    *,
    parent: PostId | None,
    quoted: PostId | None,
    sent: Sent | None = None,
    group: AccountId | None = None,
) -> Drafted:
    """What a post says, ready to be written. Does not raise for what it names: that may be missing."""
    named = [uri for uri, _ in said.mentions]
    people = await _people(ctx, named, None if sent is None else sent.author_uri)
    addressed, groups = await _addressed(ctx, said)
    async with ctx.db.reading() as db:
        addresses = (await actors.addresses_of(db, [author])).get(author)
    mentions = {people[uri]: False for uri in named if uri in people}
    reach = said.visibility(None if addresses is None else addresses.followers)
    if sent is not None and sent.inbox_of is not None and reach not in posts.rules.BOOSTABLE:
        addressed.append(sent.inbox_of)
    silent = {account: True for account in addressed if account not in mentions and account != author}
    published = _not_later(said.published, ctx.clock.now())
    edited = _not_later(said.updated, ctx.clock.now())
    draft = Draft(
        text=plain_text(said.html),
        html=said.html,
        spoiler_text=said.spoiler_text,
        language=said.language,
        visibility=reach,
        sensitive=said.sensitive,
        in_reply_to=parent,
        group_id=group or next(iter(groups), None),
        answers_uri=said.answers if parent is None else None,
        mentions=tuple(Mentioned(account, silent) for account, silent in (mentions | silent).items()),
        tags=tuple((normalise_hashtag(name), name) for name in said.tags),
        media=await files(ctx, said.attached, said.uri),
        poll=None if said.asked is None else poll(said.asked),
        quote_automatic=quoters(said.quotable_by, said.author, addresses),
        quote_manual=quoters(said.quotable_on_request_by, said.author, addresses),
        permits=said.permits,
        quote=None if quoted is None else await quote_of(ctx, found, said, author, quoted),
        created_at=published,
        edited_at=edited if edited is not None and (published is None or edited > published) else None,
        uri=said.uri,
        url=said.url or said.uri,
        live=sent is not None or published is None or published > ctx.clock.now() - posts.rules.NEWS,
    )
    return Drafted(draft=draft, unnamed=tuple(uri for uri in named if uri not in people))


async def restated(ctx: Context, said: Said) -> Draft:
    """What a post that is known says, as far as that follows from its document alone. Calls nobody."""
    _, groups = await _addressed(ctx, said)
    return Draft(
        text=plain_text(said.html),
        html=said.html,
        spoiler_text=said.spoiler_text,
        language=said.language,
        sensitive=said.sensitive,
        group_id=next(iter(groups), None),
        tags=tuple((normalise_hashtag(name), name) for name in said.tags),
        media=await files(ctx, said.attached, said.uri),
        uri=said.uri,
        url=said.url or said.uri,
    )


def poll(asked: Asked) -> PollDraft:
    """The poll of a question."""
    return PollDraft(
        options=asked.options,
        ends_at=asked.ends_at,
        multiple=asked.multiple,
        tallies=asked.tallies,
        voters=asked.voters if asked.voters is not None else (0 if asked.multiple else sum(asked.tallies)),
    )


async def _people(ctx: Context, uris: list[str], near: str | None) -> dict[str, AccountId]:
    """Those named who are known, or can be looked up now: with `near`, only on the server of this address."""
    async with ctx.db.reading() as db:
        known = await actors.by_uris(ctx, db, uris)
    strangers = [uri for uri in dict.fromkeys(uris) if uri not in known]
    strangers = [uri for uri in strangers if near is None or same_origin(uri, near)][:MOST_STRANGERS]
    found = await asyncio.gather(*(_looked_up(ctx, uri) for uri in strangers))
    return known | {uri: account for uri, account in zip(strangers, found, strict=True) if account is not None}


async def _looked_up(ctx: Context, uri: str) -> AccountId | None:
    try:
        return await fetching.actor(ctx, uri)
    except Unreachable:
        return None


async def _addressed(ctx: Context, said: Said) -> tuple[list[AccountId], list[AccountId]]:
    """Those to whom it is addressed and who are known: they may read it though it does not name them; and of these
    the groups of other servers, those first that it is written for.
    """
    uris = [uri for uri in dict.fromkeys((*said.audience, *said.to, *said.cc)) if uri != PUBLIC]
    async with ctx.db.reading() as db:
        known = await actors.by_uris(ctx, db, uris)
        found = {one.id: one for one in await accounts.many(db, list(known.values()))} if known else {}
    people = [known[uri] for uri in uris if uri in known]
    return people, [one for one in people if one in found and found[one].actor_type == "Group" and not found[one].local]


def _not_later(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else min(moment, now)
