"""The hostile scenarios: sent to the whole application by who is said to sign them, worked on, and without effect.

Spec: the scenarios beside the project, each with what is expected of it
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import msgspec
import pytest

from marula.domain import posts
from marula.domain.posts import Draft, QuoteState, Visibility
from tests.contract.reference import FOLDER, needs_reference
from tests.faces.activitypub.inbox.sending import Sending, uri
from tests.faces.activitypub.inbox.test_follows import account_of, followers
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
        alice = await crowd.join("alice")
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
        draft = Draft(text="5", html="<p>5</p>", visibility=Visibility.PUBLIC, uri=f"{VICTIM}/n/5")
        author = await account_of(self.world, self.person(VICTIM))
        async with self.world.ctx.db.transaction() as tx:
            await posts.publish(tx, author, draft, local=False)
            await tx.run(
                "update polls set expires_at = $2::timestamptz - interval '1 day' where post_id = $1",
                int(polls[0]["id"]),
                tx.now,
            )

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
    assert all(row["html"] == "<p>v2</p>" for row in rows)


async def not_approved(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert await stage.world.rows("select from quotes where state = $1", QuoteState.ACCEPTED) == []


async def not_to_private_addresses(stage: Stage, before: dict[str, Any], after: dict[str, Any]) -> None:
    assert not [one for one in stage.world.internet.requests if "169.254" in one.url]
    assert after["followers"] == before["followers"]


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


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_scenarios_have_no_effect(stage: Stage, name: str) -> None:
    scenario = json.loads((SCENARIOS / f"{name}.json").read_text())
    signer = stage.person(scenario.get("signed_by", "https://evil.example.com/users/mallory"))
    await stage.sending.tell(signer, signer.activity("Arrive", "https://marula.example/"))
    stage.serve(scenario.get("remote", {}))
    before = await stage.state()
    for one in messages(stage, scenario, name):
        await send(stage, signer, one, name)
        await stage.sending.work()
    await CHECKS.get(name, nothing_changed)(stage, before, await stage.state())
    for state, why in await stage.sending.outcomes():
        assert state in ("accepted", "ignored", "rejected")
        assert state == "accepted" or why


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
