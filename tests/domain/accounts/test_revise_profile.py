"""What people say of themselves."""

import msgspec
import pytest

from marula.base.kernel.errors import Invalid
from marula.domain import accounts
from marula.domain.accounts import Account, NewAccount, ProfileChanges, ProfileDraft
from tests.world import World


async def known(world: World, username: str = "ann") -> Account:
    async with world.ctx.db.transaction() as tx:
        found = await accounts.by_handle(tx, username)
        if found is None:
            made = await accounts.create(tx, NewAccount(username=username))
            found = await accounts.by_id(tx, made)
        assert found is not None
        return found


async def revised(world: World, changes: ProfileChanges) -> Account:
    who = await known(world)
    async with world.ctx.db.transaction() as tx:
        await accounts.revise_profile(tx, who, await accounts.draft_profile(world.ctx, tx, who, changes))
    return await known(world)


async def test_everything_can_be_changed_and_counts_as_one_version(world: World) -> None:
    ann = await revised(
        world,
        ProfileChanges(
            display_name=" Ann ",
            note="Hello #Trees",
            fields=(("Site", "https://ann.example"), ("", "")),
            locked=True,
            bot=True,
            discoverable=True,
            indexable=True,
            hide_collections=True,
            show_media=False,
            show_media_replies=False,
            show_featured=False,
            attribution_domains=("https://News.example/ann",),
            avatar_description="A tree",
            header_description="A field",
        ),
    )
    assert (ann.display_name, ann.note, ann.locked, ann.actor_type) == ("Ann", "Hello #Trees", True, "Service")
    assert 'href="https://marula.example/tags/trees"' in ann.note_html
    (field,) = ann.fields
    assert (field.name, field.value, field.verified_at) == ("Site", "https://ann.example", None)
    assert 'rel="nofollow noopener me"' in field.html
    assert ann.attribution_domains == ("news.example",)
    assert (ann.discoverable, ann.indexable, ann.hide_collections) == (True, True, True)
    assert (ann.show_media, ann.show_media_replies, ann.show_featured) == (False, False, False)
    assert ann.version == 2
    assert len(await world.facts("ProfileRevised")) == 1


async def test_what_is_left_out_stays(world: World) -> None:
    await revised(world, ProfileChanges(display_name="Ann", note="Hello", bot=True))
    ann = await revised(world, ProfileChanges(locked=True))
    assert (ann.display_name, ann.note, ann.actor_type, ann.locked) == ("Ann", "Hello", "Service", True)


async def test_a_change_that_changes_nothing_is_not_told(world: World) -> None:
    await revised(world, ProfileChanges(display_name="Ann", fields=(("a", "b"),)))
    ann = await revised(world, ProfileChanges(display_name="Ann", fields=(("a", "b"),)))
    await revised(world, ProfileChanges())
    assert ann.version == 2
    assert len(await world.facts("ProfileRevised")) == 1


async def test_a_mention_in_a_note_leads_to_the_profile(world: World) -> None:
    await known(world, "bob")
    ann = await revised(world, ProfileChanges(note="with @bob and @nobody"))
    assert 'href="https://marula.example/@bob"' in ann.note_html
    assert ann.note_html.count("<a ") == 1


async def test_a_bot_can_become_a_person_and_a_group(world: World) -> None:
    assert (await revised(world, ProfileChanges(bot=True))).actor_type == "Service"
    assert (await revised(world, ProfileChanges(group=True))).actor_type == "Group"
    assert (await revised(world, ProfileChanges(bot=False))).actor_type == "Group"
    assert (await revised(world, ProfileChanges(group=False))).actor_type == "Person"


async def test_long_fields_are_cut_and_not_refused(world: World) -> None:
    ann = await revised(world, ProfileChanges(fields=(("n" * 300, "v" * 300),)))
    assert (len(ann.fields[0].name), len(ann.fields[0].value)) == (255, 255)


async def test_a_field_stays_verified_until_it_is_changed(world: World) -> None:
    ann = await revised(world, ProfileChanges(fields=(("Site", "https://ann.example"),)))
    proven = msgspec.structs.replace(ann.fields[0], verified_at=world.clock.now())
    async with world.ctx.db.transaction() as tx:
        await accounts.revise_profile(tx, ann, ProfileDraft(fields=(proven,)))
    ann = await revised(world, ProfileChanges(fields=(("Age", "40"), ("Site", "https://ann.example"))))
    assert [field.verified_at for field in ann.fields] == [None, world.clock.now()]
    ann = await revised(world, ProfileChanges(fields=(("Site", "https://eve.example"),)))
    assert ann.fields[0].verified_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (ProfileChanges(display_name="x" * 41), "Display name is too long (maximum is 40 characters)"),
        (ProfileChanges(note="x" * 501), "Note character limit of 500 exceeded"),
        (ProfileChanges(fields=(("a", "b"),) * 5), "Fields is too long (maximum is 4 fields)"),
        (ProfileChanges(fields=(("", "b"),)), "Fields has a value without a name"),
        (ProfileChanges(avatar_description="x" * 151), "Avatar description is too long (maximum is 150 characters)"),
        (ProfileChanges(header_description="x" * 151), "Header description is too long (maximum is 150 characters)"),
        (ProfileChanges(attribution_domains=("no domain",)), "Attribution domains has an invalid domain: no domain"),
    ],
)
async def test_what_cannot_be_said_is_refused(world: World, changes: ProfileChanges, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await revised(world, changes)
    assert refusal.value.why == sentence
    assert (await known(world)).version == 1


async def test_every_problem_is_told_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        await revised(world, ProfileChanges(display_name="x" * 41, note="x" * 501))
    assert [problem.field for problem in refusal.value.problems] == ["display_name", "note"]


async def test_a_long_link_counts_23_characters_in_a_note(world: World) -> None:
    note = "x" * 470 + " https://example.com/" + "y" * 200
    assert (await revised(world, ProfileChanges(note=note))).note == note


async def test_a_bump_makes_the_next_version(world: World) -> None:
    ann = await known(world)
    async with world.ctx.db.transaction() as tx:
        await accounts.bump(tx, ann.id)
    assert (await known(world)).version == ann.version + 1
