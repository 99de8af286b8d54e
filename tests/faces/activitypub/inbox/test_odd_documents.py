"""Activities with anything anywhere, and those of the field: each is done, or refused for a reason; none is a bug."""

import json
from collections import Counter
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.accounts import ProfileDraft
from marula.domain.actors import Addresses, Known
from marula.domain.intake import ArrivalId, Waiting
from marula.faces.activitypub import ingest
from marula.faces.activitypub.activities.registry import Accepted
from marula.faces.activitypub.inbox.processing import process
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import id_of, kind_of
from tests.contract.reference import FOLDER, needs_reference
from tests.faces.activitypub.inbox.sending import uri
from tests.faces.api.caller import Crowd
from tests.world import World

BOB = "https://beta.example/users/bob"

KINDS = ("Follow", "Accept", "Reject", "Undo", "Block", "Delete", "Like", "EmojiReact", "Flag")


async def learn(world: World, who: str) -> None:
    """Know this actor from now on."""
    async with world.ctx.db.transaction() as tx:
        await actors.learn(
            tx,
            Known(
                uri=who,
                username=f"u{abs(hash(who))}",
                domain=who.split("/")[2],
                actor_type="Person",
                created_at=None,
                profile=ProfileDraft(),
                addresses=Addresses(inbox=f"{who}/inbox"),
                keys=(),
            ),
        )


def arrival(document: dict[str, Any], actor: str) -> Waiting:
    body = msgspec.json.encode(document)
    return Waiting(
        id=ArrivalId(1),
        actor=actor,
        signer=actor,
        kind=kind_of(document),
        inbox_of=None,
        body=body,
        attempts=0,
    )


ADDRESSES = st.sampled_from(
    [BOB, f"{BOB}/likes/1", "https://marula.example/actor", "https://marula.example/ap/users/1", "https://[", "//x", ""]
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False), ADDRESSES)
NAMES = st.sampled_from(["id", "type", "actor", "object", "href", "content", "to", "@id", "@type", "@value"])
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"))
VALUES = st.recursive(
    st.one_of(
        PLAIN, st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")), st.sampled_from(KINDS)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=12,
)
ACTIVITIES = st.fixed_dictionaries(
    {"type": st.one_of(st.sampled_from(KINDS), st.lists(st.sampled_from(KINDS), max_size=2))},
    optional=dict.fromkeys(("id", "object", "to", "cc", "content", "target", "tag", "@context"), VALUES),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=ACTIVITIES)
async def test_no_activity_is_a_bug_whatever_is_in_it(world: World, document: dict[str, Any]) -> None:
    if not await world.rows("select from accounts where uri = $1", BOB):
        await learn(world, BOB)
    async with world.undone():
        outcome = await process(world.ctx, arrival(document | {"actor": BOB}, BOB))
        assert isinstance(outcome, Accepted) or outcome.why


POSTS = st.fixed_dictionaries(
    {"id": st.just(f"{BOB}/notes/1"), "type": st.sampled_from(["Note", "Question", "Article", "Event", "Video"])},
    optional=dict.fromkeys(
        (
            *("attributedTo", "to", "cc", "content", "name", "summary", "published", "updated", "inReplyTo", "tag"),
            *("attachment", "url", "sensitive", "oneOf", "anyOf", "endTime", "contentMap", "quote", "replies"),
        ),
        VALUES,
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["Create", "Update", "Announce"]), post=POSTS, own=st.booleans())
async def test_no_post_is_a_bug_whatever_is_in_it(world: World, kind: str, post: dict[str, Any], own: bool) -> None:
    for host in ("beta.example", "x"):
        world.internet.server(host)
    if not await world.rows("select from accounts where uri = $1", BOB):
        await learn(world, BOB)
    whole = post | {"attributedTo": BOB, "to": ["as:Public"]} if own else post
    document = {"id": f"{BOB}/activities/1", "type": kind, "actor": BOB, "object": whole, "to": ["as:Public"]}
    one = msgspec.structs.replace(arrival(document, BOB), inbox_of=AccountId(1))
    async with world.undone():
        outcome = await process(world.ctx, one)
        assert isinstance(outcome, Accepted) or outcome.why


PASSED = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Create", "Update", "Delete", "Like", "EmojiReact", "Dislike", "Undo", "Lock", "Add"]),
        "actor": st.one_of(ADDRESSES, VALUES),
        "object": st.one_of(ADDRESSES, POSTS, ACTIVITIES, st.just(f"{BOB}/notes/1"), VALUES),
    },
    optional=dict.fromkeys(("id", "to", "cc", "audience", "tag", "content"), VALUES),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(passed=PASSED)
async def test_nothing_that_a_group_passes_on_is_a_bug(world: World, crowd: Crowd, passed: dict[str, Any]) -> None:
    for host in ("beta.example", "x"):
        world.internet.server(host)
    if not await world.rows("select from accounts where uri = $1", BOB):
        ann = await crowd.join("ann")
        await learn(world, BOB)
        async with world.ctx.db.transaction() as tx:
            await tx.run("update accounts set actor_type = 'Group' where uri = $1", BOB)
            group = await tx.value("select id from accounts where uri = $1", BOB)
            await tx.run(
                "insert into follows (account_id, target_id, created_at) values ($1, $2, $3)",
                ann.account,
                group,
                tx.now,
            )
        note = {"id": f"{BOB}/notes/1", "type": "Page", "attributedTo": BOB, "to": ["as:Public"]}
        await ingest.take(world.ctx, note, sent=Sent(author=group, author_uri=BOB), group=group)
    document = {"id": f"{BOB}/activities/1", "type": "Announce", "actor": BOB, "object": passed, "to": ["as:Public"]}
    async with world.undone():
        outcome = await process(world.ctx, arrival(document, BOB))
        assert isinstance(outcome, Accepted) or outcome.why


@needs_reference
async def test_every_activity_of_the_field_is_done_or_refused_for_a_reason(world: World) -> None:
    read: Counter[str] = Counter()
    for item in json.loads((FOLDER / "fixtures" / "index.json").read_text())["items"]:
        try:
            document = json.loads((FOLDER / "fixtures" / item["file"]).read_bytes())
        except ValueError:
            continue
        actor = id_of(document.get("actor")) if isinstance(document, dict) else None
        if actor is None or kind_of(document) not in KINDS:
            continue
        async with world.undone():
            await learn(world, actor)
            outcome = await process(world.ctx, arrival(document, actor))
            assert isinstance(outcome, Accepted) or outcome.why, item["file"]
            read[kind_of(document)] += 1
    assert sum(read.values()) > 90
    assert set(read) >= {"Follow", "Accept", "Reject", "Undo", "Block", "Delete", "Like", "Flag"}


@needs_reference
async def test_activities_of_the_field_do_what_they_say_when_they_are_about_ours(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    about = {"Follow": uri(ann), "Block": uri(ann), "Like": post["uri"], "EmojiReact": post["uri"], "Flag": uri(ann)}
    done: Counter[str] = Counter()
    for path in sorted((FOLDER / "fixtures").glob("*/*.json")):
        if path.parent.name == "scenarios" or path.parent.name.startswith("vectors"):
            continue
        document = json.loads(path.read_bytes())
        kind = kind_of(document) if isinstance(document, dict) else ""
        actor = id_of(document.get("actor")) if isinstance(document, dict) else None
        if actor is None or kind not in about:
            continue
        async with world.undone():
            await learn(world, actor)
            outcome = await process(world.ctx, arrival(document | {"object": about[kind]}, actor))
            if isinstance(outcome, Accepted):
                done[kind] += 1
            else:
                assert outcome.why == "its id is of another server than its actor" or document.get("id") is None, path
    assert set(done) == set(about)
    assert sum(done.values()) > 35
