"""How this server stands to others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.domain import boundaries
from marula.domain.boundaries import UNNAMED_SINCE, BlockDraft, Boundaries, DomainBlock
from tests.world import World

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def _decided(blocks: dict[str, Any], *, limited: bool = False, allows: tuple[str, ...] = ()) -> Boundaries:
    made = {name: DomainBlock(id=1, domain=name, created_at=NOW, severity=how) for name, how in blocks.items()}
    return Boundaries(blocks=made, allows=frozenset(allows), limited=limited)


def test_the_nearest_block_decides() -> None:
    decided = _decided({"evil.example": "suspend", "nice.evil.example": "noop"})
    assert decided.stance("evil.example").suspended
    assert decided.stance("a.b.evil.example").suspended
    assert not decided.stance("nice.evil.example").suspended
    assert not decided.stance("very.nice.evil.example").suspended
    assert not decided.stance("notevil.example").suspended


@pytest.mark.parametrize("host", ["EVIL.example", "evil.example:8443", "sub.Evil.example:443"])
def test_letters_and_ports_make_no_difference(host: str) -> None:
    assert _decided({"evil.example": "suspend"}).stance(host).suspended


def test_one_server_of_a_machine_can_be_meant_by_its_port() -> None:
    decided = _decided({"localhost:3002": "suspend"})
    assert decided.stance("localhost:3002").suspended
    assert not decided.stance("localhost:3003").suspended


def test_who_is_suspended_gives_no_media_and_no_reports() -> None:
    stance = _decided({"evil.example": "suspend"}).stance("evil.example")
    assert (stance.reject_media, stance.reject_reports, stance.since) == (True, True, NOW)


def test_in_limited_federation_only_the_named_are_let_in() -> None:
    decided = _decided({"bad.good.example": "suspend"}, limited=True, allows=("good.example",))
    assert not decided.stance("good.example").suspended
    assert decided.stance("other.example").since == UNNAMED_SINCE
    assert decided.stance("other.example").suspended
    assert decided.stance("bad.good.example").suspended


def test_a_name_is_starred_in_its_middle() -> None:
    assert boundaries.obfuscated("evil.example") == "evil.****ple"
    assert boundaries.obfuscated("a.io") == "a.*o"


@pytest.mark.parametrize("text", ["", " ", "not a domain", "https://", "a b.example", "x" * 300])
async def test_what_is_no_domain_is_refused(world: World, text: str) -> None:
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Invalid):
            await boundaries.block(tx, BlockDraft(domain=text))


async def test_a_block_is_heard_of_at_once_and_can_be_taken_back(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="https://Evil.example/", severity="suspend"))
    assert (await boundaries.stance(world.ctx, "evil.example")).suspended
    async with world.ctx.db.transaction() as tx:
        await boundaries.unblock(tx, "evil.example")
    assert not (await boundaries.stance(world.ctx, "evil.example")).suspended
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await boundaries.unblock(tx, "evil.example")
    assert len(await world.facts("BoundaryMoved")) == 2


async def test_a_block_that_is_changed_keeps_its_mark(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        first = await boundaries.block(tx, BlockDraft(domain="evil.example"))
    world.clock.advance(timedelta(days=1))
    async with world.ctx.db.transaction() as tx:
        second = await boundaries.block(tx, BlockDraft(domain="evil.example", severity="suspend"))
    assert (second.id, second.created_at, second.severity) == (first.id, first.created_at, "suspend")
