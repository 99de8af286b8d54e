"""What remote actors say of themselves, kept: new ones, changed ones, renamed ones; and the keys of our own."""

from datetime import UTC, datetime

import msgspec

from marula.base.crypto.keys import private_key, proves, public_key, signed
from marula.base.kernel.ids import AccountId, FollowId, PostId
from marula.domain import accounts, actors
from marula.domain.accounts import Account, ProfileDraft
from marula.domain.actors import Addresses, Known
from tests.domain.users.people import person
from tests.world import World

BEN = Known(
    uri="https://peer.example/users/ben",
    username="Ben",
    domain="peer.example",
    actor_type="Person",
    created_at=datetime(2020, 5, 1, tzinfo=UTC),
    profile=ProfileDraft(display_name="Ben", note_html="<p>Bees</p>", also_known_as=("https://old.example/ben",)),
    addresses=Addresses(
        inbox="https://peer.example/users/ben/inbox",
        shared_inbox="https://peer.example/inbox",
        followers="https://peer.example/users/ben/followers",
    ),
    keys=(("https://peer.example/users/ben#main-key", "PEM one"),),
)


async def learn(world: World, known: Known) -> Account:
    async with world.ctx.db.transaction() as tx:
        account = await actors.learn(tx, known)
        found = await accounts.by_id(tx, account)
        assert found is not None
        return found


async def test_a_new_actor_becomes_an_account(world: World) -> None:
    ben = await learn(world, BEN)
    assert (ben.acct, ben.uri, ben.display_name, ben.local) == ("Ben@peer.example", BEN.uri, "Ben", False)
    assert (ben.created_at, ben.also_known_as) == (BEN.created_at, ("https://old.example/ben",))
    async with world.ctx.db.reading() as db:
        assert await actors.addresses_of(db, [ben.id]) == {ben.id: BEN.addresses}
        key = await actors.key_by_uri(db, BEN.keys[0][0])
    assert key is not None
    assert (key.account_id, key.public) == (ben.id, "PEM one")
    assert [row["kind"] for row in await world.facts()] == ["AccountCreated", "ProfileRevised"]


async def test_learning_the_same_twice_changes_nothing(world: World) -> None:
    first = await learn(world, BEN)
    assert await learn(world, BEN) == first
    assert len(await world.facts("ProfileRevised")) == 1


async def test_an_actor_changes_its_name_addresses_and_keys(world: World) -> None:
    ben = await learn(world, BEN)
    moved = msgspec.structs.replace(
        BEN,
        username="benedict",
        addresses=Addresses(inbox="https://peer.example/in"),
        keys=(("https://peer.example/users/ben#rsa-2", "PEM two"),),
    )
    after = await learn(world, moved)
    assert (after.id, after.acct) == (ben.id, "benedict@peer.example")
    async with world.ctx.db.reading() as db:
        assert (await actors.addresses_of(db, [ben.id]))[ben.id].inbox == "https://peer.example/in"
        assert await actors.key_by_uri(db, BEN.keys[0][0]) is None
        assert await actors.key_by_uri(db, moved.keys[0][0]) is not None


async def test_a_handle_passes_to_the_actor_that_has_it_now(world: World) -> None:
    ben = await learn(world, BEN)
    eve = await learn(
        world, msgspec.structs.replace(BEN, uri="https://peer.example/users/eve", username="eve", keys=())
    )
    eve = await learn(world, msgspec.structs.replace(BEN, uri="https://peer.example/users/eve", keys=()))
    async with world.ctx.db.reading() as db:
        before = await accounts.by_id(db, ben.id)
    assert before is not None
    assert (eve.acct, before.username) == ("Ben@peer.example", f"~{ben.id}")


async def test_a_new_id_with_a_known_handle_takes_over(world: World) -> None:
    ben = await learn(world, BEN)
    again = await learn(world, msgspec.structs.replace(BEN, uri="https://peer.example/ap/users/7"))
    assert (again.id, again.uri) == (ben.id, "https://peer.example/ap/users/7")


async def test_actors_are_found_by_their_ids(world: World) -> None:
    ben, ann = await learn(world, BEN), await person(world, "ann")
    config = world.ctx.config
    ours, theirs = actors.actor_uri(config, ann.account_id), BEN.uri
    async with world.ctx.db.reading() as db:
        found = await actors.by_uris(world.ctx, db, [ours, theirs, "https://nowhere.example/x"])
        followers = [actors.address(config, ann.account_id, "followers"), BEN.addresses.followers or ""]
        followed = await actors.followed_at(world.ctx, db, followers)
    assert found == {ours: ann.account_id, theirs: ben.id}
    assert followed == {followers[0]: ann.account_id, followers[1]: ben.id}


async def test_addresses_of_our_own_are_read_as_they_are_made(world: World) -> None:
    config, ann, post = world.ctx.config, AccountId(7), PostId(9)
    assert actors.account_of(config, actors.actor_uri(config, ann)) == ann
    assert actors.post_of(config, actors.post_uri(config, ann, post)) == post
    assert actors.post_of(config, f"{actors.post_uri(config, ann, post)}/activity") == post
    for other in (
        "https://evil.example/ap/users/7",
        f"{config.web_url}/ap/users/7/outbox",
        f"{config.web_url}/ap/users/x",
    ):
        assert actors.account_of(config, other) is None


async def test_a_follow_of_ours_is_known_by_its_id(world: World) -> None:
    config = world.ctx.config
    uri = actors.follow_uri(config, AccountId(7), FollowId(9))
    assert actors.follow_of(config, uri) == (7, 9)
    for other in (uri.removesuffix("9"), f"{uri}/undo", "https://evil.example/ap/users/7#follows/9"):
        assert actors.follow_of(config, other) is None


async def test_our_actors_have_one_key_pair_made_when_it_is_needed(world: World) -> None:
    ann = await person(world, "ann")
    key = await actors.own_key(world.ctx, ann.account_id)
    assert await actors.own_key(world.ctx, ann.account_id) == key
    assert key.uri == f"{actors.actor_uri(world.ctx.config, ann.account_id)}#main-key"
    public = public_key(key.public)
    assert public is not None
    assert proves(public, signed(private_key(key.private), b"text"), b"text")
    assert "PRIVATE" not in repr(key)


async def test_nobody_else_can_claim_the_key_of_one_of_ours(world: World) -> None:
    ann = await person(world, "ann")
    key = await actors.own_key(world.ctx, ann.account_id)
    await learn(world, msgspec.structs.replace(BEN, keys=((key.uri, "PEM of Ben"),)))
    assert await actors.own_key(world.ctx, ann.account_id) == key
