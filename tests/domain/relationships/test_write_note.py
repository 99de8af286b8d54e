"""Private notes about others."""

import pytest

from marula.base.kernel.errors import Invalid
from marula.domain import relationships
from tests.domain.relationships.people import person, standing
from tests.world import World


async def test_a_note_is_written_changed_and_removed_and_only_its_writer_sees_it(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    for words in ("met in Nairobi", "met in Mombasa", ""):
        async with world.ctx.db.transaction() as tx:
            await relationships.write_note(tx, ann, bob, words)
        assert (await standing(world, ann, bob)).note == words
        assert (await standing(world, bob, ann)).note == ""
    assert await world.rows("select from account_notes") == []


async def test_a_note_that_is_too_long_is_refused(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Invalid, match="Comment is too long"):
            await relationships.write_note(tx, ann, bob, "x" * 2001)
