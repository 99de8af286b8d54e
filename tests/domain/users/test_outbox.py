"""Mail that goes out, or not."""

from datetime import timedelta

import pytest

from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import UserId
from marula.base.kernel.paging import Page
from marula.domain import users
from marula.domain.users.outbox import deliver_mail
from tests.domain.users.people import person
from tests.world import World

NOBODY = UserId(0)


async def write(world: World) -> None:
    async with world.ctx.db.transaction() as tx:
        await users.write_mail(tx, "ann@mail.example", "Hello", "How are you?")


async def test_a_mail_goes_out_once_although_its_job_runs_twice(world: World) -> None:
    await write(world)
    assert await world.settle() == 1
    assert [mail.subject for mail in world.mail.sent] == ["Hello"]
    (row,) = await world.rows("select sent_at from mails")
    assert row["sent_at"] == world.clock.now()


async def test_a_mail_that_cannot_go_out_keeps_the_reason_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(mail: object) -> bool:
        raise Unreachable("The mail server does not answer")

    await write(world)
    async with world.ctx.db.reading() as db:
        (mail,) = await users.unsent_mails(db, Page(), reader=NOBODY)
    with monkeypatch.context() as broken:
        broken.setattr(world.mail, "send", refused)
        with pytest.raises(Unreachable):
            await deliver_mail(world.ctx, mail.id)
    (row,) = await world.rows("select sent_at, last_error from mails")
    assert (row["sent_at"], row["last_error"]) == (None, "The mail server does not answer")
    await deliver_mail(world.ctx, mail.id)
    (row,) = await world.rows("select sent_at, last_error from mails")
    assert (row["sent_at"], row["last_error"]) == (world.clock.now(), None)


async def test_mails_are_removed_after_thirty_days(world: World) -> None:
    await write(world)
    world.clock.advance(timedelta(days=30, seconds=1))
    await users.reactions.tidy_up(world.ctx)
    assert await world.rows("select from mails") == []


async def test_letters_to_those_who_stand_as_high_are_not_shown(world: World) -> None:
    owner = await person(world, "owner", role_id=users.OWNER_ID)
    admin = await person(world, "admin", role_id=users.ADMIN_ID)
    await person(world, "other", role_id=users.ADMIN_ID)
    await person(world, "mod", role_id=users.MODERATOR_ID)
    await person(world, "reader")
    async with world.ctx.db.transaction() as tx:
        for name in ("owner", "admin", "other", "mod", "reader", "stranger"):
            await users.write_mail(tx, f"{name.upper()}@mail.example", name, "A key")
    assert await shown(world, owner.id) == {"owner", "admin", "other", "mod", "reader", "stranger"}
    assert await shown(world, admin.id) == {"admin", "mod", "reader", "stranger"}


async def shown(world: World, reader: UserId) -> set[str]:
    async with world.ctx.db.reading() as db:
        return {mail.subject for mail in await users.unsent_mails(db, Page(), reader=reader)}
