"""Settings and rules of the house."""

import pytest

from marula.base.kernel.errors import Invalid, NotFound
from marula.base.kernel.ids import RuleId
from marula.domain import site
from marula.domain.site import SiteSettings
from tests.world import World


async def change(world: World, key: str, value: object) -> None:
    async with world.ctx.db.transaction() as tx:
        await site.change(tx, key, value)
    world.ctx.memory.forget(site.SETTINGS.name)


async def test_a_fresh_server_has_the_defaults_and_lets_people_in_by_approval(world: World) -> None:
    settings = await site.get(world.ctx)
    assert settings == SiteSettings()
    assert settings.registrations == "approved"


async def test_a_changed_setting_is_in_force_and_told(world: World) -> None:
    await change(world, "title", "Valley")
    assert (await site.get(world.ctx)).title == "Valley"
    assert len(await world.facts("SiteSettingChanged")) == 1


async def test_text_from_a_command_line_is_read_as_what_it_means(world: World) -> None:
    await change(world, "peers_api_enabled", "false")
    assert (await site.get(world.ctx)).peers_api_enabled is False


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("registrations", "sometimes", "Registrations must be one of open, approved, none"),
        ("peers_api_enabled", "perhaps", "Peers api enabled must be true or false"),
        ("contact_email", "nobody", "Contact email must be an e-mail address, or empty"),
        ("title", "x" * 201, "Title must be a text of at most 200 characters"),
    ],
)
async def test_a_wrong_value_is_refused_with_what_is_wanted(world: World, key: str, value: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await change(world, key, value)
    assert refusal.value.why == sentence
    assert await world.facts() == []


async def test_an_unknown_setting_is_refused_with_the_names_of_all(world: World) -> None:
    with pytest.raises(Invalid, match="There is no setting named colour; there are title, "):
        await change(world, "colour", "red")


async def test_a_setting_that_no_longer_exists_does_no_harm(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await tx.run("insert into site_settings (key, value, updated_at) values ('gone', '1', $1)", tx.now)
    assert await site.get(world.ctx) == SiteSettings()


async def test_rules_are_added_reordered_and_removed(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        first = await site.add_rule(tx, "Be kind")
        second = await site.add_rule(tx, "No spam", "Not even a little")
        await site.reorder_rules(tx, [second, first])
    assert [rule.text for rule in await site.house_rules(world.ctx)] == ["No spam", "Be kind"]
    async with world.ctx.db.transaction() as tx:
        await site.remove_rule(tx, second)
    world.ctx.memory.forget(site.RULES.name)
    assert [rule.id for rule in await site.house_rules(world.ctx)] == [first]
    assert len(await world.facts("SiteRulesChanged")) == 4


async def test_an_order_must_name_every_rule_once(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        only = await site.add_rule(tx, "Be kind")
        with pytest.raises(Invalid):
            await site.reorder_rules(tx, [only, only])


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
async def test_a_rule_says_something_short(world: World, text: str) -> None:
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Invalid):
            await site.add_rule(tx, text)


async def test_a_rule_that_is_gone_cannot_be_removed(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(NotFound):
            await site.remove_rule(tx, RuleId(1))
