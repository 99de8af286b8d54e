"""Bad input and missing rights: the right status, the right words, and nothing written."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marula.faces.api.openapi import description
from marula.faces.api.route import routes
from tests.faces.api.caller import Crowd, crowd_in
from tests.world import World, make_world


async def rows(world: World) -> dict[str, int]:
    """How many rows each table has."""
    tables = await world.rows(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    counts: dict[str, int] = {}
    for table in tables:
        counts[table["relname"]] = (await world.rows(f"select count(*) from {table['relname']}"))[0]["count"]
    return counts


BAD_BODIES: list[tuple[bytes, str, int]] = [
    (b'{"status": ', "application/json", 400),
    (b'{"status": "a\\u0000b"}', "application/json", 400),
    (b"status=%00", "application/x-www-form-urlencoded", 400),
    (b"status=%ff%fe", "application/x-www-form-urlencoded", 400),
    (b'{"status": "\xff\xfe"}', "application/json", 400),
    (b'{"status":' + b"[" * 65536 + b"]" * 65536 + b"}", "application/json", 400),
    (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded", 400),
    (b"no boundary", "multipart/form-data", 400),
    (b"--b\r\nbroken", "multipart/form-data; boundary=b", 400),
    (b"status=" + b"x" * 1_048_577, "application/x-www-form-urlencoded", 413),
    (b'["a", "list"]', "application/json", 422),
    (b'{"status": {"not": "a text"}}', "application/json", 422),
    (b'{"status": "x", "visibility": "everybody"}', "application/json", 422),
    (b'{"status": "x", "language": "klingon"}', "application/json", 422),
    (b'{"status": "x", "in_reply_to_id": "99999999999999999999999"}', "application/json", 422),
    (b'{"status": "x", "in_reply_to_id": "12345"}', "application/json", 404),
    (b'{"status": "x", "poll": {"options": ["a"], "expires_in": 300}}', "application/json", 422),
    (b'{"status": "x", "poll": {"options": ["a", "a"], "expires_in": 300}}', "application/json", 422),
    (b'{"status": "x", "poll": {"options": ["a", "b"], "expires_in": 1e30}}', "application/json", 422),
    (b'{"status": "x", "poll": {"options": ["a", "b"], "expires_in": -5}}', "application/json", 422),
    (b'{"status": "x", "poll": {"options": ["a", "b"]}}', "application/json", 422),
]


@pytest.mark.parametrize(("body", "kind", "status"), BAD_BODIES)
async def test_a_bad_body_is_refused_and_leaves_nothing(crowd: Crowd, body: bytes, kind: str, status: int) -> None:
    ann = await crowd.join("ann")
    before = await rows(crowd.world)
    refusal = await ann.call("POST", "/api/v1/statuses", content=body, headers={"Content-Type": kind}, expect=status)
    assert refusal.json()["error"]
    assert await rows(crowd.world) == before


async def test_ids_that_cannot_be_are_not_found(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for odd in ("0", "-1", "abc", "9223372036854775808", "1" * 40, "%00", "1%2F2", "１２"):
        for path in ("/api/v1/statuses/{}", "/api/v1/accounts/{}", "/api/v1/polls/{}", "/api/v1/notifications/{}"):
            await ann.get(path.format(odd), expect=404)


async def test_cursors_that_cannot_be_are_ignored(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await ann.write("here")
    for odd in ("abc", "-1", "9" * 30, ""):
        assert len(await ann.get(f"/api/v1/accounts/{ann.account}/statuses?max_id={odd}&limit={odd}")) <= 1


async def test_without_a_token_one_is_told_so(crowd: Crowd) -> None:
    refusal = await crowd.nobody.get("/api/v1/timelines/home", expect=401)
    assert refusal == {"error": "The access token is invalid"}
    for token in ("nope", "ä", "x" * 5000):
        answer = await crowd.nobody.call(
            "GET", "/api/v1/timelines/home", headers={"Authorization": f"Bearer {token}".encode()}, expect=401
        )
        assert answer.json() == {"error": "The access token is invalid"}


async def test_a_token_may_come_in_the_query_or_the_form(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await crowd.nobody.get(f"/api/v1/accounts/verify_credentials?access_token={ann.token}")
    data = {"status": "by form", "bearer_token": ann.token}
    await crowd.nobody.call("POST", "/api/v1/statuses", data=data)


async def test_a_missing_scope_is_said(crowd: Crowd) -> None:
    reader = await crowd.join("reader", scopes="read:accounts")
    refusal = await reader.post("/api/v1/statuses", {"status": "x"}, expect=403)
    assert refusal == {"error": "This action is outside the authorized scopes"}
    await reader.get("/api/v1/accounts/verify_credentials")


async def test_an_ended_token_is_refused(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await crowd.world.rows(
        "update tokens set expires_at = $1 returning 1", crowd.world.clock.now() + timedelta(hours=1)
    )
    await ann.get("/api/v1/preferences")
    crowd.world.clock.advance(timedelta(hours=2))
    assert await ann.get("/api/v1/preferences", expect=401) == {"error": "The access token expired"}
    await crowd.world.rows("update tokens set revoked_at = now() returning 1")
    assert await ann.get("/api/v1/preferences", expect=401) == {"error": "The access token was revoked"}


async def test_whoever_may_not_act_is_told_why(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    for column, value, why in (
        ("disabled", "true", "Your login is currently disabled"),
        ("approved", "false", "Your login is currently pending approval"),
        ("confirmed_at", "null", "Your login is missing a confirmed e-mail address"),
    ):
        await crowd.world.rows(f"update users set {column} = {value} returning 1")
        assert await ann.post("/api/v1/statuses", {"status": "x"}, expect=403) == {"error": why}


async def test_unknown_addresses_answer_in_json(crowd: Crowd) -> None:
    assert await crowd.nobody.get("/api/v1/nothing", expect=404) == {"error": "Not Found"}
    await crowd.nobody.call("DELETE", "/api/v1/timelines/home", expect=404)


async def test_limits_are_told_and_kept(database: str, tmp_path: Any) -> None:
    async with make_world(database, tmp_path, MARULA_RATE_LIMITS="on") as world, crowd_in(world) as crowd:
        ann = await crowd.join("ann")
        answer = await ann.call("POST", "/api/v1/statuses", json={"status": "one"})
        assert answer.headers["x-ratelimit-limit"] == "300"
        assert answer.headers["x-ratelimit-remaining"] == "299"
        assert answer.headers["x-ratelimit-reset"].endswith("Z")
        for _ in range(5):
            await crowd.nobody.post("/api/v1/apps", {"client_name": "x", "redirect_uris": "https://a.example/b"})
        refusal = await crowd.nobody.call("POST", "/api/v1/apps", json={"client_name": "x"}, expect=429)
        assert refusal.json() == {"error": "Too many requests"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = sorted(
    {
        name
        for schema in description()["components"]["schemas"].values()
        for name in schema.get("properties", {})
        if len(name) < 20
    }
)
PUBLISHED = [route for route in routes if route.method != "GET" or route.form is not None or route.paging is not None]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    route=st.sampled_from(PUBLISHED),
    body=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), ANYTHING, max_size=6),
    path=st.sampled_from(["1", "0", "99999999999999999999", "x", "ann"]),
)
async def test_whatever_is_sent_nothing_breaks(
    database: str, tmp_path_factory: Any, route: Any, body: Any, path: str
) -> None:
    """No answer is a 500, and every answer has its declared shape."""
    async with make_world(database, tmp_path_factory.mktemp("any")) as world, crowd_in(world) as crowd:
        ann = await crowd.join("ann")
        address = "/".join(path if part.startswith("{") else part for part in route.path.split("/"))
        if route.method == "GET":
            words = {name: str(value) for name, value in body.items() if not isinstance(value, dict | list)}
            await ann.call("GET", address, params=words, expect=None)
        else:
            await ann.call(route.method, address, json=body, expect=None)
