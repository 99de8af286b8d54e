"""Subscriptions to pushes."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from marula.base.kernel import vapid
from marula.domain import apps
from tests.faces.api.caller import Crowd

PATH = "/api/v1/push/subscription"


def keys() -> dict[str, str]:
    """The keys of a program, as browsers send them."""
    point = vapid.public_octets(ec.generate_private_key(vapid.CURVE).public_key())
    return {"p256dh": vapid.text_of(point), "auth": vapid.text_of(b"0123456789abcdef")}


def subscription(**changes: Any) -> dict[str, Any]:
    return {"endpoint": "https://push.example/send/1", "keys": keys()} | changes


async def test_a_program_subscribes_to_what_it_names(crowd: Crowd) -> None:
    fay = await crowd.join("fay")
    data = {"alerts": {"mention": True, "follow": False, "admin.sign_up": True, "unheard": True}, "policy": "followed"}
    made = await fay.post(PATH, {"subscription": subscription(standard=True), "data": data})
    server = (await crowd.nobody.get("/api/v2/instance"))["configuration"]["vapid"]["public_key"]
    assert made == {
        "id": made["id"],
        "endpoint": "https://push.example/send/1",
        "standard": True,
        "alerts": {"mention": True, "follow": False, "admin.sign_up": True},
        "policy": "followed",
        "server_key": server,
    }
    assert isinstance(made["id"], int)
    assert await fay.get(PATH) == made


async def test_a_form_with_brackets_and_padded_keys_is_understood(crowd: Crowd) -> None:
    fay, sent = await crowd.join("fay"), keys()
    made = await fay.call(
        "POST",
        PATH,
        data={
            "subscription[endpoint]": "https://push.example/send/1",
            "subscription[keys][p256dh]": base64.b64encode(vapid.octets(sent["p256dh"])).decode(),
            "subscription[keys][auth]": base64.b64encode(vapid.octets(sent["auth"])).decode(),
            "data[alerts][poll]": "1",
        },
    )
    assert (made.json()["alerts"], made.json()["policy"], made.json()["standard"]) == ({"poll": True}, "all", False)


async def test_another_subscription_takes_the_place_of_the_first(crowd: Crowd) -> None:
    fay = await crowd.join("fay")
    first = await fay.post(PATH, {"subscription": subscription(), "data": {"alerts": {"poll": True}}})
    second = await fay.post(PATH, {"subscription": subscription(endpoint="https://push.example/send/2")})
    assert second["id"] != first["id"]
    assert (second["endpoint"], second["alerts"]) == ("https://push.example/send/2", {})
    assert len(await crowd.world.rows("select from push_subscriptions")) == 1


async def test_wishes_are_replaced_as_a_whole(crowd: Crowd) -> None:
    fay = await crowd.join("fay")
    data = {"alerts": {"mention": True, "poll": True}, "policy": "none"}
    made = await fay.post(PATH, {"subscription": subscription(), "data": data})
    revised = (await fay.call("PUT", PATH, json={"data": {"alerts": {"follow": True}}})).json()
    assert revised == made | {"alerts": {"follow": True}, "policy": "all"}
    assert (await fay.call("PATCH", PATH, json={})).json()["alerts"] == {}


async def test_a_subscription_ends(crowd: Crowd) -> None:
    fay = await crowd.join("fay")
    await fay.post(PATH, {"subscription": subscription()})
    assert (await fay.call("DELETE", PATH)).json() == {}
    await fay.get(PATH, expect=404)
    assert (await fay.call("DELETE", PATH)).json() == {}


async def test_without_a_subscription_nothing_is_shown_or_changed(crowd: Crowd) -> None:
    fay, gus = await crowd.join("fay"), await crowd.join("gus")
    await gus.post(PATH, {"subscription": subscription()})
    assert (await fay.get(PATH, expect=404))["error"] == "Record not found"
    await fay.call("PUT", PATH, json={"data": {"alerts": {"poll": True}}}, expect=404)
    assert (await gus.get(PATH))["alerts"] == {}


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push.example",
        "http://push.example/1",
        "https://",
        "https://u:p@push.example/1",
        "https://push.example/ 1",
        "https://push.example:99999/1",
        "https://[push.example/1",
        "https://push.example/" + "x" * 2048,
    ],
)
async def test_an_endpoint_must_be_an_https_address(crowd: Crowd, endpoint: str) -> None:
    fay = await crowd.join("fay")
    await fay.post(PATH, {"subscription": subscription(endpoint=endpoint)}, expect=422)
    await fay.get(PATH, expect=404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "nonsense!"},
        {"p256dh": vapid.text_of(b"\x04" + b"\x01" * 64)},
        {"p256dh": ""},
        {"auth": vapid.text_of(b"short")},
        {"auth": ""},
    ],
)
async def test_keys_must_be_such_that_something_can_be_encrypted(crowd: Crowd, wrong: dict[str, str]) -> None:
    fay = await crowd.join("fay")
    await fay.post(PATH, {"subscription": subscription(keys=keys() | wrong)}, expect=422)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"subscription": "none"},
        {"subscription": {"endpoint": "https://push.example/1"}},
        {"subscription": subscription(), "data": {"policy": "friends"}},
        {"subscription": subscription(), "data": "all"},
    ],
)
async def test_what_is_missing_or_unknown_is_refused(crowd: Crowd, sent: dict[str, Any]) -> None:
    fay = await crowd.join("fay")
    await fay.post(PATH, sent, expect=422)


async def test_the_scope_push_is_needed(crowd: Crowd) -> None:
    fay = await crowd.join("fay", scopes="read write follow")
    for method in ("GET", "POST", "PUT", "DELETE"):
        await fay.call(method, PATH, expect=403)
        await crowd.nobody.call(method, PATH, expect=401)


async def test_the_token_is_kept_where_the_database_alone_does_not_show_it(crowd: Crowd) -> None:
    fay = await crowd.join("fay")
    await fay.post(PATH, {"subscription": subscription()})
    (row,) = await crowd.world.rows("select sealed_token from push_subscriptions")
    assert fay.token is not None
    assert fay.token.encode() not in row["sealed_token"]


async def test_a_revoked_token_takes_its_subscription_along(crowd: Crowd) -> None:
    fay, gus = await crowd.join("fay"), await crowd.join("gus")
    for one in (fay, gus):
        await one.post(PATH, {"subscription": subscription()})
    assert fay.token is not None
    async with crowd.world.ctx.db.transaction() as tx:
        await apps.withdraw(tx, fay.token)
    await crowd.world.settle()
    assert [row["account_id"] for row in await crowd.world.rows("select * from push_subscriptions")] == [gus.account]


async def test_programs_are_told_the_key_of_the_server(crowd: Crowd) -> None:
    fay, key = await crowd.join("fay"), crowd.world.ctx.config.vapid_public_key
    assert len(vapid.octets(key)) == 65
    assert (await fay.get("/api/v1/apps/verify_credentials"))["vapid_key"] == key
    made = await crowd.nobody.post("/api/v1/apps", {"client_name": "a", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"})
    assert made["vapid_key"] == key
