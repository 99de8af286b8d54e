"""Reports through the API."""

from marula.domain import site
from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/reports"


async def promote(crowd: Crowd, who: Caller, role: int) -> None:
    """Give somebody a role: 1 is Moderator, 2 Admin."""
    await crowd.world.rows("update users set role_id = $2 where account_id = $1", who.account, role)


async def test_a_report_is_answered_as_it_is_kept(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    post = await bob.write("Buy this")
    async with crowd.world.ctx.db.transaction() as tx:
        rule = await site.add_rule(tx, "No advertising")
    crowd.world.ctx.memory.forget(site.RULES.name)
    made = await ann.post(
        PATH,
        {
            "account_id": str(bob.account),
            "status_ids": [post["id"]],
            "comment": "Look",
            "category": "violation",
            "rule_ids": [str(rule)],
            "forward": True,
        },
    )
    assert (made["category"], made["comment"], made["rule_ids"]) == ("violation", "Look", [str(rule)])
    assert (made["status_ids"], made["collection_ids"], made["forwarded"]) == ([post["id"]], [], False)
    assert (made["action_taken"], made["target_account"]["username"]) == (False, "bob")


async def test_those_who_manage_reports_are_told_and_nobody_else(crowd: Crowd) -> None:
    ann, bob, cat, dan = [await crowd.join(name) for name in ("ann", "bob", "cat", "dan")]
    await promote(crowd, cat, 1)
    made = await ann.post(PATH, {"account_id": str(bob.account), "comment": "Look"})
    await crowd.world.settle()
    [told] = await cat.get("/api/v1/notifications?types[]=admin.report")
    assert (told["account"]["username"], told["report"]["id"]) == ("ann", made["id"])
    for who in (ann, bob, dan):
        assert await who.get("/api/v1/notifications?types[]=admin.report") == []


async def test_what_cannot_be_is_refused_with_the_right_error(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    target = str(bob.account)
    assert (await ann.post(PATH, {}, expect=404)) == {"error": "Record not found"}
    await ann.post(PATH, {"account_id": "x"}, expect=422)
    await ann.post(PATH, {"account_id": "1"}, expect=404)
    await ann.post(PATH, {"account_id": target, "category": "rude"}, expect=422)
    await ann.post(PATH, {"account_id": target, "status_ids": ["1"]}, expect=404)
    long = await ann.post(PATH, {"account_id": target, "comment": "x" * 1001}, expect=422)
    assert long["error"] == "Validation failed: Comment is too long (maximum is 1000 characters)"
    rules = await ann.post(PATH, {"account_id": target, "rule_ids": ["1"], "category": "violation"}, expect=422)
    assert rules["error"] == "Validation failed: Rule ids do not reference valid rules"
    await crowd.nobody.post(PATH, {"account_id": target}, expect=401)
    reader = await crowd.join("cat", scopes="read")
    await reader.post(PATH, {"account_id": target}, expect=403)
