"""The hostile scenarios: sent to the whole application by who is said to sign them, worked on, and without effect.

Spec: the scenarios beside the project, each with what is expected of it
"""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

import msgspec
import pytest

from marula.domain import posts
from marula.domain.posts import Draft, QuoteState, Visibility
from tests.contract.reference import FOLDER, needs_reference
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.inbox.test_follows import account_of, followers
from tests.faces.activitypub.ingest.following import follow
from tests.faces.api.caller import Crowd
from tests.peer import Document, Somebody
from tests.world import World

pytestmark = needs_reference

VICTIM = "https://good.example/users/victim"
SCENARIOS = FOLDER / "fixtures" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.json")) if SCENARIOS.is_dir() else []


class Stage:
    """Alice of this server with a post, Victim who follows her and has a post, and Mallory."""

    def __init__(self, world: World, sending: Sending) -> None:
        self.world = world
        self.sending = sending
        self.texts: dict[str, str] = {}

    async def set(self, crowd: Crowd) -> None:
        """Everybody takes their place."""
        alice = self.alice = await crowd.join("alice")
        post = await alice.write("Hello")
        question = {"options": ["yes", "no"], "expires_in": 300}
        polls = [await alice.write("Well?", poll=question) for _ in range(2)]
        self.texts = {
            "https://local.example/users/alice/statuses/poll-closed": polls[0]["uri"],
            "https://local.example/users/alice/statuses/poll": polls[1]["uri"],
            "https://local.example/users/alice/statuses/1": post["uri"],
            "https://local.example/users/alice": uri(alice),
            "http://testserver/users/alice": uri(alice),
        }
        follow = {"id": f"{VICTIM}/f/1", "type": "Follow", "actor": VICTIM, "object": uri(alice)}
        await self.sending.tell(self.person(VICTIM), follow)
        await self.written(f"{VICTIM}/n/5")
        async with self.world.ctx.db.transaction() as tx:
            await tx.run(
                "update polls set expires_at = $2::timestamptz - interval '1 day' where post_id = $1",
                int(polls[0]["id"]),
                tx.now,
            )

    async def written(self, address: str, created_at: datetime | None = None) -> None:
        """A post of Victim that is known here."""
        draft = Draft(text="5", html="<p>5</p>", visibility=Visibility.PUBLIC, uri=address, created_at=created_at)
        author = await account_of(self.world, self.person(VICTIM))
        async with self.world.ctx.db.transaction() as tx:
            await posts.publish(tx, author, draft, local=False)

    def person(self, address: str) -> Somebody:
        """The actor with this id, who may be asked for at its server."""
        _, _, host, _, name = address.split("/")
        server = self.world.internet.server(host)
        return server.people.get(name) or server.person(name)

    def localised(self, document: Any) -> Any:
        """A document about ours as they are called here."""
        text = json.dumps(document)
        for theirs, ours in self.texts.items():
            text = text.replace(f'"{theirs}"', f'"{ours}"')
        return json.loads(text)

    def serve(self, remote: Document) -> None:
        """What other servers answer."""
        for address, answer in remote.items():
            host = address.split("/")[2]
            self.world.internet.server(host)
            headers = {"location": answer["location"]} if "location" in answer else {}
            body = json.dumps(answer.get("body", {}))
            kind = answer.get("content_type", "text/html")
            if (host, address) != ("good.example", VICTIM):
                self.world.internet.servers[host].serve(
                    address, body, status=answer["status"], kind=kind, headers=headers
                )

    async def state(self) -> dict[str, Any]:
        """What a scenario may have changed."""
        rows = self.world.rows
        return {
            "posts": sorted(str(row["uri"]) for row in await rows("select uri from posts where not local")),
            "local": len(await rows("select from posts where local")),
            "followers": await followers(self.world),
            "favourites": len(await rows("select from favourites")),
            "votes": len(await rows("select from poll_votes")),
            "keys": [
                dict(row) for row in await rows("select uri, public from actor_keys where uri like $1", f"{VICTIM}%")
            ],
            "inbox": [row["inbox"] for row in await rows("select inbox from actors order by account_id limit 1")],
        }


@pytest.fixture
async def stage(world: World, crowd: Crowd, sending: Sending) -> Stage:
    made = Stage(world, sending)
    await made.set(crowd)
    return made


Check: TypeAlias = Callable[[Stage, dict[str, Any], dict[str, Any]], Awaitable[None]]


async def nothing_changed(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert before == after


async def at_most_one_post(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert len(set(after["posts"])) == len(after["posts"]) <= len(before["posts"]) + 1
    assert {name: value for name, value in before.items() if name != "posts"} == {
        name: value for name, value in after.items() if name != "posts"
    }


async def nothing_of_the_victim(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    rows = await stage.world.rows(
        "select p.uri from posts p join accounts a on a.id = p.account_id where a.uri = $1", VICTIM
    )
    assert [row["uri"] for row in rows] == [f"{VICTIM}/n/5"]
    assert after["followers"] == before["followers"]
    assert after["keys"] == before["keys"]


async def not_public(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    rows = await stage.world.rows("select visibility from posts where uri = $1", f"{VICTIM}/n/40")
    assert all(row["visibility"] not in (Visibility.PUBLIC, Visibility.UNLISTED) for row in rows)


async def not_older(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    rows = await stage.world.rows("select html from posts where uri = $1", f"{VICTIM}/n/22")
    assert [row["html"] for row in rows] == ["<p>v2</p>"]


async def not_approved(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    (quote,) = await stage.world.rows("select state from quotes")
    assert quote["state"] != QuoteState.ACCEPTED


async def not_to_private_addresses(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    rows = await stage.world.rows("select state, why from deliveries where host = '169.254.169.254'")
    assert {(row["state"], row["why"]) for row in rows} == {
        ("given_up", "169.254.169.254 can only be called with https")
    }


BY_ANOTHER = ("rejected", "the post is by somebody else than who sends it")
DELETES_FOREIGN = ("rejected", "it deletes what is of another server")
FOREIGN = ("rejected", "its object is of another server")
UNSIGNED = ("ignored", "its actor did not sign it")
TAKEN_BACK = ("ignored", "it was taken back before it came")
NOT_THERE = ("ignored", "what it shares cannot be had")
NO_VOTE = ("ignored", "its votes do not count")
TAKEN = ("accepted", None)

OUTCOMES: dict[str, list[tuple[str, str | None]]] = {
    "create-note__invalid_impersonate_attributedto": [BY_ANOTHER],
    "create-note__invalid_overwrite_existing_reference": [FOREIGN],
    "delete__invalid_delete_others_object": [DELETES_FOREIGN],
    "follow__invalid_actor_mismatch": [UNSIGNED],
    "scenario__activity_actor_differs_from_signer_unsigned": [UNSIGNED],
    "scenario__actor_private_inbox": [TAKEN],
    "scenario__create_attributed_to_victim": [BY_ANOTHER],
    "scenario__deep_nesting": [],
    "scenario__delete_before_create": [("ignored", "what it deletes is not known here"), TAKEN_BACK],
    "scenario__delete_foreign_note": [DELETES_FOREIGN],
    "scenario__delete_same_host_other_actor": [("rejected", "it deletes what somebody else wrote")],
    "scenario__duplicate_create_shared_and_personal_inbox": [TAKEN],
    "scenario__fetched_id_mismatch": [NOT_THERE],
    "scenario__fetched_wrong_content_type": [NOT_THERE],
    "scenario__followers_only_cc_only": [TAKEN],
    "scenario__key_owner_mismatch": [],
    "scenario__quote_stamp_from_wrong_author": [TAKEN],
    "scenario__redirect_to_other_host": [NOT_THERE],
    "scenario__undo_follow_of_other": [("rejected", "it takes back what is of another server")],
    "scenario__undo_like_before_like": [("ignored", "it was no favourite"), TAKEN_BACK],
    "scenario__update_foreign_actor": [FOREIGN],
    "scenario__update_older_than_stored": [TAKEN, TAKEN],
    "scenario__vote_on_expired_poll": [NO_VOTE],
    "scenario__vote_unknown_option": [NO_VOTE],
}
"""What becomes of what is sent, and the reason that is kept; nothing of what is refused at the door."""

REACHED = {
    "scenario__actor_private_inbox": {"https://rebind.example/u"},
    "scenario__fetched_id_mismatch": {"https://evil.example/x.json", "https://good.example/users/victim/n/7"},
    "scenario__fetched_wrong_content_type": {"https://good.example/media/upload.json"},
    "scenario__key_owner_mismatch": {"https://evil.example/keys/1"},
    "scenario__quote_stamp_from_wrong_author": {"https://third.example/n/1"},
    "scenario__redirect_to_other_host": {"https://evil.example/n/11"},
}
"""What must have been asked for: otherwise the attack was turned away for another reason than its own."""

SIGNERS = {"scenario__actor_private_inbox": "https://rebind.example/users/u"}
"""Who signs, where the scenario names somebody else than its actor."""

CHECKS: dict[str, Check] = {
    "create-note__invalid_impersonate_attributedto": nothing_of_the_victim,
    "create-note__invalid_overwrite_existing_reference": nothing_changed,
    "scenario__activity_actor_differs_from_signer_unsigned": nothing_of_the_victim,
    "scenario__actor_private_inbox": not_to_private_addresses,
    "scenario__create_attributed_to_victim": nothing_of_the_victim,
    "scenario__duplicate_create_shared_and_personal_inbox": at_most_one_post,
    "scenario__followers_only_cc_only": not_public,
    "scenario__quote_stamp_from_wrong_author": not_approved,
    "scenario__update_older_than_stored": not_older,
}
"""What is looked at in the end; of the others nothing may have changed."""


Staging: TypeAlias = Callable[[Stage, Somebody], Awaitable[None]]


async def alice_follows(stage: Stage, signer: Somebody) -> None:
    """What the signer shares is of interest here."""
    await follow(stage.sending, stage.alice, signer)


async def the_quoted_is_there(stage: Stage, signer: Somebody) -> None:
    """Alice follows the signer, who quotes somebody of a third server."""
    await alice_follows(stage, signer)
    zed = stage.world.internet.server("third.example").person("zed")
    zed.note(id="https://third.example/n/1")


async def the_edited_is_there(stage: Stage, signer: Somebody) -> None:
    await stage.written(f"{VICTIM}/n/22", datetime(2025, 1, 1, tzinfo=UTC))


async def the_inbox_is_private(stage: Stage, signer: Somebody) -> None:
    """The actor of the scenario with a key of ours, so that the signature holds."""
    signer.uri = "https://rebind.example/u"
    signer.key_uri = f"{signer.uri}#k"


STAGING: dict[str, Staging] = {
    "scenario__actor_private_inbox": the_inbox_is_private,
    "scenario__fetched_id_mismatch": alice_follows,
    "scenario__fetched_wrong_content_type": alice_follows,
    "scenario__quote_stamp_from_wrong_author": the_quoted_is_there,
    "scenario__redirect_to_other_host": alice_follows,
    "scenario__update_older_than_stored": the_edited_is_there,
}
"""What must be so that the attack is met at all."""


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_scenarios_have_no_effect(stage: Stage, name: str) -> None:
    scenario = json.loads((SCENARIOS / f"{name}.json").read_text())
    signer = stage.person(SIGNERS.get(name) or scenario.get("signed_by", "https://evil.example.com/users/mallory"))
    await stage.sending.tell(signer, signer.activity("Arrive", "https://marula.example/"))
    if name in STAGING:
        await STAGING[name](stage, signer)
    remote = scenario.get("remote", {})
    if name == "scenario__actor_private_inbox":
        remote[signer.uri]["body"]["publicKey"]["publicKeyPem"] = signer.keys.public
    stage.serve(remote)
    before, known = await stage.state(), len(await stage.sending.outcomes())
    for one in messages(stage, scenario, name):
        await send(stage, signer, one, name)
        await stage.sending.work()
    await CHECKS.get(name, nothing_changed)(stage, before, await stage.state())
    assert (await stage.sending.outcomes())[known:] == OUTCOMES[name]
    asked = {one.url for one in stage.world.internet.requests}
    assert asked >= REACHED.get(name, set()), "the attack was not met"


def messages(stage: Stage, scenario: Document, name: str) -> list[Any]:
    """What is sent, in order."""
    if name == "scenario__deep_nesting":
        deep = b'{"type":"Create","actor":"%s","object":' % VICTIM.encode()
        return [deep + b'{"object":' * 2000 + b"1" + b"}" * 2001, b'{"a":"%s"}' % (b"x" * 1024 * 1024)]
    inbound = scenario.get("inbound", scenario)
    inbound = inbound.get("inbound", inbound) if isinstance(inbound, dict) else inbound
    return stage.localised(inbound if isinstance(inbound, list) else [inbound])


async def send(stage: Stage, signer: Somebody, one: Any, name: str) -> None:
    """Send it as the scenario says: it is kept, or refused with a status that is not an error of ours."""
    body = one if isinstance(one, bytes) else msgspec.json.encode(one)
    expect = 202
    if name == "scenario__deep_nesting":
        expect = 413 if len(body) > 1024 * 1024 else 400
    if name == "scenario__key_owner_mismatch":
        signer.key_uri, expect = "https://evil.example/keys/1", 401
    await stage.sending.post(signer, body, expect=expect)
    if name == "scenario__duplicate_create_shared_and_personal_inbox":
        alice = stage.texts["https://local.example/users/alice"].rpartition("/")[2]
        await stage.sending.post(signer, body, f"/ap/users/{alice}/inbox")
