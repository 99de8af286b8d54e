"""What people report."""

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import AccountId, PostId, ReportId, RuleId
from marula.domain import moderation, site
from marula.domain.moderation import Complaint, Report
from marula.domain.posts import Visibility
from tests.domain.collections.recommending import create
from tests.domain.posts import writing
from tests.domain.relationships.people import block, person, stranger
from tests.world import World


async def report(world: World, who: AccountId, complaint: Complaint) -> Report:
    async with world.ctx.db.reading() as db:
        checked = await moderation.draft_report(world.ctx, db, who, complaint)
    async with world.ctx.db.transaction() as tx:
        made = await moderation.report(tx, who, checked)
        return (await moderation.by_ids(tx, [made]))[made]


async def write(world: World, author: AccountId, text: str, visibility: Visibility = Visibility.PUBLIC) -> PostId:
    return (await writing.write(world, author, text, visibility=visibility)).id


async def rule(world: World, text: str = "Be kind") -> RuleId:
    async with world.ctx.db.transaction() as tx:
        made = await site.add_rule(tx, text)
    world.ctx.memory.forget(site.RULES.name)
    return made


async def test_a_report_keeps_what_was_said(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, bob, "spam")
    made = await create(world, bob)
    found = await report(
        world,
        ann,
        Complaint(
            target_id=bob,
            category="spam",
            comment=" Look! ",
            post_ids=(post, post),
            collection_ids=(made,),
            forward=True,
        ),
    )
    assert (found.category, found.comment, found.post_ids, found.collection_ids) == ("spam", "Look!", (post,), (made,))
    assert (found.forwarded, found.rule_ids, found.resolved_at) == (False, None, None)
    assert len(await world.facts("ReportMade")) == 1


async def test_only_a_report_of_a_stranger_goes_to_another_server(world: World) -> None:
    ann, far = await person(world, "ann"), await stranger(world, "far")
    assert (await report(world, ann, Complaint(target_id=far, forward=True))).forwarded
    assert not (await report(world, ann, Complaint(target_id=far))).forwarded


async def test_who_names_rules_reports_a_violation(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    kind = await rule(world)
    found = await report(world, ann, Complaint(target_id=bob, rule_ids=(kind, kind)))
    assert (found.category, found.rule_ids) == ("violation", (kind,))
    found = await report(world, ann, Complaint(target_id=bob, rule_ids=(kind,), category="spam"))
    assert (found.category, found.rule_ids) == ("spam", None)
    assert (await report(world, ann, Complaint(target_id=bob))).category == "other"


async def test_rules_that_the_house_does_not_have_and_long_comments_are_refused(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    with pytest.raises(Invalid, match="Rule ids do not reference valid rules"):
        await report(world, ann, Complaint(target_id=bob, rule_ids=(RuleId(1),)))
    with pytest.raises(Invalid, match="Comment is too long"):
        await report(world, ann, Complaint(target_id=bob, comment="x" * 1001))
    await report(world, ann, Complaint(target_id=bob, comment="x" * 1000))


async def test_nobody_reports_what_they_cannot_see_or_what_is_not_of_that_account(world: World) -> None:
    ann, bob, cat = [await person(world, name) for name in ("ann", "bob", "cat")]
    own, hidden = await write(world, cat, "of cat"), await write(world, bob, "hidden", Visibility.PRIVATE)
    theirs = await create(world, cat)
    for complaint in (
        Complaint(target_id=AccountId(1)),
        Complaint(target_id=bob, post_ids=(own,)),
        Complaint(target_id=bob, post_ids=(hidden,)),
        Complaint(target_id=bob, post_ids=(PostId(1),)),
        Complaint(target_id=bob, collection_ids=(theirs,)),
    ):
        with pytest.raises(NotFound):
            await report(world, ann, complaint)
    assert await world.rows("select from reports") == []


async def test_who_is_blocked_can_report_the_account_but_not_its_posts(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    post = await write(world, bob, "hello")
    await block(world, bob, ann)
    with pytest.raises(NotFound):
        await report(world, ann, Complaint(target_id=bob, post_ids=(post,)))
    await report(world, ann, Complaint(target_id=bob))


async def test_a_report_is_resolved_once(world: World) -> None:
    ann, bob = await person(world, "ann"), await person(world, "bob")
    made = await report(world, ann, Complaint(target_id=bob))
    async with world.ctx.db.transaction() as tx:
        assert [one.id for one in await moderation.open_ones(tx, before=ReportId(2**62), limit=9)] == [made.id]
        await moderation.resolve(tx, made.id)
        await moderation.resolve(tx, made.id)
        assert await moderation.open_ones(tx, before=ReportId(2**62), limit=9) == []
        assert len(await moderation.all_of_them(tx, before=ReportId(2**62), limit=9)) == 1
        with pytest.raises(NotFound):
            await moderation.resolve(tx, ReportId(1))
    assert len(await world.facts("ReportResolved")) == 1
