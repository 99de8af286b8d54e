"""Annual reports through the API."""

from datetime import UTC, datetime

from tests.faces.api.caller import Caller, Crowd

PATH = "/api/v1/annual_reports"


async def writer(crowd: Crowd) -> Caller:
    """Somebody who wrote something in a year that comes to its end."""
    ann = await crowd.join("ann")
    await ann.write("I like #trees")
    await ann.write("I plant #trees")
    [row] = await crowd.world.rows("select extract(year from to_timestamp((max(id) >> 16) / 1000)) as year from posts")
    crowd.world.clock.moment = datetime(int(row["year"]), 12, 20, tzinfo=UTC)
    return ann


async def test_a_report_is_asked_for_made_and_read(crowd: Crowd) -> None:
    ann = await writer(crowd)
    year = crowd.world.clock.now().year
    assert await ann.get(f"{PATH}/{year}/state") == {"state": "eligible"}
    asked = await ann.call("POST", f"{PATH}/{year}/generate", expect=202)
    assert asked.headers["mastodon-async-refresh"] == f'id="annual_report-{year}", retry=2'
    assert await ann.get(f"{PATH}/{year}/state") == {"state": "generating"}
    refresh = f"/api/v1_alpha/async_refreshes/annual_report-{year}"
    assert (await ann.get(refresh))["async_refresh"]["status"] == "running"
    await ann.get(f"{PATH}/{year}", expect=404)
    await crowd.world.settle()
    assert (await ann.get(refresh))["async_refresh"]["status"] == "finished"
    [report] = (await ann.get(PATH))["annual_reports"]
    assert (report["year"], report["data"]["archetype"]) == (year, "lurker")
    assert report["data"]["top_hashtags"] == [{"name": "trees", "count": 2}]
    whole = await ann.get(f"{PATH}/{year}")
    assert [one["id"] for one in whole["statuses"]] == [report["data"]["top_statuses"]["by_reblogs"]]
    assert [one["id"] for one in whole["accounts"]] == [str(ann.account)]
    assert await ann.post(f"{PATH}/{year}/read") == {}
    assert (await ann.get(PATH))["annual_reports"] == []
    assert (await ann.call("POST", f"{PATH}/{year}/generate")).status_code == 200


async def test_there_is_nothing_to_do_outside_of_december_and_without_posts(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for year in ("2026", "1", "99999999999"):
        assert await ann.get(f"{PATH}/{year}/state") == {"state": "ineligible"}
        assert await ann.post(f"{PATH}/{year}/generate") == {}
        await ann.get(f"{PATH}/{year}", expect=404)
        await ann.post(f"{PATH}/{year}/read", expect=404)
    assert await crowd.world.rows("select from annual_reports") == []
    await ann.get(f"{PATH}/last", expect=404)


async def test_a_report_is_of_its_owner_only(crowd: Crowd) -> None:
    ann, bob = await writer(crowd), await crowd.join("bob")
    year = crowd.world.clock.now().year
    await ann.call("POST", f"{PATH}/{year}/generate", expect=202)
    await crowd.world.settle()
    await bob.get(f"{PATH}/{year}", expect=404)
    for unknown in (f"annual_report-{year}", "annual_report-x", "other-1", "nothing"):
        await bob.get(f"/api/v1_alpha/async_refreshes/{unknown}", expect=404)
    await crowd.nobody.get(PATH, expect=401)
    reader = await crowd.join("cat", scopes="read")
    await reader.post(f"{PATH}/{year}/generate", expect=403)


async def test_the_instance_says_when_reports_are_made(crowd: Crowd) -> None:
    assert (await crowd.nobody.get("/api/v2/instance"))["wrapstodon"] is None
    crowd.world.clock.moment = datetime(2026, 12, 20, tzinfo=UTC)
    assert (await crowd.nobody.get("/api/v2/instance"))["wrapstodon"] == 2026
