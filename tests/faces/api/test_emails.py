"""The address of somebody who signed up with a program, and the link that confirms it."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from marula.base.kernel.errors import Invalid
from marula.domain import site, users
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.world import make_world

SEND, CHECK = "/api/v1/emails/confirmations", "/api/v1/emails/check_confirmation"


@pytest.fixture
async def crowd(database: str, tmp_path: Path) -> AsyncGenerator[Crowd, None]:
    """A server that sends mail, so that addresses are confirmed."""
    async with make_world(database, tmp_path, SMTP_SERVER="mail.example") as world, crowd_in(world) as made:
        yield made


async def newcomer(crowd: Crowd, name: str = "ann") -> Caller:
    """Somebody who signs up with a program, and has not confirmed their address."""
    async with crowd.world.ctx.db.transaction() as tx:
        await site.change(tx, "registrations", "open")
    app = await crowd.nobody.post(
        "/api/v1/apps", {"client_name": "a probe", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read write"}
    )
    secrets = {key: app[key] for key in ("client_id", "client_secret")}
    asked = {"grant_type": "client_credentials", "scope": "read write"} | secrets
    token = (await crowd.nobody.post("/oauth/token", asked))["access_token"]
    form = {"username": name, "email": f"{name}@mail.example", "password": "correct horse", "agreement": True}
    made = await Caller(crowd.client, token, None).post("/api/v1/accounts", form | {"locale": "en"})
    return Caller(crowd.client, made["access_token"], None)


async def mails(crowd: Crowd) -> list[str]:
    await crowd.world.settle()
    return [mail.recipient for mail in crowd.world.mail.sent]


def link(crowd: Crowd) -> str:
    body = crowd.world.mail.sent[-1].body
    return next(word for word in body.split() if "token=" in word).partition("token=")[2]


async def confirm(crowd: Crowd, token: str) -> Any:
    async with crowd.world.ctx.db.transaction() as tx:
        return await users.confirm(tx, users.read_confirmation(crowd.world.ctx, token))


async def test_the_link_is_sent_again_until_it_is_used(crowd: Crowd) -> None:
    ann = await newcomer(crowd)
    before = len(await mails(crowd))
    assert await ann.get(CHECK) is False
    assert await ann.post(SEND) == {}
    assert len(await mails(crowd)) > before
    await confirm(crowd, link(crowd))
    assert await ann.get(CHECK) is True
    refused = await ann.post(SEND, expect=403)
    assert refused["error"] == "This method is only available while the e-mail is awaiting confirmation"


async def test_a_wrong_address_is_put_right_and_its_link_counts_no_longer(crowd: Crowd) -> None:
    ann = await newcomer(crowd)
    await mails(crowd)
    old = link(crowd)
    assert await ann.post(SEND, {"email": "right@mail.example"}) == {}
    assert (await mails(crowd))[-1] == "right@mail.example"
    with pytest.raises(Invalid, match="another e-mail address"):
        await confirm(crowd, old)
    assert await ann.get(CHECK) is False
    user = await confirm(crowd, link(crowd))
    assert (user.email, user.unconfirmed_email) == ("right@mail.example", None)
    assert await ann.get(CHECK) is True


async def test_an_address_that_cannot_be_is_refused(crowd: Crowd) -> None:
    ann, _ = await newcomer(crowd), await crowd.join("ben")
    for wrong in ("no address", "ben@mail.example"):
        await ann.post(SEND, {"email": wrong}, expect=422)
    async with crowd.world.ctx.db.reading() as db:
        assert await users.by_email(db, "ann@mail.example") is not None


async def test_another_program_may_not_ask(crowd: Crowd) -> None:
    ben = await crowd.join("ben")
    refused = await ben.post(SEND, expect=403)
    assert "originally signed-up with" in refused["error"]
    assert await ben.get(CHECK) is True
    await crowd.nobody.get(CHECK, expect=401)
