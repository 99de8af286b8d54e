"""What other servers read here: actors, posts, collections, and how they find them."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marula.base.crypto.keys import public_key
from marula.base.kernel.ids import AccountId
from marula.domain import accounts, actors, departures
from marula.faces.activitypub import wants_document
from marula.main.web import make_app
from tests.domain.actors.test_learn import BEN, learn
from tests.faces.api.caller import HOME, Caller, Crowd, crowd_in
from tests.world import World

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTIVITY = {"accept": "application/activity+json"}


@pytest.fixture
async def crowd(world: World) -> AsyncIterator[Crowd]:
    async with crowd_in(world) as made:
        yield made


@pytest.fixture
async def peer(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Another server's client."""
    transport = httpx.ASGITransport(make_app(world.ctx))
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=ACTIVITY) as made:
        yield made


def uri(caller: Caller) -> str:
    return f"{HOME}/ap/users/{caller.account}"


async def read(peer: httpx.AsyncClient, path: str) -> Any:
    answer = await peer.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/activity+json; charset=utf-8"
    assert answer.headers["vary"] == "Accept"
    document = answer.json()
    assert document["@context"][0] == "https://www.w3.org/ns/activitystreams"
    return document


async def test_an_account_is_an_actor_with_a_key(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann", locked=True)
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"display_name": "Ann", "note": "I bake"})
    document = await read(peer, f"/ap/users/{ann.account}")
    assert (document["id"], document["type"], document["preferredUsername"]) == (uri(ann), "Person", "ann")
    assert (document["name"], document["summary"]) == ("Ann", "<p>I bake</p>")
    assert (document["webfinger"], document["url"]) == ("ann@marula.example", f"{HOME}/@ann")
    assert document["manuallyApprovesFollowers"]
    assert document["publicKey"]["owner"] == uri(ann)
    assert public_key(document["publicKey"]["publicKeyPem"]) is not None
    assert "PRIVATE" not in str(document)
    for name in ("inbox", "outbox", "followers", "following", "featured", "featuredTags"):
        assert document[name].startswith(uri(ann)), name
    shown = await ann.get("/api/v1/accounts/verify_credentials")
    assert shown["uri"] == uri(ann)


async def test_people_are_led_to_the_page_and_machines_to_the_document(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    assert (await read(peer, "/@ann"))["id"] == uri(ann)
    person = await peer.get(f"/ap/users/{ann.account}", headers={"accept": "text/html"})
    assert (person.status_code, person.headers["location"]) == (302, "/@ann")
    assert (await peer.get("/@ann", headers={"accept": "text/html"})).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/ap/users/1", "/ap/users/x", "/@nobody", "/@ann@far.example", "/nobody"])
async def test_whoever_is_not_here_has_no_document(crowd: Crowd, peer: httpx.AsyncClient, path: str) -> None:
    await crowd.join("ann")
    assert (await peer.get(path)).status_code == 404


async def test_remote_accounts_have_their_documents_at_home(world: World, peer: httpx.AsyncClient) -> None:
    ben = await learn(world, BEN)
    assert (await peer.get(f"/ap/users/{ben.id}")).status_code == 404


async def test_a_suspended_account_shows_nothing_of_itself(world: World, crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"display_name": "Ann", "note": "I bake"})
    await ann.write("hello")
    await world.rows("update accounts set suspended_at = now() where id = $1 returning id", ann.account)
    document = await read(peer, f"/ap/users/{ann.account}")
    assert (document["suspended"], document["name"], document["summary"]) == (True, "ann", "")
    assert (await read(peer, f"/ap/users/{ann.account}/outbox?page=true"))["orderedItems"] == []


async def test_a_post_is_a_note_and_its_creation_an_activity(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("#Plum for @ben", spoiler_text="food", language="en")
    assert post["uri"] == f"{uri(ann)}/statuses/{post['id']}"
    note = await read(peer, f"/ap/users/{ann.account}/statuses/{post['id']}")
    assert (note["id"], note["type"], note["attributedTo"]) == (post["uri"], "Note", uri(ann))
    assert (note["summary"], note["sensitive"], note["inReplyTo"]) == ("food", True, None)
    assert (note["to"], note["cc"]) == ([PUBLIC], [f"{uri(ann)}/followers", uri(ben)])
    assert note["contentMap"] == {"en": post["content"]}
    assert {"type": "Mention", "href": uri(ben), "name": "@ben@marula.example"} in note["tag"]
    assert {"type": "Hashtag", "href": f"{HOME}/tags/plum", "name": "#Plum"} in note["tag"]
    activity = await read(peer, f"/ap/users/{ann.account}/statuses/{post['id']}/activity")
    assert (activity["type"], activity["actor"], activity["id"]) == ("Create", uri(ann), f"{post['uri']}/activity")
    assert activity["object"] == {name: value for name, value in note.items() if name != "@context"}
    assert (await read(peer, f"/@ann/{post['id']}"))["id"] == post["uri"]


async def test_an_answer_names_what_it_answers(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("one")
    answer = await ann.write("two", in_reply_to_id=post["id"])
    note = await read(peer, f"/ap/users/{ann.account}/statuses/{answer['id']}")
    assert note["inReplyTo"] == post["uri"]
    assert note["conversation"] == (await read(peer, f"/ap/users/{ann.account}/statuses/{post['id']}"))["conversation"]


async def test_a_poll_is_a_question(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 600})
    await ben.post(f"/api/v1/polls/{post['poll']['id']}/votes", {"choices": [0]})
    note = await read(peer, f"/ap/users/{ann.account}/statuses/{post['id']}")
    assert (note["type"], note["votersCount"]) == ("Question", 1)
    assert [(one["name"], one["replies"]["totalItems"]) for one in note["oneOf"]] == [("yes", 1), ("no", 0)]
    assert note["endTime"].endswith("Z")


async def test_a_boost_is_an_announce_and_no_object(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("hello")
    boost = await ben.post(f"/api/v1/statuses/{post['id']}/reblog")
    at = f"/ap/users/{ben.account}/statuses/{boost['id']}"
    activity = await read(peer, f"{at}/activity")
    assert (activity["type"], activity["object"], activity["id"]) == ("Announce", post["uri"], boost["uri"])
    assert uri(ann) in activity["cc"]
    assert (await peer.get(at)).status_code == 404


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_is_not_public_is_served_to_nobody(crowd: Crowd, peer: httpx.AsyncClient, visibility: str) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("@ben a secret", visibility=visibility)
    for path in (f"/ap/users/{ann.account}/statuses/{post['id']}", f"/@ann/{post['id']}"):
        for more in ("", "/activity", "/likes", "/shares"):
            assert (await peer.get(path + more)).status_code == 404
    outbox = await read(peer, f"/ap/users/{ann.account}/outbox?page=true")
    assert outbox["orderedItems"] == []
    assert ben.account is not None


async def test_a_post_is_found_only_under_its_author(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    post = await ann.write("hello")
    assert (await peer.get(f"/ap/users/{ben.account}/statuses/{post['id']}")).status_code == 404


async def test_the_outbox_is_read_page_by_page(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    written = [(await ann.write(f"post {count}"))["uri"] for count in range(23)]
    outbox = await read(peer, f"/ap/users/{ann.account}/outbox")
    assert (outbox["type"], outbox["totalItems"]) == ("OrderedCollection", 23)
    found: list[str] = []
    page = await read(peer, outbox["first"])
    while True:
        found += [one["object"]["id"] for one in page["orderedItems"]]
        assert page["partOf"] == outbox["id"]
        if "next" not in page:
            break
        page = await read(peer, page["next"])
    assert found == written[::-1]


async def test_followers_are_listed_unless_they_are_hidden(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann, ben = await crowd.join("ann"), await crowd.join("ben")
    await crowd.follow(ben, ann)
    followers = await read(peer, f"/ap/users/{ann.account}/followers")
    assert (followers["totalItems"], (await read(peer, followers["first"]))["orderedItems"]) == (1, [uri(ben)])
    assert (await read(peer, f"/ap/users/{ben.account}/following?page=true"))["orderedItems"] == [uri(ann)]
    await ann.call("PATCH", "/api/v1/accounts/update_credentials", json={"hide_collections": True})
    hidden = await read(peer, f"/ap/users/{ann.account}/followers")
    assert (await peer.get(f"/ap/users/{ann.account}/followers?page=true")).status_code == 403
    assert (hidden["totalItems"], "first" in hidden, "orderedItems" in hidden) == (1, False, False)


async def test_pinned_posts_and_hashtags_are_featured(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    post, quiet = await ann.write("#plum"), await ann.write("for friends", visibility="private")
    for one in (post, quiet):
        await ann.post(f"/api/v1/statuses/{one['id']}/pin")
    await ann.post("/api/v1/featured_tags", {"name": "Plum"})
    featured = await read(peer, f"/ap/users/{ann.account}/collections/featured")
    assert [one["id"] for one in featured["orderedItems"]] == [post["uri"]]
    tags = await read(peer, f"/ap/users/{ann.account}/collections/tags")
    assert [one["name"] for one in tags["items"]] == ["#Plum"]


@pytest.mark.parametrize(
    "resource",
    ["acct:ann@marula.example", "ann@marula.example", "acct:ANN@Marula.Example", f"{HOME}/@ann", f"{HOME}/users/ann"],
)
async def test_webfinger_finds_people(crowd: Crowd, peer: httpx.AsyncClient, resource: str) -> None:
    ann = await crowd.join("ann")
    answer = await peer.get("/.well-known/webfinger", params={"resource": resource})
    assert answer.headers["content-type"].startswith("application/jrd+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["subject"] == "acct:ann@marula.example"
    links = {one["rel"]: one.get("href") or one["template"] for one in answer.json()["links"]}
    assert answer.json()["aliases"] == [f"{HOME}/@ann", uri(ann)]
    assert links == {
        "http://webfinger.net/rel/profile-page": f"{HOME}/@ann",
        "self": uri(ann),
        "http://ostatus.org/schema/1.0/subscribe": f"{HOME}/authorize_interaction?uri={{uri}}",
        "https://w3id.org/fep/3b86/Create": f"{HOME}/share?text={{content}}",
        "https://w3id.org/fep/3b86/Object": f"{HOME}/authorize_interaction?uri={{object}}",
    }


async def test_webfinger_says_who_was_here(world: World, crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    await departures.remove(world.ctx, ann.account or AccountId(0))
    for resource in ("acct:ann@marula.example", uri(ann), f"{HOME}/@ann"):
        answer = await peer.get("/.well-known/webfinger", params={"resource": resource})
        assert (answer.status_code, answer.headers["cache-control"]) == (410, "public, max-age=180")


async def test_pages_lead_machines_to_documents(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("hello")
    for page, document in (("/@ann", uri(ann)), (f"/@ann/{post['id']}", post["uri"])):
        answer = await peer.get(page, headers={"accept": "text/html"})
        assert f'<{document}>; rel="alternate"; type="application/activity+json"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        ("", 400),
        ("acct:nobody@marula.example", 404),
        ("acct:ann@far.example", 404),
        ("https://far.example/@ann", 404),
        ("ann", 404),
    ],
)
async def test_webfinger_says_who_is_not_here(
    crowd: Crowd, peer: httpx.AsyncClient, resource: str, status: int
) -> None:
    await crowd.join("ann")
    answer = await peer.get("/.well-known/webfinger", params={"resource": resource})
    assert (answer.status_code, answer.content) == (status, b"")


async def test_host_meta_and_nodeinfo_lead_on(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    await (await crowd.join("ann")).write("hello")
    template = f"{HOME}/.well-known/webfinger?resource={{uri}}"
    xrd = await peer.get("/.well-known/host-meta", headers={"accept": "*/*"})
    assert f'template="{template}"' in xrd.text
    assert (await peer.get("/.well-known/host-meta.json")).json()["links"][0]["template"] == template
    links = (await peer.get("/.well-known/nodeinfo")).json()["links"]
    assert links.pop() == {"rel": "https://www.w3.org/ns/activitystreams#Application", "href": f"{HOME}/actor"}
    for link in links:
        facts = (await peer.get(link["href"])).json()
        assert link["rel"].endswith(facts["version"])
        assert (facts["software"]["name"], facts["usage"]["localPosts"], facts["usage"]["users"]["total"]) == (
            "marula",
            1,
            1,
        )


async def test_documents_are_only_read(crowd: Crowd, peer: httpx.AsyncClient) -> None:
    ann = await crowd.join("ann")
    assert (await peer.post(f"/ap/users/{ann.account}/outbox", json={})).status_code == 405
    assert (await peer.head(f"/ap/users/{ann.account}")).status_code == 200


async def test_the_account_of_somebody_not_let_in_is_not_there(
    world: World, crowd: Crowd, peer: httpx.AsyncClient
) -> None:
    ann = await crowd.join("ann")
    await world.rows("update users set approved = false where account_id = $1 returning id", ann.account)
    assert (await peer.get(f"/ap/users/{ann.account}")).status_code == 404
    found = await peer.get("/.well-known/webfinger", params={"resource": "acct:ann@marula.example"})
    assert found.status_code == 404


@pytest.mark.parametrize(
    ("accept", "document"),
    [
        ("application/activity+json", True),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', True),
        ("application/json+activity", True),
        ("application/json", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("application/activity+json;q=0.5, text/html", False),
        ("text/html;q=0.1, application/ld+json", True),
        ("*/*", False),
        ("application/activity+json;q=0", False),
        ("application/activity+json;q=x", True),
        ("", False),
        (None, False),
    ],
)
def test_who_wants_a_document(accept: str | None, document: bool) -> None:
    assert wants_document(accept) is document


async def test_ids_of_actors_are_those_of_the_domain(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    async with world.ctx.db.reading() as db:
        found = await accounts.by_id(db, ann.account or AccountId(0))
    assert found is not None
    assert actors.actor_uri(world.ctx.config, found.id) == uri(ann)
