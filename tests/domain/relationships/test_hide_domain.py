"""Hiding a server: what ends, and what no longer arrives."""

from typing import Any

import pytest

from marula.base.kernel.errors import Forbidden, Invalid
from marula.base.kernel.ids import AccountId, PostId
from marula.base.kernel.paging import Page
from marula.domain import accounts, conversations, posts, relationships, tags, timelines
from marula.domain.accounts import NewAccount
from marula.domain.posts import Draft, Mentioned, Visibility
from marula.domain.relationships import Losses, reactions
from tests.domain.lists.keeping import make, members
from tests.domain.relationships.people import counters, follow, person, standing
from tests.world import World


async def stranger(world: World, name: str, domain: str = "far.example") -> AccountId:
    async with world.ctx.db.transaction() as tx:
        return await accounts.create(tx, NewAccount(username=name, domain=domain, uri=f"https://{domain}/users/{name}"))


async def tie(world: World, who: AccountId, whom: AccountId) -> None:
    """A follow of, or by, somebody elsewhere, granted."""
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom)
        if (await relationships.relationships(tx, who, [whom]))[0].requested:
            await relationships.authorize_request(tx, whom, who)


async def hide(world: World, who: AccountId, domain: str = "far.example") -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.hide_domain(tx, who, domain)


async def write(world: World, author: AccountId, **more: Any) -> PostId:
    """A post from elsewhere, unless it is somebody's of this server."""
    async with world.ctx.db.transaction() as tx:
        writer = await accounts.by_id(tx, author)
        assert writer is not None
        return await posts.publish(tx, author, Draft(text="hi", html="<p>hi</p>", **more), local=writer.local)


async def test_domains_are_kept_as_they_are_known(world: World) -> None:
    ann = await person(world, "ann")
    for domain in (" Far.Example ", "bücher.example", "far.example"):
        await hide(world, ann, domain)
    async with world.ctx.db.reading() as db:
        found = await relationships.hidden_domains(db, ann, Page())
    assert [entry.domain for entry in found] == ["xn--bcher-kva.example", "far.example"]
    assert len(await world.facts("DomainHidden")) == 2
    for _ in range(2):
        async with world.ctx.db.transaction() as tx:
            await relationships.unhide_domain(tx, ann, "FAR.example")
    assert len(await world.facts("DomainUnhidden")) == 1


@pytest.mark.parametrize("domain", ["", " ", "no domain", "x" * 300, "a..b", "@far.example"])
async def test_what_is_no_domain_is_refused(world: World, domain: str) -> None:
    ann = await person(world, "ann")
    with pytest.raises(Invalid, match="Domain"):
        await hide(world, ann, domain)


async def test_follows_and_requests_end_in_both_directions_and_others_stay(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reactions, "SEVERED", 1)
    ann, ben = await person(world, "ann", locked=True), await person(world, "ben")
    fan, star, asked, asking = [await stranger(world, name) for name in ("fan", "star", "asked", "asking")]
    elsewhere = await stranger(world, "kept", "near.example")
    await tie(world, fan, ann)
    for whom in (star, elsewhere, ben):
        await tie(world, ann, whom)
    await tie(world, ben, star)
    await follow(world, ann, asked)
    await follow(world, asking, ann)
    await tie(world, fan, ben)
    kept = await make(world, ann, star, elsewhere)
    async with world.ctx.db.reading() as db:
        assert await relationships.losses(db, ann, "far.example") == Losses(followers=1, following=1)
    await hide(world, ann)
    await world.settle()
    assert await counters(world, ann) == (0, 2)
    assert await counters(world, star) == (1, 0)
    for other in (fan, star, asked, asking):
        seen = await standing(world, ann, other)
        assert (seen.domain_blocking, seen.following, seen.followed_by) == (True, False, False)
        assert (seen.requested, seen.requested_by) == (False, False)
    assert not (await standing(world, ann, elsewhere)).domain_blocking
    assert not (await standing(world, ben, star)).domain_blocking
    assert await members(world, kept) == [elsewhere]


async def severed(world: World) -> list[tuple[int, int]]:
    rows = await world.rows(
        "select followers_count, following_count from severances where ended_at is not null order by id"
    )
    return [(row["followers_count"], row["following_count"]) for row in rows]


async def test_whoever_loses_follows_is_told_once_how_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "SEVERED", 2)
    ann = await person(world, "ann")
    for number in range(3):
        await tie(world, await stranger(world, f"fan{number}"), ann)
    star = await stranger(world, "star")
    await tie(world, ann, star)
    await hide(world, ann)
    await world.settle()
    assert await severed(world) == [(3, 1)]
    assert len(await world.facts("RelationshipsSevered")) == 1
    [told] = await world.rows("select * from notifications where kind = 'severed_relationships'")
    assert (told["account_id"], told["from_id"]) == (ann, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.unhide_domain(tx, ann, "far.example")
    await tie(world, ann, star)
    await hide(world, ann)
    await world.settle()
    assert await severed(world) == [(3, 1), (0, 1)]


async def test_whoever_loses_nobody_is_not_told(world: World) -> None:
    ann, asked = await person(world, "ann"), await stranger(world, "asked")
    await follow(world, ann, asked)
    await hide(world, ann)
    await world.settle()
    assert await severed(world) == []
    assert await world.rows("select from notifications where account_id = $1", ann) == []


async def test_nobody_follows_across_a_hidden_server(world: World) -> None:
    ann, far = await person(world, "ann"), await stranger(world, "far")
    await hide(world, ann)
    for pair in ((ann, far), (far, ann)):
        with pytest.raises(Forbidden):
            await follow(world, *pair)


async def test_nothing_ends_when_the_server_is_shown_again_before_the_job(world: World) -> None:
    ann, star = await person(world, "ann"), await stranger(world, "star")
    await tie(world, ann, star)
    await hide(world, ann)
    async with world.ctx.db.transaction() as tx:
        await relationships.unhide_domain(tx, ann, "far.example")
    await world.settle()
    assert (await standing(world, ann, star)).following


async def test_posts_and_boosts_from_a_hidden_server_leave_the_feeds_and_do_not_return(world: World) -> None:
    ann, ben = await person(world, "ann"), await person(world, "ben")
    star = await stranger(world, "star")
    await tie(world, ann, star)
    await tie(world, ann, ben)
    kept = await make(world, ann, star, ben)
    async with world.ctx.db.transaction() as tx:
        await timelines.return_home(tx, ann)
        await timelines.return_to_list(tx, kept.id)
        await tags.follow(tx, ann, "baobab")
    own = await write(world, ben)
    far = await write(world, star)
    async with world.ctx.db.transaction() as tx:
        found = await posts.by_id(tx, far)
        assert found is not None
        await posts.boost(tx, ben, found)

    async def feeds() -> tuple[list[PostId], list[PostId]]:
        await world.settle()
        async with world.ctx.db.reading() as db:
            return await timelines.home(db, ann, Page()), await timelines.of_list(db, kept.id, Page())

    assert {far, own} <= set((await feeds())[0])
    assert {far, own} <= set((await feeds())[1])
    await hide(world, ann)
    assert await feeds() == ([own], [own])
    later = await write(world, star, tags=(("baobab", "baobab"),))
    async with world.ctx.db.transaction() as tx:
        found = await posts.by_id(tx, later)
        assert found is not None
        await posts.boost(tx, ben, found)
    assert await feeds() == ([own], [own])


async def test_nobody_is_told_of_what_happens_on_a_hidden_server(world: World) -> None:
    ann, far, near = (
        await person(world, "ann"),
        await stranger(world, "far"),
        await stranger(world, "near", "near.example"),
    )
    mention: dict[str, Any] = {"mentions": (Mentioned(ann),), "visibility": Visibility.DIRECT}

    async def told() -> tuple[list[AccountId], int]:
        await world.settle()
        async with world.ctx.db.reading() as db:
            threads = await conversations.of_account(db, ann, Page())
        rows = await world.rows("select from_id from notifications where account_id = $1 order by id", ann)
        return [row["from_id"] for row in rows], len(threads)

    await write(world, far, **mention)
    assert await told() == ([far], 1)
    await hide(world, ann)
    assert await told() == ([], 1)
    await write(world, far, **mention)
    await write(world, near, **mention)
    assert await told() == ([near], 2)


async def test_what_a_hidden_server_says_is_not_wanted_and_can_still_be_asked_for(world: World) -> None:
    ann, ben, far = await person(world, "ann"), await person(world, "ben"), await stranger(world, "far")
    post = await write(world, far)
    await hide(world, ann)
    async with world.ctx.db.reading() as db:
        _, ties = await posts.readable_with_ties(db, ann, post)
        _, others = await posts.readable_with_ties(db, ben, post)
    assert (ties.hides_domain, others.hides_domain) == (True, False)
    assert not posts.rules.wanted(far, ann, ties)
    assert posts.rules.wanted(far, ben, others)
