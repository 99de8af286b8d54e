"""Hidden servers through the API."""

from marula.base.kernel.ids import AccountId
from marula.domain import accounts, posts, relationships
from marula.domain.accounts import NewAccount
from marula.domain.posts import Draft
from tests.faces.api.caller import Caller, Crowd


async def stranger(crowd: Crowd, name: str) -> AccountId:
    async with crowd.world.ctx.db.transaction() as tx:
        return await accounts.create(
            tx, NewAccount(username=name, domain="far.example", uri=f"https://far.example/users/{name}")
        )


async def follow(crowd: Crowd, who: Caller, whom: AccountId) -> None:
    assert who.account is not None
    async with crowd.world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who.account, whom)
        await relationships.authorize_request(tx, whom, who.account)


async def test_a_server_is_hidden_and_shown_again(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    star = await stranger(crowd, "star")
    await follow(crowd, ann, star)
    preview = await ann.get("/api/v1/domain_blocks/preview?domain=FAR.example")
    assert preview == {"following_count": 1, "followers_count": 0}
    assert await ann.post("/api/v1/domain_blocks", {"domain": "FAR.example"}) == {}
    await crowd.world.settle()
    assert await ann.get("/api/v1/domain_blocks") == ["far.example"]
    [standing] = await ann.get(f"/api/v1/accounts/relationships?id[]={star}")
    assert (standing["domain_blocking"], standing["following"]) == (True, False)
    await ann.post(f"/api/v1/accounts/{star}/follow", expect=403)
    [told] = await ann.get("/api/v1/notifications?types[]=severed_relationships")
    assert (told["account"]["acct"], "status" in told) == ("ann", False)
    event = told["event"]
    assert (event["type"], event["target_name"], event["purged"]) == ("user_domain_block", "far.example", False)
    assert (event["followers_count"], event["following_count"]) == (0, 1)
    assert (await ann.call("DELETE", "/api/v1/domain_blocks?domain=far.example")).json() == {}
    assert (await ann.call("DELETE", "/api/v1/domain_blocks", data={"domain": "far.example"})).json() == {}
    assert await ann.get("/api/v1/domain_blocks") == []
    [standing] = await ann.get(f"/api/v1/accounts/relationships?id[]={star}")
    assert standing["domain_blocking"] is False


async def test_hidden_servers_are_paged_by_hidden_ids(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    for name in ("one", "two", "three"):
        await ann.post("/api/v1/domain_blocks", {"domain": f"{name}.example"})
    first = await ann.call("GET", "/api/v1/domain_blocks?limit=2")
    assert first.json() == ["three.example", "two.example"]
    rest = await ann.call("GET", first.links["next"]["url"])
    assert rest.json() == ["one.example"]
    assert "since_id=" in rest.links["prev"]["url"]
    assert await bob.get("/api/v1/domain_blocks") == []


async def test_what_is_no_domain_is_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for sent in ({}, {"domain": ""}, {"domain": "no domain"}):
        for method, path in (("POST", ""), ("DELETE", ""), ("GET", "/preview")):
            refusal = await ann.call(method, f"/api/v1/domain_blocks{path}", expect=422, params=sent)
            assert refusal.json()["error"].startswith("Validation failed: Domain")


async def test_posts_of_a_hidden_server_are_in_no_list_and_stay_under_their_address(crowd: Crowd) -> None:
    ann, bob = await crowd.join("ann"), await crowd.join("bob")
    far = await stranger(crowd, "far")
    async with crowd.world.ctx.db.transaction() as tx:
        draft = Draft(text="hi", html="<p>hi</p>", tags=(("baobab", "baobab"),))
        post = await posts.publish(tx, far, draft, local=False)
    own = await ann.write("#baobab")
    answer = await ann.write("hello", in_reply_to_id=str(post))
    lists = ("/api/v1/timelines/public", "/api/v1/timelines/tag/baobab")
    for path in lists:
        assert str(post) in [one["id"] for one in await ann.get(path)]
    await ann.post("/api/v1/domain_blocks", {"domain": "far.example"})
    for path in lists:
        found = [one["id"] for one in await ann.get(path)]
        assert str(post) not in found
        assert own["id"] in found
        assert str(post) in [one["id"] for one in await bob.get(path)]
    assert (await ann.get(f"/api/v1/statuses/{post}"))["id"] == str(post)
    context = await ann.get(f"/api/v1/statuses/{answer['id']}/context")
    assert context["ancestors"] == []


async def test_other_scopes_and_strangers_hide_nothing(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read:statuses write:statuses")
    for method, path in (("GET", ""), ("POST", ""), ("DELETE", ""), ("GET", "/preview")):
        await ann.call(method, f"/api/v1/domain_blocks{path}?domain=far.example", expect=403)
        await crowd.nobody.call(method, f"/api/v1/domain_blocks{path}?domain=far.example", expect=401)


async def test_a_preview_needs_a_token_that_may_write(crowd: Crowd) -> None:
    ann = await crowd.join("ann", scopes="read")
    await ann.get("/api/v1/domain_blocks/preview?domain=far.example", expect=403)
    assert await ann.get("/api/v1/domain_blocks") == []
