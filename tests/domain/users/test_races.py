"""Two people who want the same name or address at the same moment: one has it, the other is told that it is taken."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from marula.base.db import Database
from marula.base.kernel.errors import Invalid
from marula.domain import accounts, users
from marula.domain.users import EmailChange, Newcomer, User
from tests.domain.users.people import SOME_HASH
from tests.world import START, HeldClock


@pytest.fixture
async def db(database: str) -> AsyncIterator[Database]:
    """A database that several transactions use at once; it is left without people."""
    made = await Database.connect(database, HeldClock(START), size=4)
    try:
        yield made
    finally:
        async with made.transaction() as tx:
            for table in ("accounts", "jobs", "facts"):
                await tx.run(f"delete from {table}")
        await made.close()


async def register(db: Database, name: str, email: str) -> User:
    newcomer = Newcomer(username=name, email=email, password_hash=SOME_HASH, confirmed=True, approved=True)
    async with db.transaction() as tx:
        made = await users.register(tx, newcomer)
        await asyncio.sleep(0.05)
    return made


async def change_email(db: Database, user: User, email: str) -> None:
    async with db.transaction() as tx:
        await users.change_email(tx, user, EmailChange(email, confirm=False))
        await asyncio.sleep(0.05)


def refused(outcomes: list[object]) -> list[str | None]:
    """The fields of those who were refused because it is taken; anything else that went wrong is raised."""
    found: list[str | None] = []
    for outcome in outcomes:
        if isinstance(outcome, Invalid):
            (problem,) = outcome.problems
            assert problem.code == "ERR_TAKEN"
            found.append(problem.field)
        elif isinstance(outcome, BaseException):
            raise outcome
    return found


async def test_a_name_goes_to_one_of_two(db: Database) -> None:
    both = (register(db, "ann", "ann@mail.example"), register(db, "Ann", "other@mail.example"))
    assert refused([*await asyncio.gather(*both, return_exceptions=True)]) == ["username"]


async def test_an_address_goes_to_one_of_two_newcomers_and_nothing_is_left_of_the_other(db: Database) -> None:
    both = (register(db, "ann", "one@mail.example"), register(db, "bob", "One@mail.example"))
    assert refused([*await asyncio.gather(*both, return_exceptions=True)]) == ["email"]
    async with db.reading() as reading:
        known = await accounts.by_handles(reading, [("ann", None), ("bob", None)])
    assert len(known) == 1


async def test_an_address_goes_to_one_of_two_who_change_theirs(db: Database) -> None:
    ann, bob = await register(db, "ann", "ann@mail.example"), await register(db, "bob", "bob@mail.example")
    both = (change_email(db, ann, "new@mail.example"), change_email(db, bob, "NEW@mail.example"))
    assert refused([*await asyncio.gather(*both, return_exceptions=True)]) == ["email"]


async def test_an_address_goes_to_a_newcomer_or_to_one_who_changes_theirs(db: Database) -> None:
    ann = await register(db, "ann", "ann@mail.example")
    both = (register(db, "bob", "new@mail.example"), change_email(db, ann, "new@mail.example"))
    assert refused([*await asyncio.gather(*both, return_exceptions=True)]) == ["email"]
