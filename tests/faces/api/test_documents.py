"""What the server says of itself at length: policies, terms, languages, the servers it knows."""

from datetime import date, timedelta

from marula.base.text import LANGUAGES
from marula.domain import accounts, site, terms
from marula.domain.accounts import NewAccount
from tests.faces.api.caller import Crowd
from tests.world import START

TODAY = START.date()
INSTANCE = "/api/v1/instance"


async def change(crowd: Crowd, key: str, value: str) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, key, value)
    crowd.world.ctx.memory.forget(site.SETTINGS.name)


async def publish(crowd: Crowd, effective_on: date, text: str) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await terms.publish(tx, text, effective_on)


async def meet(crowd: Crowd, *domains: str) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        for domain in domains:
            for name in ("a", "b"):
                await accounts.create(tx, NewAccount(username=name, domain=domain, uri=f"https://{domain}/{name}"))


async def test_without_a_policy_of_the_owner_the_program_says_what_it_does(crowd: Crowd) -> None:
    told = await crowd.nobody.get(f"{INSTANCE}/privacy_policy")
    assert "<h2>What is kept</h2>" in told["content"]
    assert "What is kept" in (await crowd.nobody.call("GET", "/privacy-policy")).text


async def test_the_policy_of_the_owner_is_rendered_and_safe(crowd: Crowd) -> None:
    await change(crowd, "privacy_policy", "# Ours\n\n<script>alert(1)</script> and [more](https://x.example)")
    told = await crowd.nobody.get(f"{INSTANCE}/privacy_policy")
    assert told["content"].startswith("<h1>Ours</h1>")
    assert "<script>" not in told["content"]
    assert told["updated_at"] == "2026-03-01T12:00:00.000Z"
    page = (await crowd.nobody.call("GET", "/privacy-policy")).text
    assert "<h1>Ours</h1>" in page
    assert "<script>" not in page


async def test_the_terms_in_force_and_those_to_come_are_told(crowd: Crowd) -> None:
    await crowd.nobody.get(f"{INSTANCE}/terms_of_service", expect=404)
    await crowd.nobody.call("GET", "/terms-of-service", expect=404)
    urls = (await crowd.nobody.get("/api/v2/instance"))["configuration"]["urls"]
    assert (urls["privacy_policy"], urls["terms_of_service"]) == ("https://marula.example/privacy-policy", None)
    await publish(crowd, TODAY, "**First**")
    await publish(crowd, TODAY + timedelta(days=30), "Second")
    told = await crowd.nobody.get(f"{INSTANCE}/terms_of_service")
    assert told == {
        "effective_date": "2026-03-01",
        "effective": True,
        "content": "<p><strong>First</strong></p>",
        "succeeded_by": "2026-03-31",
    }
    coming = await crowd.nobody.get(f"{INSTANCE}/terms_of_service/2026-03-31")
    assert (coming["effective"], coming["succeeded_by"]) == (False, None)
    for unknown in ("2026-03-02", "soon", "20260301"):
        await crowd.nobody.get(f"{INSTANCE}/terms_of_service/{unknown}", expect=404)
    urls = (await crowd.nobody.get("/api/v2/instance"))["configuration"]["urls"]
    assert "<strong>First" in (await crowd.nobody.call("GET", urls["terms_of_service"])).text
    assert "Second" in (await crowd.nobody.call("GET", f"{urls['terms_of_service']}/2026-03-31")).text


async def test_every_language_of_posts_has_a_name(crowd: Crowd) -> None:
    told = {one["code"]: one["name"] for one in await crowd.nobody.get(f"{INSTANCE}/languages")}
    assert (told["de"], told["zh-TW"]) == ("German", "Chinese (Taiwan)")
    assert told.keys() == LANGUAGES


async def test_the_servers_that_are_known_are_listed_once(crowd: Crowd) -> None:
    assert await crowd.nobody.get(f"{INSTANCE}/peers") == []
    await meet(crowd, "far.example", "away.example", "fern.example")
    assert await crowd.nobody.get(f"{INSTANCE}/peers") == ["away.example", "far.example", "fern.example"]


async def test_known_servers_are_found_by_their_beginning(crowd: Crowd) -> None:
    await meet(crowd, "far.example", "away.example", *(f"fern{number}.example" for number in range(12)))
    assert await crowd.nobody.get("/api/v1/peers/search?q=AWAY") == ["away.example"]
    assert len(await crowd.nobody.get("/api/v1/peers/search?q=fern")) == 10
    for nothing in ("", "%25", "_", "example"):
        assert await crowd.nobody.get(f"/api/v1/peers/search?q={nothing}") == []


async def test_the_owner_may_keep_the_known_servers_private(crowd: Crowd) -> None:
    await change(crowd, "peers_api_enabled", "false")
    for path in (f"{INSTANCE}/peers", "/api/v1/peers/search?q=a"):
        await crowd.nobody.get(path, expect=404)


async def test_who_joins_is_led_to_the_terms_and_the_policy(crowd: Crowd) -> None:
    await change(crowd, "registrations", "open")
    before = (await crowd.nobody.call("GET", "/sign-up")).text
    assert "/privacy-policy" in before
    assert "/terms-of-service" not in before
    await publish(crowd, TODAY, "First")
    assert "/terms-of-service" in (await crowd.nobody.call("GET", "/sign-up")).text
