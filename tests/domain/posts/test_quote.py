"""Quoting posts."""

from json import loads
from typing import Any

import pytest

from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import posts, relationships
from marula.domain.posts import Asked, Post, Quoters, QuoteState, Ties, Visibility, rules
from marula.domain.posts.types import QuoteDraft
from tests.domain.posts.writing import boost, delete, follow, person, revise, seen, write
from tests.world import World

PRIVATE, DIRECT, UNLISTED = Visibility.PRIVATE, Visibility.DIRECT, Visibility.UNLISTED


async def quotes_count(world: World, post: Post) -> int:
    return (await world.rows("select quotes_count from post_stats where post_id = $1", post.id))[0]["quotes_count"]


async def quote_of(world: World, post: Post) -> posts.Quote:
    async with world.ctx.db.reading() as db:
        found = await posts.quote_by(db, post.id)
    assert found is not None
    return found


async def html(world: World, post: Post) -> str:
    return (await world.rows("select html from posts where id = $1", post.id))[0]["html"]


async def revoke(world: World, post: Post) -> None:
    quote = await quote_of(world, post)
    async with world.ctx.db.transaction() as tx:
        await posts.revoke_quote(tx, quote)


async def test_a_quote_is_written_counted_and_told(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann, "said")
    post = await write(world, ben, "hear hear", quote_of=said.id)
    quote = await quote_of(world, post)
    assert (quote.quoted_id, quote.quoted_account_id, quote.state) == (said.id, ann, QuoteState.ACCEPTED)
    assert await quotes_count(world, said) == 1
    [fact] = await world.facts("QuoteAccepted")
    body = loads(fact["body"])
    assert [int(body[name]) for name in ("quote_id", "post_id", "quoted_id")] == [quote.id, post.id, said.id]


async def test_the_text_begins_with_a_line_for_those_who_show_no_quotes(world: World) -> None:
    ann = await person(world, "ann")
    said = await write(world, ann)
    url = f"https://marula.example/@ann/{said.id}"
    post = await write(world, ann, "look", quote_of=said.id)
    start = f'<p class="quote-inline">RE: <a href="{url}"'
    assert (await html(world, post)).startswith(start)
    assert (await html(world, post)).endswith("<p>look</p>")
    linked = await write(world, ann, f"look at {url}", quote_of=said.id)
    assert "quote-inline" not in await html(world, linked)
    await revise(world, post, "look here")
    assert (await html(world, post)).startswith(start)
    await revise(world, post, f"look at {url}")
    assert "quote-inline" not in await html(world, post)


async def test_who_quotes_a_boost_quotes_what_was_boosted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann)
    post = await write(world, ben, quote_of=(await boost(world, ben, said)).id)
    assert (await quote_of(world, post)).quoted_id == said.id


async def refused(world: World, who: AccountId, post: PostId, **asked: Any) -> bool:
    """Whether a quote is refused, in the words of a post that is not there."""
    try:
        await write(world, who, quote_of=post, **asked)
    except NotFound as error:
        return error.why == "The post you are trying to quote does not appear to exist."
    return False


async def test_what_one_may_not_see_cannot_be_quoted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    assert await refused(world, ben, PostId(1))
    assert await refused(world, ben, (await write(world, ann, visibility=PRIVATE)).id)
    assert await refused(world, ben, (await write(world, ann, "psst @ben", visibility=DIRECT)).id)
    await follow(world, ben, ann)
    assert await refused(world, ben, (await write(world, ann, visibility=PRIVATE)).id)


async def test_a_policy_decides_who_may_quote(world: World) -> None:
    ann, ben, cat = [await person(world, name) for name in ("ann", "ben", "cat")]
    await follow(world, ben, ann)
    for policy, who in (("public", {ann, ben, cat}), ("followers", {ann, ben}), ("nobody", {ann})):
        said = await write(world, ann, quote_policy=policy)
        assert {one for one in (ann, ben, cat) if not await refused(world, one, said.id)} == who


async def test_blocks_in_either_direction_refuse(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    by_ann, by_ben = await write(world, ann), await write(world, ben)
    async with world.ctx.db.transaction() as tx:
        await relationships.block(tx, ann, ben)
    assert await refused(world, ann, by_ben.id)
    assert await refused(world, ben, by_ann.id)


@pytest.mark.parametrize("visibility", [PRIVATE, DIRECT])
async def test_nobody_may_quote_what_is_not_for_all_whatever_was_asked(world: World, visibility: Visibility) -> None:
    ann = await person(world, "ann")
    said = await write(world, ann, "psst", visibility=visibility, quote_policy="public")
    assert said.quote_automatic == Quoters.NOBODY
    async with world.ctx.db.transaction() as tx:
        await posts.set_quote_policy(tx, said, "public")
    assert (await seen(world, said.id)).quote_automatic == Quoters.NOBODY


async def test_quoting_one_s_own_followers_only_post_reaches_followers_only(world: World) -> None:
    ann = await person(world, "ann")
    said = await write(world, ann, visibility=PRIVATE)
    for asked, reach in ((Visibility.PUBLIC, PRIVATE), (UNLISTED, PRIVATE), (PRIVATE, PRIVATE), (DIRECT, DIRECT)):
        post = await write(world, ann, quote_of=said.id, visibility=asked)
        assert (post.visibility, post.quote_automatic) == (reach, Quoters.NOBODY)
    assert await quotes_count(world, said) == 0


async def test_quotes_not_for_all_are_not_counted(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann)
    for visibility in (PRIVATE, DIRECT):
        await delete(world, await write(world, ben, quote_of=said.id, visibility=visibility))
        assert await quotes_count(world, said) == 0


async def test_deleting_what_quotes_counts_down_and_deleting_what_is_quoted_leaves_the_quote(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann)
    kept, gone = [await write(world, ben, quote_of=said.id) for _ in range(2)]
    await delete(world, gone)
    assert await quotes_count(world, said) == 1
    await delete(world, said)
    assert (await quote_of(world, kept)).quoted_id is None
    await delete(world, kept)
    assert await world.rows("select from quotes") == []


async def test_what_went_meanwhile_cannot_be_quoted(world: World) -> None:
    ann = await person(world, "ann")
    said = await write(world, ann)
    async with world.ctx.db.reading() as db:
        draft = await posts.draft(world.ctx, db, ann, Asked(text="a", quote_of=said.id))
    await delete(world, said)
    with pytest.raises(NotFound, match="trying to quote"):
        async with world.ctx.db.transaction() as tx:
            await posts.publish(tx, ann, draft)


async def test_consent_is_withdrawn_once(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann)
    post = await write(world, ben, quote_of=said.id)
    await revoke(world, post)
    assert ((await quote_of(world, post)).state, await quotes_count(world, said)) == (QuoteState.REVOKED, 0)
    await revoke(world, post)
    await delete(world, post)
    assert (await quotes_count(world, said), len(await world.facts("QuoteRevoked"))) == (0, 1)


async def test_a_quote_that_waits_for_consent_is_neither_counted_nor_told_and_may_be_refused(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    said = await write(world, ann)
    waiting = QuoteDraft(quoted_id=said.id, quoted_account_id=ann, state=QuoteState.PENDING)
    async with world.ctx.db.transaction() as tx:
        made = await posts.publish(tx, ben, posts.Draft(text="a", html="a", quote=waiting))
    post = await seen(world, made)
    assert (await quotes_count(world, said), await world.facts("QuoteAccepted")) == (0, [])
    await revoke(world, post)
    assert ((await quote_of(world, post)).state, await quotes_count(world, said)) == (QuoteState.REJECTED, 0)


async def test_an_edit_cannot_change_what_is_quoted(world: World) -> None:
    ann = await person(world, "ann")
    said, other = await write(world, ann), await write(world, ann)
    post = await write(world, ann, quote_of=said.id)
    await revise(world, post, "changed", quote_of=other.id)
    assert (await quote_of(world, post)).quoted_id == said.id
    plain = await write(world, ann)
    await revise(world, plain, "changed", quote_of=other.id)
    assert len(await world.rows("select from quotes")) == 1


async def test_a_policy_that_is_the_same_is_no_change(world: World) -> None:
    ann = await person(world, "ann")
    said = await write(world, ann)
    for policy in ("public", "nobody", "nobody"):
        async with world.ctx.db.transaction() as tx:
            await posts.set_quote_policy(tx, said, policy)
    assert len(await world.facts("QuotePolicyChanged")) == 1


AUTHOR, OTHER = AccountId(1), AccountId(2)


@pytest.mark.parametrize(
    ("automatic", "manual", "ties", "consent"),
    [
        (Quoters.PUBLIC, 0, Ties(), "automatic"),
        (Quoters.NOBODY, 0, Ties(follows=True), "denied"),
        (Quoters.FOLLOWERS, 0, Ties(follows=True), "automatic"),
        (Quoters.FOLLOWERS, Quoters.PUBLIC, Ties(), "manual"),
        (Quoters.FOLLOWING, 0, Ties(followed_by=True), "automatic"),
        (Quoters.FOLLOWING, 0, Ties(follows=True), "denied"),
        (Quoters.UNSUPPORTED, 0, Ties(), "unknown"),
        (0, Quoters.UNSUPPORTED | Quoters.FOLLOWERS, Ties(follows=True), "manual"),
        (Quoters.PUBLIC, 0, Ties(blocks=True), "denied"),
        (Quoters.PUBLIC, 0, Ties(blocked_by=True), "denied"),
    ],
)
def test_consent_follows_from_groups_and_ties(automatic: int, manual: int, ties: Ties, consent: str) -> None:
    assert rules.consent(Visibility.PUBLIC, AUTHOR, automatic, manual, OTHER, ties) == consent
    assert rules.consent(Visibility.PUBLIC, AUTHOR, automatic, manual, AUTHOR, Ties()) == "automatic"
    assert rules.consent(Visibility.PUBLIC, AUTHOR, automatic, manual, None, Ties()) == "denied"
    assert rules.consent(DIRECT, AUTHOR, automatic, manual, OTHER, ties) == "denied"


@pytest.mark.parametrize(
    ("state", "seen", "ties", "sight"),
    [
        (QuoteState.PENDING, True, Ties(), "pending"),
        (QuoteState.REJECTED, True, Ties(), "rejected"),
        (QuoteState.REVOKED, None, Ties(blocks=True), "revoked"),
        (QuoteState.ACCEPTED, None, Ties(), "deleted"),
        (QuoteState.ACCEPTED, False, Ties(blocks=True), "unauthorized"),
        (QuoteState.ACCEPTED, True, Ties(blocks=True, hides_domain=True, mutes=True), "blocked_account"),
        (QuoteState.ACCEPTED, True, Ties(hides_domain=True, mutes=True), "blocked_domain"),
        (QuoteState.ACCEPTED, True, Ties(mutes=True), "muted_account"),
        (QuoteState.ACCEPTED, True, Ties(), "accepted"),
    ],
)
def test_what_a_viewer_is_told_of_a_quote(state: QuoteState, seen: bool | None, ties: Ties, sight: str) -> None:
    assert rules.quote_sight(state, seen=seen, ties=ties) == sight
    if seen:
        assert rules.quote_sight(state, own=True, seen=seen, ties=ties) in (sight, "accepted")
    assert (sight in rules.SHOWN_QUOTES) == (state is QuoteState.ACCEPTED and seen is True)
