"""Every post and actor of the field, by software: it is kept as what it is, or refused for a reason; none raises."""

import json
import re
from collections.abc import Awaitable
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.kernel.errors import MarulaError
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.posts import Visibility
from marula.faces.activitypub import fetching, ingest
from marula.faces.activitypub.ingest import Sent
from marula.faces.activitypub.reading import Unreadable, kind_of, load, read_actor, read_post
from marula.faces.activitypub.reading.actor import KINDS as ACTORS
from marula.faces.activitypub.reading.post import KINDS as POSTS
from marula.faces.activitypub.reading.values import PUBLIC
from tests.contract.reference import FOLDER, needs_reference
from tests.peer import Document
from tests.world import World

FIXTURES = FOLDER / "fixtures"
ITEMS: list[dict[str, Any]] = (
    json.loads((FIXTURES / "index.json").read_text())["items"] if (FIXTURES / "index.json").is_file() else []
)
SOFTWARE = sorted({item["software"] for item in ITEMS})

T = TypeVar("T")

HOST = re.compile(r'https?://([^/"\s<>\\?#]+)')
BEN = "https://peer.example/users/ben"


def documents(software: str, kinds: tuple[str, ...]) -> list[tuple[str, Document]]:
    """The documents of these types, and those inside of activities, with the names of their files."""
    found: list[tuple[str, Document]] = []
    for item in ITEMS:
        if item["software"] != software:
            continue
        try:
            document = dict(load((FIXTURES / item["file"]).read_bytes()))
        except Unreadable:
            continue
        inside = document.get("object")
        both = (document, inside if isinstance(inside, dict) else {})
        found += [(item["file"], one) for one in both if kind_of(one, kinds) in kinds]
    return found


REASONS = re.compile(
    "a post needs an id|a post needs an author|a post is of the server of its author|.* can only be called with https|"
    "an actor needs an? (id|inbox|name)|WebFinger .*|"
    "@.* (leads from handle to handle|is somebody else)|Record not found"
)
"""For these a document may be refused, and for no others."""


async def kept(made: Awaitable[T]) -> T | str:
    """What became of a document, or why it was refused."""
    try:
        return await made
    except (Unreadable, MarulaError) as refusal:
        return str(refusal)


def open_hosts(world: World, document: Document) -> None:
    """Let every server that a document names be there, with nothing on it."""
    for host in set(HOST.findall(json.dumps(document))):
        world.internet.server(host)


def serve_author(world: World, uri: str) -> None:
    """Let the author of a post be there."""
    host = HOST.findall(uri)[0]
    server = world.internet.server(host)
    somebody = server.person(f"a{len(server.people)}")
    somebody.uri = uri
    server.serve(uri, somebody.document | {"id": uri, "publicKey": []})


async def take(world: World, document: Document) -> PostId:
    open_hosts(world, document)
    serve_author(world, read_post(document).author)
    return await ingest.take(world.ctx, document)


async def learn(world: World, document: Document) -> AccountId:
    open_hosts(world, document)
    person = read_actor(document)
    name, domain = person.handle
    world.internet.server(domain).person(name).uri = person.uri
    return await fetching.learn(world.ctx, document)


@needs_reference
@pytest.mark.parametrize("software", SOFTWARE)
async def test_every_post_of_a_software_is_kept_or_refused_for_a_reason(world: World, software: str) -> None:
    seen: set[str] = set()
    for file, document in documents(software, POSTS):
        post = await kept(take(world, document))
        if isinstance(post, str):
            assert REASONS.fullmatch(post), (file, post)
            continue
        said = read_post(document)
        if said.uri in seen:
            continue
        seen.add(said.uri)
        (row,) = await world.rows(
            """
            select p.*, a.uri as author, exists (select from polls where post_id = p.id) as asks,
                   array(select remote_url from media_attachments where post_id = p.id order by position) as files,
                   (select count(*) from post_tags where post_id = p.id) as tagged
            from posts p join accounts a on a.id = p.account_id where p.id = $1
            """,
            post,
        )
        assert (row["uri"], row["author"], row["local"]) == (said.uri, said.author, False), file
        open_to_all = PUBLIC in (*said.to, *said.cc)
        assert (Visibility(row["visibility"]) in (Visibility.PUBLIC, Visibility.UNLISTED)) is open_to_all, file
        assert row["html"] or row["asks"] or said.attached or not document.get("content"), file
        assert row["asks"] is (said.asked is not None), file
        assert row["files"] == [one.url for one in said.attached], file
        assert row["tagged"] == len(said.tags), file
        assert row["created_at"] <= world.clock.now(), file


@needs_reference
@pytest.mark.parametrize("software", SOFTWARE)
async def test_every_actor_of_a_software_is_kept_or_refused_for_a_reason(world: World, software: str) -> None:
    for file, document in documents(software, ACTORS):
        account = await kept(learn(world, document))
        if isinstance(account, str):
            assert REASONS.fullmatch(account), (file, account)
            continue
        person = read_actor(document)
        (row,) = await world.rows("select * from accounts where id = $1", account)
        assert (row["uri"], row["actor_type"]) == (person.uri, person.kind), file
        assert (row["username"].lower(), row["domain"]) == (person.handle[0].lower(), person.handle[1]), file


@needs_reference
async def test_of_the_posts_of_the_field_so_many_are_kept(world: World) -> None:
    told = [await kept(take(world, one)) for software in SOFTWARE for _, one in documents(software, POSTS)]
    assert sum(isinstance(one, int) for one in told) >= 130


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(PUBLIC) | st.just(BEN),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "name", "href", "url", "content"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PROPERTIES = (
    "type", "content", "contentMap", "summary", "published", "updated", "to", "cc", "audience", "tag", "attachment",
    "inReplyTo", "url", "sensitive", "oneOf", "endTime", "quote", "name", "icon", "source", "conversation",
    "interactionPolicy", "image", "location", "startTime", "endTime", "timezone", "duration", "mediaType", "preview",
)  # fmt: skip


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(PROPERTIES), anything, max_size=6), st.sampled_from(POSTS))
def test_whatever_stands_in_a_property_a_post_is_read_or_unreadable(more: dict[str, Any], kind: str) -> None:
    document = {"id": f"{BEN}/1", "type": kind, "attributedTo": BEN} | more
    try:
        said = read_post(document)
    except Unreadable:
        return
    assert (said.uri, said.author) == (f"{BEN}/1", BEN)
    assert said.visibility(None) in (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.DIRECT)


ODD: tuple[Any, ...] = (None, "", 0, 7, True, [], {}, [None], [[]], "\x00", "x" * 3000, {"id": 5}, ["a", {"type": []}])


async def test_odd_values_in_any_property_are_kept_as_nothing_or_refused(world: World) -> None:
    ben = world.internet.server("peer.example").person("ben")
    account = await fetching.actor(world.ctx, ben.uri)
    assert account is not None
    sent = Sent(author=account, author_uri=ben.uri)
    for name in PROPERTIES:
        for value in ODD:
            document = ben.note(serve=False) | {name: value}
            post = await kept(ingest.take(world.ctx, document, sent=sent))
            if isinstance(post, str):
                assert name == "type", (name, value, post)
                continue
            assert len(await world.rows("select from posts where id = $1 and uri = $2", post, document["id"])) == 1
