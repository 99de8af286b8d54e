"""Hashtags come into being with the first post that uses them."""

from marula.domain import tags
from tests.world import World


async def test_a_new_hashtag_is_written_as_it_was_displayed(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        known = await tags.ensure(tx, [("baobab", "Baobab")])
        found = await tags.by_name(tx, "baobab")
    assert found is not None
    assert known == {"baobab": found.id}
    assert (found.display_name, found.created_at) == ("Baobab", world.clock.now())


async def test_a_known_hashtag_keeps_its_first_spelling(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        first = await tags.ensure(tx, [("baobab", "Baobab")])
        second = await tags.ensure(tx, [("baobab", "BAOBAB"), ("acacia", "acacia")])
        found = await tags.by_name(tx, "baobab")
    assert second["baobab"] == first["baobab"]
    assert set(second) == {"baobab", "acacia"}
    assert found is not None
    assert found.display_name == "Baobab"


async def test_a_name_written_twice_is_one_hashtag(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        known = await tags.ensure(tx, [("baobab", "Baobab"), ("baobab", "BAOBAB")])
        found = await tags.by_name(tx, "baobab")
    assert len(known) == 1
    assert found is not None
    assert found.display_name == "Baobab"


async def test_no_names_give_nothing(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        assert await tags.ensure(tx, []) == {}


async def test_an_unknown_name_is_none(world: World) -> None:
    async with world.ctx.db.reading() as db:
        assert await tags.by_name(db, "nobody-wrote-this") is None
