"""People for tests of accounts, users and apps, made by the real actions."""

import msgspec

from marula.domain import users
from marula.domain.users import Newcomer, SignUp, User
from tests.world import World

PASSWORD = "correct horse battery"
SOME_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$0000000000000000000000000000000000000000000"


def asked(name: str = "ann", **changes: object) -> SignUp:
    """A sign-up with nothing wrong in it."""
    values = {"username": name, "email": f"{name}@mail.example", "password": PASSWORD, "agreement": True}
    return msgspec.convert(values | changes, type=SignUp)


async def person(world: World, name: str = "ann", **changes: object) -> User:
    """Somebody registered, confirmed and approved, whose password nobody knows."""
    values = {
        "username": name,
        "email": f"{name}@mail.example",
        "password_hash": SOME_HASH,
        "confirmed": True,
        "approved": True,
    }
    async with world.ctx.db.transaction() as tx:
        await users.ensure_roles(tx)
        return await users.register(tx, msgspec.convert(values | changes, type=Newcomer))


async def reloaded(world: World, user: User) -> User:
    """The same person as they are now."""
    async with world.ctx.db.reading() as db:
        found = await users.by_id(db, user.id)
    assert found is not None
    return found
