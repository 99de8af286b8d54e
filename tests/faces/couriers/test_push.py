"""Pushes, to a push service of our own on this machine."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from marula.base.jobs import jobs
from marula.base.kernel.errors import Unreachable
from marula.domain import apps, users
from marula.domain.notifications import SENTENCES
from marula.domain.push import PushesWanted, Wake
from marula.entities.notification import NotificationType
from marula.faces.couriers.push import deliver
from marula.faces.couriers.push_words import LONGEST
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.faces.couriers.certificates import Certificate
from tests.faces.couriers.push_service import Program, PushService, proof, push_service
from tests.world import START, make_world

PATH = "/api/v1/push/subscription"
EVERYTHING = {"alerts": dict.fromkeys(get_args(NotificationType), True)}


@pytest.fixture
async def service(certificate: Certificate) -> AsyncGenerator[PushService, None]:
    async with push_service(certificate.context) as made:
        yield made


@pytest.fixture
async def crowd(database: str, tmp_path: Path, certificate: Certificate) -> AsyncGenerator[Crowd, None]:
    """A server that may call this machine."""
    settings = {"ALLOWED_PRIVATE_ADDRESSES": "127.0.0.0/8", "SSL_CERT_FILE": str(certificate.path)}
    async with make_world(database, tmp_path, **settings) as world, crowd_in(world) as made:
        yield made


async def asleep(
    crowd: Crowd, service: PushService, name: str, *, standard: bool = True, data: Any = EVERYTHING
) -> tuple[Caller, Program]:
    """Somebody whose program is subscribed."""
    who, program = await crowd.join(name), Program()
    sent = {"endpoint": f"{service.url}/{name}", "keys": program.keys, "standard": standard}
    await who.post(PATH, {"subscription": sent, "data": data})
    await crowd.world.settle()
    return who, program


async def titles(crowd: Crowd, service: PushService, program: Program) -> list[str]:
    """What a program was pushed, once all that is due was done."""
    await crowd.world.settle()
    return [program.read(push)["title"] for push in service.pushes]


@pytest.mark.parametrize("standard", [True, False])
async def test_a_mention_wakes_the_program(crowd: Crowd, service: PushService, standard: bool) -> None:
    fay, program = await asleep(crowd, service, "fay", standard=standard)
    gus = await crowd.join("gus")
    await gus.write("Good <morning>, @fay & all")
    await crowd.world.settle()
    (push,) = service.pushes
    (told,) = await fay.get("/api/v1/notifications")
    assert program.read(push) == {
        "title": "gus mentioned you",
        "body": "Good <morning>, @fay & all",
        "icon": told["account"]["avatar_static"],
        "notification_id": int(told["id"]),
        "notification_type": "mention",
        "preferred_locale": "en",
        "access_token": fay.token,
    }
    assert push.path == "/fay"
    assert (push.headers["ttl"], push.headers["urgency"]) == ("172800", "normal")
    claims, key = proof(push)
    assert claims == {
        "aud": service.url,
        "exp": int((START + timedelta(hours=12)).timestamp()),
        "sub": "https://marula.example",
    }
    assert key == crowd.world.ctx.config.vapid_public_key


async def test_a_push_that_is_sent_twice_takes_the_place_of_the_first(crowd: Crowd, service: PushService) -> None:
    _, program = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    await gus.write("@fay one")
    await gus.write("@fay two")
    assert len(await titles(crowd, service, program)) == 2
    assert len(service.all) > 2


async def test_each_kind_has_its_sentence(crowd: Crowd, service: PushService) -> None:
    fay, program = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    post = await fay.write("something good")
    await crowd.follow(gus, fay)
    await gus.post(f"/api/v1/statuses/{post['id']}/favourite")
    await gus.post(f"/api/v1/statuses/{post['id']}/reblog")
    await crowd.world.settle()
    read = {push["notification_type"]: (push["title"], push["body"]) for push in map(program.read, service.pushes)}
    assert read == {
        "follow": ("gus follows you now", "@gus"),
        "favourite": ("gus favourited your post", "something good"),
        "reblog": ("gus boosted your post", "something good"),
    }
    assert set(SENTENCES) == set(get_args(NotificationType))


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("de", "gus hat dich erwähnt"),
        ("pt-BR", "gus mencionou você"),
        ("ja", "gusさんがあなたに返信または言及しました"),
        ("tlh", "gus mentioned you"),
    ],
)
async def test_a_push_is_in_the_language_of_its_reader(
    crowd: Crowd, service: PushService, locale: str, title: str
) -> None:
    fay, program = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update users set locale = $2 where account_id = $1", fay.account, locale)
    await gus.write("@fay {title}")
    await crowd.world.settle()
    (push,) = map(program.read, service.pushes)
    assert (push["title"], push["body"], push["preferred_locale"]) == (title, "@fay {title}", locale)


async def test_of_a_post_with_a_warning_only_the_warning_is_said(crowd: Crowd, service: PushService) -> None:
    _, program = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    await gus.write("@fay the butler did it", spoiler_text="the end of a film")
    await gus.write("@fay " + "long " * 60)
    await crowd.world.settle()
    first, second = (program.read(push)["body"] for push in service.pushes)
    assert first == "the end of a film"
    assert len(second) <= LONGEST
    assert second.endswith("long…")


async def test_only_the_kinds_that_are_wanted_are_pushed(crowd: Crowd, service: PushService) -> None:
    _, program = await asleep(crowd, service, "fay", data={"alerts": {"follow": True, "mention": False}})
    gus = await crowd.join("gus")
    await gus.write("@fay hello")
    await gus.post(f"/api/v1/accounts/{(await gus.get('/api/v1/accounts/lookup?acct=fay'))['id']}/follow")
    assert await titles(crowd, service, program) == ["gus follows you now"]


@pytest.mark.parametrize(
    ("policy", "heard"),
    [
        ("all", ["follower", "followed", "other"]),
        ("followed", ["followed"]),
        ("follower", ["follower"]),
        ("none", []),
    ],
)
async def test_the_policy_says_whose_doing_is_pushed(
    crowd: Crowd, service: PushService, policy: str, heard: list[str]
) -> None:
    data = {"alerts": {"mention": True}, "policy": policy}
    fay, program = await asleep(crowd, service, "fay", data=data)
    people = {name: await crowd.join(name) for name in ("follower", "followed", "other")}
    await crowd.follow(people["follower"], fay)
    await crowd.follow(fay, people["followed"])
    for one in people.values():
        await one.write("hello @fay")
    assert await titles(crowd, service, program) == [f"{name} mentioned you" for name in heard]


async def test_nobody_else_is_woken(crowd: Crowd, service: PushService) -> None:
    await asleep(crowd, service, "fay")
    gus, hal = await crowd.join("gus"), await crowd.join("hal")
    await gus.write("@hal not for fay")
    await crowd.world.settle()
    assert service.all == []
    assert await crowd.world.facts("PushesWanted") == []
    assert len(await hal.get("/api/v1/notifications")) == 1


async def waiting(crowd: Crowd, gus: Caller) -> tuple[Wake, Any]:
    """A mention of fay by gus whose push is not sent yet."""
    post = await gus.write("@fay hello")
    world = crowd.world
    while True:
        async with world.ctx.db.transaction() as tx:
            due = await tx.all("delete from jobs where run_at <= $1 and lane <> 'push' returning *", tx.now)
        if not due:
            break
        for row in sorted(due, key=lambda row: row["id"]):
            entry = jobs[row["name"]]
            await entry.run(world.ctx, *entry.decode(row["arguments"]))
    (fact,) = await world.facts("PushesWanted")
    return msgspec.json.decode(fact["body"], type=PushesWanted).wakes[0], post


async def test_a_service_that_knows_it_no_longer_ends_the_subscription(crowd: Crowd, service: PushService) -> None:
    fay, _ = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    service.status = 410
    await gus.write("@fay hello")
    await crowd.world.settle()
    assert len(service.all) == 1
    await fay.get(PATH, expect=404)
    await gus.write("@fay again")
    await crowd.world.settle()
    assert len(service.all) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_service_that_has_no_time_is_asked_again(crowd: Crowd, service: PushService, status: int) -> None:
    fay, program = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    wake, _ = await waiting(crowd, gus)
    service.status = status
    with pytest.raises(Unreachable):
        await deliver(crowd.world.ctx, wake)
    await fay.get(PATH)
    service.status = 201
    await deliver(crowd.world.ctx, wake)
    assert program.read(service.all[-1])["title"] == "gus mentioned you"


async def test_a_service_that_refuses_a_message_is_not_asked_again(crowd: Crowd, service: PushService) -> None:
    fay, _ = await asleep(crowd, service, "fay")
    wake, _ = await waiting(crowd, await crowd.join("gus"))
    service.status = 413
    await deliver(crowd.world.ctx, wake)
    await fay.get(PATH)


async def test_a_service_that_is_not_there_is_asked_again(crowd: Crowd, service: PushService) -> None:
    fay = await crowd.join("fay")
    sent = {"endpoint": "https://127.0.0.1:1/fay", "keys": Program().keys}
    await fay.post(PATH, {"subscription": sent, "data": EVERYTHING})
    wake, _ = await waiting(crowd, await crowd.join("gus"))
    with pytest.raises(Unreachable):
        await deliver(crowd.world.ctx, wake)


async def test_a_push_is_not_sent_to_a_private_address(database: str, tmp_path: Path, service: PushService) -> None:
    async with make_world(database, tmp_path) as world, crowd_in(world) as crowd:
        await asleep(crowd, service, "fay")
        wake, _ = await waiting(crowd, await crowd.join("gus"))
        with pytest.raises(Unreachable):
            await deliver(world.ctx, wake)
    assert service.all == []


async def test_what_is_to_be_pushed_is_kept_with_what_people_are_told(crowd: Crowd, service: PushService) -> None:
    """So that a process that dies in between loses neither."""
    await asleep(crowd, service, "fay")
    await waiting(crowd, await crowd.join("gus"))
    (row,) = await crowd.world.rows("select name, lane from jobs where lane = 'push'")
    assert row["name"] == "faces.couriers.push.send_each"


async def test_what_is_two_days_old_is_not_pushed(crowd: Crowd, service: PushService) -> None:
    await asleep(crowd, service, "fay")
    wake, _ = await waiting(crowd, await crowd.join("gus"))
    crowd.world.clock.advance(timedelta(hours=48))
    await deliver(crowd.world.ctx, wake)
    assert service.all == []


async def end_token(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    assert fay.token is not None
    async with crowd.world.ctx.db.transaction() as tx:
        await apps.withdraw(tx, fay.token)


async def disable(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    assert fay.account is not None
    async with crowd.world.ctx.db.transaction() as tx:
        user = await users.by_account(tx, fay.account)
        assert user is not None
        await users.disable(tx, user)


async def mute(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await fay.post(f"/api/v1/accounts/{gus.account}/mute")


async def block(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await fay.post(f"/api/v1/accounts/{gus.account}/block")


async def delete(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await gus.call("DELETE", f"/api/v1/statuses/{post['id']}")


async def dismiss(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await fay.post("/api/v1/notifications/clear")


async def set_aside(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run("update notifications set filtered = true")


async def unsubscribe(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await fay.call("DELETE", PATH)


async def want_less(crowd: Crowd, fay: Caller, gus: Caller, post: Any) -> None:
    await fay.call("PUT", PATH, json={"data": {"alerts": {"follow": True}}})


@pytest.mark.parametrize(
    "happens", [end_token, disable, mute, block, delete, dismiss, set_aside, unsubscribe, want_less]
)
async def test_what_may_not_be_known_any_more_is_not_pushed(crowd: Crowd, service: PushService, happens: Any) -> None:
    fay, _ = await asleep(crowd, service, "fay")
    gus = await crowd.join("gus")
    wake, post = await waiting(crowd, gus)
    await happens(crowd, fay, gus, post)
    await deliver(crowd.world.ctx, wake)
    assert service.all == []


async def test_with_another_secret_nothing_is_pushed(crowd: Crowd, service: PushService) -> None:
    await asleep(crowd, service, "fay")
    wake, _ = await waiting(crowd, await crowd.join("gus"))
    async with crowd.world.ctx.db.transaction() as tx:
        await tx.run(
            "update push_subscriptions set sealed_token = set_byte(sealed_token, 0, get_byte(sealed_token, 0) # 1)"
        )
    await deliver(crowd.world.ctx, wake)
    assert service.all == []
