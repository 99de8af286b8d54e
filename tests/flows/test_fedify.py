"""A server of another maker, on Fedify, and ours, on loopback: each follows, reads and answers the other.

Fedify is as its makers publish it; the people there are moved by tests/peers/fedify/peer.mjs.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.flows.instances import Instance, Person, instance, never, until
from tests.peers.fedify import Fedify, Somebody, fedify


@pytest.fixture(scope="module", params=[False, True], ids=["open", "authorized"])
def authorized(request: pytest.FixtureRequest) -> bool:
    """Whether ours answers only what is signed."""
    return request.param


@pytest.fixture(scope="module")
def here(postgres: str, authorized: bool) -> Iterator[Instance]:
    with instance(postgres, AUTHORIZED_FETCH=str(authorized)) as made:
        yield made


@pytest.fixture(scope="module")
def there(here: Instance) -> Iterator[Fedify]:
    """Theirs; another one for each of ours."""
    with fedify() as made:
        yield made


class Cast:
    """Ann is ours, Fay is at Fedify. They follow each other."""

    def __init__(self, here: Instance, there: Fedify) -> None:
        self.ann = here.person("ann")
        self.fay = there.person("fay")
        self.there = there
        self.fay.do("follow", whom=uri_of(self.ann))
        until(lambda: self.answered("Accept"))
        self.fay_here = find(self.ann, self.fay)
        assert self.ann.post(f"/api/v1/accounts/{self.fay_here}/follow")["requested"]
        until(lambda: self.ann.standing(self.fay_here)["following"])

    def answered(self, kind: str) -> list[Any]:
        """What Fedify heard of Ann, of this kind."""
        return [one for one in self.there.heard(kind) if one["actor"] == uri_of(self.ann)]


@pytest.fixture(scope="module")
def cast(here: Instance, there: Fedify) -> Cast:
    return Cast(here, there)


def uri_of(person: Person) -> str:
    """The id of one of ours as an actor."""
    return f"{person.home.server.url}/ap/users/{person.id}"


def find(person: Person, other: Somebody) -> str:
    """The id here of somebody at Fedify, who is looked for by their handle."""
    [found] = person.get("/api/v2/search", q=other.handle, resolve="true", type="accounts")["accounts"]
    assert f"@{found['acct']}" == other.handle
    return found["id"]


def heard(cast: Cast, kind: str, **wanted: Any) -> Any:
    """The activity of Ann that Fedify heard, once it did, whose object is or has this."""

    def found() -> Any:
        for one in cast.answered(kind):
            about = one["object"] if isinstance(one["object"], dict) else {"id": one["object"]}
            if all(about.get(name) == value for name, value in wanted.items()):
                return one
        return None

    return until(found)


def test_each_follows_the_other(cast: Cast) -> None:
    [accept] = cast.answered("Accept")
    assert accept["object"]["actor"] == cast.fay.uri
    [follower] = cast.ann.get(f"/api/v1/accounts/{cast.ann.id}/followers")
    assert f"@{follower['acct']}" == cast.fay.handle
    [follow] = cast.answered("Follow")
    assert follow["object"] == cast.fay.uri


def test_a_profile_of_ours_is_read_whole(cast: Cast) -> None:
    told = cast.fay.do("look", uri=uri_of(cast.ann))
    assert (told["type"], told["preferredUsername"]) == ("Person", "ann")
    assert told["inbox"] == f"{uri_of(cast.ann)}/inbox"
    assert told["endpoints"]["sharedInbox"] == f"{cast.ann.home.server.url}/inbox"
    assert told["publicKey"]["owner"] == uri_of(cast.ann)


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private"])
def test_a_post_of_ours_is_heard_by_followers(cast: Cast, visibility: str) -> None:
    post = cast.ann.write(f"to be {visibility} with #plums", visibility=visibility)
    note = heard(cast, "Create", id=post["uri"])["object"]
    assert "plums" in note["content"]
    assert note["attributedTo"] == uri_of(cast.ann)
    assert f"{uri_of(cast.ann)}/followers" in (note["to"], note.get("cc"))
    assert note["tag"]["name"] == "#plums"


def test_a_direct_post_of_ours_names_its_reader(cast: Cast) -> None:
    post = cast.ann.write(f"{cast.fay.handle} only you", visibility="direct")
    note = heard(cast, "Create", id=post["uri"])["object"]
    assert note["to"] == cast.fay.uri
    assert note["tag"]["href"] == cast.fay.uri


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private"])
def test_a_post_of_theirs_is_seen(cast: Cast, visibility: str) -> None:
    uri = cast.fay.do("write", content="<p>from <b>far</b></p>", visibility=visibility)
    seen = until(lambda: cast.ann.sees(uri))
    assert seen["visibility"] == visibility
    assert seen["content"] == "<p>from <b>far</b></p>"
    assert f"@{seen['account']['acct']}" == cast.fay.handle


def test_a_direct_post_of_theirs_is_told(cast: Cast) -> None:
    uri = cast.fay.do("write", content="<p>you</p>", visibility="direct", names=[uri_of(cast.ann)])
    assert until(lambda: cast.ann.sees(uri))["visibility"] == "direct"


def test_they_answer_us_and_we_them(cast: Cast) -> None:
    post = cast.ann.write("how are you?")
    heard(cast, "Create", id=post["uri"])
    answer = cast.fay.do("write", content="<p>well</p>", answers=post["uri"], names=[uri_of(cast.ann)])
    seen = until(lambda: cast.ann.sees(answer))
    assert seen["in_reply_to_id"] == post["id"]
    assert until(lambda: cast.ann.told("mention"))[0]["status"]["id"] == seen["id"]
    back = cast.ann.write(f"{cast.fay.handle} good", in_reply_to_id=seen["id"])
    note = heard(cast, "Create", id=back["uri"])["object"]
    assert note["inReplyTo"] == answer
    assert note["tag"]["href"] == cast.fay.uri


def test_they_like_and_share_and_take_it_back(cast: Cast) -> None:
    post = cast.ann.write("share me")
    cast.fay.do("like", post=post["uri"])
    cast.fay.do("boost", post=post["uri"])
    until(lambda: _counts(cast, post) == (1, 1))
    for kind in ("favourite", "reblog"):
        assert until(lambda kind=kind: cast.ann.told(kind))[0]["status"]["id"] == post["id"]
    cast.fay.do("undo", what="Like", post=post["uri"])
    cast.fay.do("undo", what="Announce", post=post["uri"])
    until(lambda: _counts(cast, post) == (0, 0))


def test_a_reaction_of_theirs_counts(cast: Cast) -> None:
    post = cast.ann.write("react to me")
    cast.fay.do("react", post=post["uri"], **{"with": "🍑"})
    until(lambda: _counts(cast, post) == (1, 0))


def test_we_like_and_share_and_take_it_back(cast: Cast) -> None:
    uri = cast.fay.do("write", content="<p>share me</p>")
    here = until(lambda: cast.ann.sees(uri))["id"]
    cast.ann.post(f"/api/v1/statuses/{here}/favourite")
    cast.ann.post(f"/api/v1/statuses/{here}/reblog")
    like, announce = heard(cast, "Like", id=uri), heard(cast, "Announce", id=uri)
    cast.ann.post(f"/api/v1/statuses/{here}/unfavourite")
    cast.ann.post(f"/api/v1/statuses/{here}/unreblog")
    assert heard(cast, "Undo", id=like["id"])["object"]["type"] == "Like"
    assert heard(cast, "Undo", id=announce["id"])["object"]["type"] == "Announce"


def test_edits_and_deletions_go_both_ways(cast: Cast) -> None:
    theirs = cast.fay.do("write", content="<p>one</p>")
    here = until(lambda: cast.ann.sees(theirs))["id"]
    cast.fay.do("edit", post=theirs, content="<p>two</p>")
    until(lambda: cast.ann.get(f"/api/v1/statuses/{here}")["edited_at"])
    assert cast.ann.get(f"/api/v1/statuses/{here}")["content"] == "<p>two</p>"
    cast.fay.do("remove", post=theirs)
    until(lambda: cast.ann.status(f"/api/v1/statuses/{here}") == 404)
    ours = cast.ann.write("one")
    heard(cast, "Create", id=ours["uri"])
    cast.ann.put(f"/api/v1/statuses/{ours['id']}", status="two")
    assert "two" in heard(cast, "Update", id=ours["uri"])["object"]["content"]
    cast.ann.delete(f"/api/v1/statuses/{ours['id']}")
    assert heard(cast, "Delete", id=ours["uri"])["object"]["type"] == "Tombstone"


def test_votes_go_both_ways(cast: Cast) -> None:
    theirs = cast.fay.do("write", content="<p>tea?</p>", options=["yes", "no"])
    poll = until(lambda: cast.ann.sees(theirs))["poll"]
    assert [one["title"] for one in poll["options"]] == ["yes", "no"]
    cast.ann.post(f"/api/v1/polls/{poll['id']}/votes", choices=[1])
    vote = heard(cast, "Create", name="no")["object"]
    assert vote["inReplyTo"] == theirs
    assert "content" not in vote
    ours = cast.ann.write("coffee?", poll={"options": ["yes", "no"], "expires_in": 3600})
    question = heard(cast, "Create", id=ours["uri"])["object"]
    assert [one["name"] for one in question["oneOf"]] == ["yes", "no"]


def test_a_profile_of_theirs_is_told_anew(cast: Cast) -> None:
    cast.fay.do("profile", name="Fay the second", summary="<p>elsewhere</p>")
    until(lambda: cast.ann.get(f"/api/v1/accounts/{cast.fay_here}")["display_name"] == "Fay the second")


def test_a_profile_of_ours_is_told_anew(cast: Cast) -> None:
    cast.ann.patch("/api/v1/accounts/update_credentials", display_name="Ann the second")

    def told() -> Any:
        cast.ann.home.hurry()
        return [one for one in cast.answered("Update") if one["object"].get("name") == "Ann the second"]

    assert until(told)


def test_reports_go_both_ways(cast: Cast) -> None:
    post = cast.ann.write("too many plums")
    cast.fay.do("report", whom=uri_of(cast.ann), post=post["uri"], content="plums everywhere")
    until(lambda: "plums everywhere" in cast.ann.home.server.run("reports", "list"))
    cast.ann.post("/api/v1/reports", account_id=cast.fay_here, comment="pears everywhere", forward=True)
    [flag] = until(lambda: [one for one in cast.there.heard("Flag") if one.get("content") == "pears everywhere"])
    assert flag["actor"] == f"{cast.ann.home.server.url}/actor"
    assert flag["object"] == cast.fay.uri


def test_answers_are_passed_on_and_believed(cast: Cast, authorized: bool) -> None:
    """Wim, at a third server, follows Ann alone, and Zoe, at a fourth, Fay alone. What Ann and Fay answer each other is
    passed on to them, and proves itself; but ours does not where readers must sign.
    """
    with fedify() as third, fedify() as fourth:
        third.person("wim").do("follow", whom=uri_of(cast.ann))
        fourth.person("zoe").do("follow", whom=cast.fay.uri)
        until(lambda: third.heard("Accept") and fourth.heard("Accept"))
        post = cast.ann.write("what do you think?")
        answer = cast.fay.do("write", content="<p>plums</p>", answers=post["uri"], names=[uri_of(cast.ann)])
        until(lambda: answer in _told(third))
        here = until(lambda: cast.ann.sees(answer))
        back = cast.ann.write(f"{cast.fay.handle} pears", in_reply_to_id=here["id"])
        if authorized:
            never(lambda: back["uri"] in _told(fourth))
        else:
            until(lambda: back["uri"] in _told(fourth))


def test_the_locked_decide_on_both_sides(here: Instance, there: Fedify) -> None:
    eve, gil = here.person("eve"), there.person("gil", locked=True)
    target = find(eve, gil)
    eve.post(f"/api/v1/accounts/{target}/follow")
    until(lambda: [one for one in there.heard("Follow") if one["actor"] == uri_of(eve)])
    assert eve.standing(target)["requested"]
    gil.do("accept", whom=uri_of(eve))
    until(lambda: eve.standing(target)["following"])
    gil.do("reject", whom=uri_of(eve))
    until(lambda: not eve.standing(target)["following"])
    eve.patch("/api/v1/accounts/update_credentials", locked=True)
    gil.do("follow", whom=uri_of(eve))
    [asking] = until(lambda: eve.get("/api/v1/follow_requests"))
    eve.post(f"/api/v1/follow_requests/{asking['id']}/reject")
    until(lambda: [one for one in there.heard("Reject") if one["actor"] == uri_of(eve)])


def test_a_block_ends_what_was(here: Instance, there: Fedify) -> None:
    uma, hal = here.person("uma"), there.person("hal")
    target = find(uma, hal)
    uma.post(f"/api/v1/accounts/{target}/follow")
    until(lambda: uma.standing(target)["following"])
    hal.do("block", whom=uri_of(uma))
    until(lambda: uma.standing(target)["blocked_by"])
    assert not uma.standing(target)["following"]
    uma.post(f"/api/v1/accounts/{target}/block")
    until(lambda: [one for one in there.heard("Block") if one["object"] == hal.uri])


def _counts(cast: Cast, post: Any) -> tuple[int, int]:
    now = cast.ann.get(f"/api/v1/statuses/{post['id']}")
    return now["favourites_count"], now["reblogs_count"]


def _told(there: Fedify) -> set[str]:
    """The posts that a server on Fedify was told of."""
    return {one["object"]["id"] for one in there.heard("Create")}
