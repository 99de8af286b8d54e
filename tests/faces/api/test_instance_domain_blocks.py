"""Which servers are blocked, for those to whom it is shown."""

from marula.domain import boundaries, site
from marula.domain.boundaries import BlockDraft
from tests.faces.api.caller import Crowd

PATH = "/api/v1/instance/domain_blocks"


async def _decide(crowd: Crowd, blocks: str, reasons: str) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "show_domain_blocks", blocks)
        await site.change(tx, "show_domain_blocks_rationale", reasons)
        for draft in (
            BlockDraft(domain="evil.example", severity="suspend", public_comment="Spam", private_comment="known them"),
            BlockDraft(domain="loud.example", obfuscate=True),
            BlockDraft(domain="quiet.example", severity="noop", reject_media=True),
        ):
            await boundaries.block(tx, draft)


async def test_nobody_is_shown_them_unless_the_owner_wants_it(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.get(PATH, expect=404)
    await crowd.nobody.get(PATH, expect=404)


async def test_they_may_be_for_people_of_the_server_only(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await _decide(crowd, "users", "users")
    await crowd.nobody.get(PATH, expect=404)
    found = await ann.get(PATH)
    assert [(one["domain"], one["severity"], one["comment"]) for one in found] == [
        ("evil.example", "suspend", "Spam"),
        ("loud.****ple", "silence", ""),
    ]
    assert "known them" not in str(found)


async def test_everybody_may_read_which_and_only_members_why(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await _decide(crowd, "all", "users")
    shown, told = await crowd.nobody.get(PATH), await ann.get(PATH)
    assert [one["comment"] for one in shown] == [None, None]
    assert [one["digest"] for one in shown] == [one["digest"] for one in told]
    assert told[0]["comment"] == "Spam"
