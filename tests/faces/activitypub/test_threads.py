"""What other servers read to complete a thread, and what stands where something was."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marula.base.kernel.ids import AccountId
from marula.domain import departures
from marula.faces.activitypub import threads
from marula.main.web import make_app
from tests.faces.api.caller import HOME, Caller, Crowd, crowd_in
from tests.world import World


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
async def peer(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Another server's client."""
    accept = {"accept": "application/activity+json"}
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=accept) as made:
        yield made


async def read(peer: httpx.AsyncClient, path: str, status: int = 200) -> Any:
    answer = await peer.get(path)
    assert answer.status_code == status, answer.text
    return answer.json()


async def walked(peer: httpx.AsyncClient, first: Any) -> list[list[str]]:
    """The items of this page and of all that follow."""
    pages = [first["items"]]
    while "next" in first:
        first = await read(peer, first["next"])
        pages.append(first["items"])
    return pages


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "LENGTH", 2)


@pytest.mark.usefixtures("short")
async def test_answers_come_page_by_page_the_authors_own_first(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("one")
    mine = [await ann.write(f"more {count}", in_reply_to_id=post["id"]) for count in range(3)]
    others = [await ben.write(f"yes {count}", in_reply_to_id=post["id"], visibility="unlisted") for count in range(2)]
    await ben.write("@ann only you", in_reply_to_id=post["id"], visibility="direct")
    whole = await read(peer, f"{post['uri']}/replies")
    assert (whole["id"], whole["type"]) == (f"{post['uri']}/replies", "Collection")
    pages = await walked(peer, whole["first"])
    assert [uri for page in pages for uri in page] == [one["uri"] for one in (*mine, *others)]
    assert await walked(peer, (await read(peer, post["uri"]))["replies"]["first"]) == [
        [one["uri"] for one in mine],
        [one["uri"] for one in others],
        [],
    ]


@pytest.mark.usefixtures("short")
async def test_a_thread_is_a_collection_of_what_everybody_may_read(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("one")
    answers = [await ben.write(f"two {count}", in_reply_to_id=post["id"]) for count in range(3)]
    await ben.write("@ann only you", in_reply_to_id=post["id"], visibility="private")
    context = (await read(peer, post["uri"]))["context"]
    whole = await read(peer, context)
    assert (whole["id"], whole["attributedTo"]) == (context, f"{HOME}/ap/users/{ann.account}")
    pages = await walked(peer, whole["first"])
    assert [uri for page in pages for uri in page] == [one["uri"] for one in (post, *answers)]


@pytest.mark.parametrize("path", ["/contexts/1", "/contexts/x", "/contexts/1/items", "/emojis/1"])
async def test_what_is_not_there_is_not_found(crowd: Crowd, peer: httpx.AsyncClient, path: str) -> None:
    await crowd.join("ann")
    await read(peer, path, 404)


async def test_a_thread_that_nobody_may_read_is_not_there(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("for friends", visibility="private")
    [row] = await crowd.world.rows("select conversation_id from posts where id = $1", int(post["id"]))
    await read(peer, f"/contexts/{row['conversation_id']}", 404)
    await read(peer, f"/contexts/{row['conversation_id']}/items?page=true", 404)


@pytest.mark.parametrize(("visibility", "status"), [("public", 410), ("private", 404)])
async def test_where_a_post_was_stands_a_tombstone(
    crowd: Crowd, peer: httpx.AsyncClient, visibility: str, status: int
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello", visibility=visibility)
    await ann.call("DELETE", f"/api/v1/statuses/{post['id']}")
    for path in (post["uri"], f"{post['uri']}/activity", f"/@ann/{post['id']}"):
        gone = await read(peer, path, status)
        assert (gone.get("type"), gone.get("id")) == (("Tombstone", post["uri"]) if status == 410 else (None, None))


async def test_an_account_that_is_deleted_is_gone_with_all_addresses(
    world: World, crowd: Crowd, peer: httpx.AsyncClient
) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("for friends", visibility="private")
    await departures.remove(world.ctx, ann.account or AccountId(0))
    base = f"/ap/users/{ann.account}"
    for path in ("/@ann", base, f"{base}/outbox", f"{base}/followers", f"{base}/statuses/{post['id']}"):
        await read(peer, path, 410)


async def test_a_quote_that_was_agreed_to_has_a_stamp(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    quoted = await ann.write("first")
    quoting = await ben.write("second", quoted_status_id=quoted["id"])
    uri = (await read(peer, quoting["uri"]))["quoteAuthorization"]
    stamp = await read(peer, uri)
    assert (stamp["id"], stamp["type"], stamp["attributedTo"]) == (uri, "QuoteAuthorization", account(ann))
    assert (stamp["interactingObject"], stamp["interactionTarget"]) == (quoting["uri"], quoted["uri"])
    await read(peer, uri.replace(str(ann.account), str(ben.account)), 404)
    await ann.post(f"/api/v1/statuses/{quoted['id']}/quotes/{quoting['id']}/revoke")
    await read(peer, uri, 404)


def account(caller: Caller) -> str:
    return f"{HOME}/ap/users/{caller.account}"
