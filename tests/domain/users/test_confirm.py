"""Confirming addresses, approval, and the mail about it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from marula.base.kernel.errors import Forbidden, Invalid
from marula.base.kernel.ids import UserId
from marula.base.kernel.paging import Page
from marula.domain import departures, site, users
from marula.domain.users import User
from tests.domain.users.people import asked, person, reloaded
from tests.world import World, make_world


@pytest.fixture
async def mailing(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """A server that has a mail server."""
    async with make_world(database, tmp_path, SMTP_SERVER="mail.example") as made:
        async with made.ctx.db.transaction() as tx:
            await users.ensure_roles(tx)
        yield made


async def sign_up(world: World, mode: str, name: str = "ann") -> User:
    async with world.ctx.db.transaction() as tx:
        await site.change(tx, "registrations", mode)
    world.ctx.memory.forget(site.SETTINGS.name)
    async with world.ctx.db.transaction() as tx:
        return await users.register(tx, await users.draft_sign_up(world.ctx, tx, asked(name)))


def token_in(body: str) -> str:
    return body.partition("?token=")[2].split()[0]


async def open_link(world: World, token: str) -> User:
    async with world.ctx.db.transaction() as tx:
        return await users.confirm(tx, users.read_confirmation(world.ctx, token))


async def test_where_mail_goes_out_an_address_is_confirmed_by_a_link(mailing: World) -> None:
    ann = await sign_up(mailing, "open")
    assert users.standing(ann) == "unconfirmed"
    await mailing.settle()
    (mail,) = mailing.mail.sent
    assert mail.recipient == "ann@mail.example"
    assert "https://marula.example/auth/confirm?token=" in mail.body
    assert users.standing(await open_link(mailing, token_in(mail.body))) == "ok"
    await open_link(mailing, token_in(mail.body))
    assert len(await mailing.facts("UserConfirmed")) == 1


async def test_a_link_is_good_for_two_days(mailing: World) -> None:
    await sign_up(mailing, "open")
    await mailing.settle()
    mailing.clock.advance(timedelta(days=2, seconds=1))
    with pytest.raises(Invalid, match="no longer valid"):
        await open_link(mailing, token_in(mailing.mail.sent[0].body))


async def test_a_forged_link_proves_nothing(mailing: World) -> None:
    await sign_up(mailing, "open")
    for token in ("", "x", "x.y", users.setup_token(mailing.ctx)):
        with pytest.raises(Invalid):
            await open_link(mailing, token)


async def test_a_link_can_be_sent_again_until_it_was_opened(mailing: World) -> None:
    ann = await sign_up(mailing, "open")
    mailing.clock.advance(timedelta(minutes=1))
    async with mailing.ctx.db.transaction() as tx:
        await users.ask_confirmation(tx, ann)
    await mailing.settle()
    assert len(mailing.mail.sent) == 2
    ann = await open_link(mailing, token_in(mailing.mail.sent[1].body))
    async with mailing.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden, match="only available while the e-mail is awaiting confirmation"):
            await users.ask_confirmation(tx, ann)


async def test_another_address_counts_once_it_is_confirmed(mailing: World) -> None:
    ann = await person(mailing)
    async with mailing.ctx.db.transaction() as tx:
        change = await users.draft_email(mailing.ctx, tx, ann, " new@mail.example ")
        await users.change_email(tx, ann, change)
    await mailing.settle()
    mail, notice = mailing.mail.sent
    assert mail.recipient == "new@mail.example"
    assert notice.recipient == "ann@mail.example"
    assert "new@mail.example" in notice.body
    assert "token=" not in notice.body
    assert (await reloaded(mailing, ann)).email == "ann@mail.example"
    ann = await open_link(mailing, token_in(mail.body))
    assert (ann.email, ann.unconfirmed_email) == ("new@mail.example", None)
    assert len(await mailing.facts("EmailChanged")) == 1


async def test_an_address_that_was_taken_meanwhile_is_refused(mailing: World) -> None:
    ann = await person(mailing)
    async with mailing.ctx.db.transaction() as tx:
        await users.change_email(tx, ann, await users.draft_email(mailing.ctx, tx, ann, "new@mail.example"))
    await mailing.settle()
    await person(mailing, "bob", email="New@mail.example")
    with pytest.raises(Invalid, match="Email has already been taken"):
        await open_link(mailing, token_in(mailing.mail.sent[0].body))


async def test_without_a_mail_server_nothing_is_to_be_confirmed(world: World) -> None:
    ann = await person(world)
    assert not users.confirmation_asked(world.ctx)
    async with world.ctx.db.transaction() as tx:
        await users.change_email(tx, ann, await users.draft_email(world.ctx, tx, ann, "new@mail.example"))
    assert (await reloaded(world, ann)).email == "new@mail.example"


async def test_an_address_of_somebody_else_cannot_be_asked_for(world: World) -> None:
    ann = await person(world)
    await person(world, "bob")
    async with world.ctx.db.reading() as db:
        for wrong in ("BOB@mail.example", "", "bob"):
            with pytest.raises(Invalid):
                await users.draft_email(world.ctx, db, ann, wrong)
        assert (await users.draft_email(world.ctx, db, ann, "ANN@mail.example")).email == "ANN@mail.example"


async def test_those_who_decide_are_told_once_the_address_is_confirmed(mailing: World) -> None:
    await person(mailing, "boss", role_id=users.OWNER_ID)
    await person(mailing, "mod", role_id=users.MODERATOR_ID)
    await person(mailing, "reader")
    await sign_up(mailing, "approved")
    await mailing.settle()
    (confirmation,) = mailing.mail.sent
    await open_link(mailing, token_in(confirmation.body))
    await mailing.settle()
    assert [mail.recipient for mail in mailing.mail.sent[1:]] == ["boss@mail.example", "mod@mail.example"]
    assert "ann would like to join" in mailing.mail.sent[1].subject


async def test_those_who_decide_are_told_at_once_where_nothing_is_confirmed(world: World) -> None:
    await person(world, "boss", role_id=users.OWNER_ID)
    await sign_up(world, "approved")
    await world.settle()
    assert [mail.recipient for mail in world.mail.sent] == ["boss@mail.example"]


async def test_somebody_approved_is_welcomed(world: World) -> None:
    ann = await person(world, approved=False)
    async with world.ctx.db.transaction() as tx:
        assert [user.id for user in await users.pending(tx, limit=10)] == [ann.id]
        await users.approve(tx, ann)
        await users.approve(tx, ann)
    await world.settle()
    assert users.standing(await reloaded(world, ann)) == "ok"
    assert [mail.subject for mail in world.mail.sent] == ["Welcome to Marula"]
    assert len(await world.facts("UserApproved")) == 1


async def test_somebody_rejected_is_gone_and_their_name_is_free(world: World) -> None:
    ann = await person(world, approved=False)
    async with world.ctx.db.transaction() as tx:
        await users.reject(tx, ann)
    again = await person(world)
    assert again.username == "ann"
    assert len(await world.facts("UserRejected")) == len(await world.facts("AccountDeleted")) == 1
    async with world.ctx.db.transaction() as tx:
        with pytest.raises(Forbidden):
            await users.reject(tx, again)


async def test_a_sign_up_never_confirmed_goes_after_a_week(mailing: World) -> None:
    await sign_up(mailing, "open")
    await person(mailing, "bob")
    await mailing.settle()
    mailing.clock.advance(timedelta(days=7, seconds=1))
    await departures.reactions.remove_abandoned(mailing.ctx)
    await mailing.settle()
    assert [row["username"] for row in await mailing.rows("select username from accounts")] == ["bob"]


async def test_a_network_address_is_forgotten_after_a_year(world: World) -> None:
    await person(world, ip="192.0.2.7")
    for days, kept in ((365, "192.0.2.7"), (1, None)):
        world.clock.advance(timedelta(days=days))
        await users.reactions.tidy_up(world.ctx)
        (row,) = await world.rows("select host(sign_up_ip) as ip from users")
        assert row["ip"] == kept


async def test_without_a_mail_server_mail_stays_in_the_outbox(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nowhere(mail: object) -> bool:
        return False

    monkeypatch.setattr(world.mail, "send", nowhere)
    async with world.ctx.db.transaction() as tx:
        await users.write_mail(tx, "ann@mail.example", "Hello", "How are you?", once="hello")
        await users.write_mail(tx, "ann@mail.example", "Hello", "How are you?", once="hello")
    await world.settle()
    async with world.ctx.db.reading() as db:
        (kept,) = await users.unsent_mails(db, Page(), reader=UserId(0))
    assert (kept.subject, kept.sent_at, kept.last_error) == ("Hello", None, None)


async def test_the_mail_is_in_the_language_of_whoever_signs_up(mailing: World) -> None:
    user = await sign_up(mailing, "open")
    async with mailing.ctx.db.transaction() as tx:
        await tx.run("update users set locale = 'fr' where id = $1", user.id)
    await mailing.settle()
    (mail,) = mailing.mail.sent
    assert mail.subject == "Confirmez votre adresse e-mail pour Marula"
    assert mail.body.startswith("Bonjour ann,\n\ncette adresse a été indiquée pour le compte @ann")
    await open_link(mailing, token_in(mail.body))
