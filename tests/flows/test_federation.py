"""Two servers that talk to each other, as operators start them: what happens on one is seen on the other, and no more.

Alpha and Beta are real processes with databases of their own; they call each other on loopback, and Beta answers only
what is signed. Ann and Lea are at Alpha, Bob and Kim at Beta; each story has its own people where it matters.
"""

from collections.abc import Iterator

import httpx
import pytest

from tests.flows.instances import Instance, instance, never, until


@pytest.fixture(scope="module")
def alpha(postgres: str) -> Iterator[Instance]:
    with instance(postgres) as made:
        yield made


@pytest.fixture(scope="module")
def beta(postgres: str) -> Iterator[Instance]:
    """Whoever asks Beta for something has to sign it."""
    with instance(postgres, AUTHORIZED_FETCH="true") as made:
        yield made


class Cast:
    """Ann and Lea at Alpha, Bob and Kim at Beta. Bob follows Ann and Ann follows Bob; Lea and Kim follow nobody."""

    def __init__(self, alpha: Instance, beta: Instance) -> None:
        self.ann, self.lea = alpha.person("ann"), alpha.person("lea")
        self.bob, self.kim = beta.person("bob"), beta.person("kim")
        self.bob.follow(self.ann)
        self.ann.follow(self.bob)


@pytest.fixture(scope="module")
def cast(alpha: Instance, beta: Instance) -> Cast:
    return Cast(alpha, beta)


def test_a_follow_is_known_on_both_sides_and_ends_on_both(alpha: Instance, beta: Instance) -> None:
    eve, dan = alpha.person("eve"), beta.person("dan")
    target = eve.find(dan)
    assert eve.post(f"/api/v1/accounts/{target}/follow")["requested"]
    until(lambda: eve.standing(target)["following"])
    [follower] = dan.get(f"/api/v1/accounts/{dan.id}/followers")
    assert f"@{follower['acct']}" == eve.handle
    assert [one["account"]["id"] for one in dan.told("follow")] == [follower["id"]]
    eve.post(f"/api/v1/accounts/{target}/unfollow")
    until(lambda: not dan.get(f"/api/v1/accounts/{dan.id}/followers"))


def test_a_locked_account_lets_in_or_not(alpha: Instance, beta: Instance) -> None:
    asker, turned, locked = alpha.person("asker"), alpha.person("turned"), beta.person("locked")
    locked.patch("/api/v1/accounts/update_credentials", locked=True)
    for who in (asker, turned):
        who.post(f"/api/v1/accounts/{who.find(locked)}/follow")
    asking = until(lambda: two if len(two := locked.get("/api/v1/follow_requests")) == 2 else None)
    ids = {f"@{one['acct']}": one["id"] for one in asking}
    locked.post(f"/api/v1/follow_requests/{ids[asker.handle]}/authorize")
    locked.post(f"/api/v1/follow_requests/{ids[turned.handle]}/reject")
    target = asker.find(locked)
    until(lambda: asker.standing(target)["following"])
    until(lambda: not turned.standing(target)["requested"])
    assert not turned.standing(target)["following"]
    locked.post(f"/api/v1/accounts/{ids[asker.handle]}/remove_from_followers")
    until(lambda: not asker.standing(target)["following"])


def test_a_public_post_reaches_followers_elsewhere(cast: Cast) -> None:
    post = cast.ann.write("Hello #plums", language="en")
    seen = until(lambda: cast.bob.sees(post["uri"]))
    assert (seen["visibility"], seen["language"]) == ("public", "en")
    assert "plums" in seen["content"]
    assert [tag["name"] for tag in seen["tags"]] == ["plums"]
    assert post["uri"] not in cast.kim.home_feed()


def test_a_quiet_post_stays_quiet(cast: Cast) -> None:
    post = cast.bob.write("quietly", visibility="unlisted")
    seen = until(lambda: cast.ann.sees(post["uri"]))
    assert seen["visibility"] == "unlisted"
    public = cast.lea.get("/api/v1/timelines/public")
    assert post["uri"] not in [one["uri"] for one in public]


def test_whoever_is_asked_for_by_address_is_found(cast: Cast) -> None:
    post = cast.kim.write("nobody follows me")
    unsigned = httpx.get(post["uri"], headers={"accept": "application/activity+json"})
    assert unsigned.status_code == 401
    [found] = cast.ann.get("/api/v2/search", q=post["url"], resolve="true")["statuses"]
    assert (found["uri"], f"@{found['account']['acct']}") == (post["uri"], cast.kim.handle)


def test_a_post_for_followers_reaches_nobody_else(cast: Cast) -> None:
    post = cast.ann.write("for friends", visibility="private")
    seen = until(lambda: cast.bob.sees(post["uri"]))
    assert seen["visibility"] == "private"
    assert cast.kim.status(f"/api/v1/statuses/{seen['id']}") == 404
    assert cast.kim.get("/api/v2/search", q=post["uri"], resolve="true")["statuses"] == []


def test_a_direct_post_reaches_only_whom_it_names(cast: Cast) -> None:
    post = cast.ann.write(f"{cast.kim.handle} only you", visibility="direct")
    seen = until(lambda: cast.kim.sees(post["uri"]))
    assert seen["visibility"] == "direct"
    assert cast.bob.status(f"/api/v1/statuses/{seen['id']}") == 404
    never(lambda: cast.bob.sees(post["uri"]))


def test_people_answer_each_other(cast: Cast) -> None:
    post = cast.ann.write(f"{cast.bob.handle} how are you?")
    seen = until(lambda: cast.bob.sees(post["uri"]))
    assert cast.bob.told("mention")[0]["status"]["uri"] == post["uri"]
    answer = cast.bob.write(f"{cast.ann.handle} well, thank you", in_reply_to_id=seen["id"])
    heard = until(lambda: cast.ann.sees(answer["uri"]))
    assert heard["in_reply_to_id"] == post["id"]
    [below] = cast.ann.get(f"/api/v1/statuses/{post['id']}/context")["descendants"]
    assert below["uri"] == answer["uri"]


def test_boosts_and_favourites_come_and_go(cast: Cast) -> None:
    post = cast.ann.write("share me")
    here = until(lambda: cast.bob.sees(post["uri"]))["id"]
    cast.bob.post(f"/api/v1/statuses/{here}/favourite")
    cast.bob.post(f"/api/v1/statuses/{here}/reblog")

    def counts() -> tuple[int, int]:
        now = cast.ann.get(f"/api/v1/statuses/{post['id']}")
        return now["favourites_count"], now["reblogs_count"]

    until(lambda: counts() == (1, 1))
    assert cast.ann.told("favourite")[0]["status"]["id"] == post["id"]
    assert cast.ann.told("reblog")[0]["status"]["id"] == post["id"]
    cast.bob.post(f"/api/v1/statuses/{here}/unfavourite")
    cast.bob.post(f"/api/v1/statuses/{here}/unreblog")
    until(lambda: counts() == (0, 0))


def test_a_boost_brings_a_post_to_those_who_did_not_know_it(cast: Cast) -> None:
    post = cast.lea.write("nobody follows me")
    cast.ann.post(f"/api/v1/statuses/{post['id']}/reblog")
    boost = until(lambda: next((one for one in cast.bob.get("/api/v1/timelines/home") if one["reblog"]), None))
    assert boost["reblog"]["uri"] == post["uri"]
    assert f"@{boost['reblog']['account']['acct']}" == cast.lea.handle


def test_votes_are_counted_at_home_and_told_again(cast: Cast, alpha: Instance, beta: Instance) -> None:
    post = cast.ann.write("tea?", poll={"options": ["yes", "no"], "expires_in": 3600})
    poll = until(lambda: cast.bob.sees(post["uri"]))["poll"]
    assert [one["title"] for one in poll["options"]] == ["yes", "no"]
    cast.bob.post(f"/api/v1/polls/{poll['id']}/votes", choices=[1])
    ours = f"/api/v1/polls/{post['poll']['id']}"
    until(lambda: [one["votes_count"] for one in cast.ann.get(ours)["options"]] == [0, 1])
    cast.lea.post(f"{ours}/votes", choices=[1])
    theirs = f"/api/v1/polls/{poll['id']}"

    def told() -> bool:
        alpha.hurry()
        return [one["votes_count"] for one in cast.bob.get(theirs)["options"]] == [0, 2]

    until(told)
    alpha.end_polls()
    until(lambda: cast.bob.get(theirs)["expired"])


def test_an_edit_is_seen_by_those_who_got_the_post(cast: Cast) -> None:
    post = cast.ann.write(f"{cast.kim.handle} one")
    here = until(lambda: cast.kim.sees(post["uri"]))["id"]
    cast.ann.put(f"/api/v1/statuses/{post['id']}", status="two")
    for who in (cast.bob, cast.kim):
        until(lambda who=who: who.get(f"/api/v1/statuses/{here}")["edited_at"])
        assert "two" in who.get(f"/api/v1/statuses/{here}")["content"]


def test_a_deletion_reaches_those_who_got_the_post(cast: Cast) -> None:
    post = cast.ann.write(f"{cast.kim.handle} gone soon", visibility="direct")
    here = until(lambda: cast.kim.sees(post["uri"]))["id"]
    cast.ann.delete(f"/api/v1/statuses/{post['id']}")
    until(lambda: cast.kim.status(f"/api/v1/statuses/{here}") == 404)


def test_a_block_ends_what_was(alpha: Instance, beta: Instance) -> None:
    gus, ida = alpha.person("gus"), beta.person("ida")
    gus.follow(ida)
    target = gus.find(ida)
    [follower] = ida.get(f"/api/v1/accounts/{ida.id}/followers")
    ida.post(f"/api/v1/accounts/{follower['id']}/block")
    until(lambda: not gus.standing(target)["following"])
    until(lambda: gus.standing(target)["blocked_by"])
    ida.post(f"/api/v1/accounts/{follower['id']}/unblock")
    until(lambda: not gus.standing(target)["blocked_by"])


def test_a_profile_is_told_anew(cast: Cast, alpha: Instance) -> None:
    cast.ann.patch("/api/v1/accounts/update_credentials", display_name="Ann of Alpha", note="I bake")
    here = cast.bob.find(cast.ann)

    def told() -> bool:
        alpha.hurry()
        return cast.bob.get(f"/api/v1/accounts/{here}")["display_name"] == "Ann of Alpha"

    until(told)
    assert "I bake" in cast.bob.get(f"/api/v1/accounts/{here}")["note"]


def test_a_report_that_is_forwarded_arrives_without_its_author(cast: Cast, beta: Instance) -> None:
    target = cast.ann.find(cast.kim)
    cast.ann.post("/api/v1/reports", account_id=target, comment="Too many plums", forward=True)
    told = until(lambda: found if "Too many plums" in (found := beta.server.run("reports", "list")) else None)
    assert "ann" not in told


def test_who_leaves_is_gone_everywhere(alpha: Instance, beta: Instance) -> None:
    old, fan = alpha.person("old"), beta.person("fan")
    fan.follow(old)
    post = old.write("farewell")
    here = until(lambda: fan.sees(post["uri"]))["id"]
    target = fan.find(old)
    alpha.server.run("accounts", "delete", "old")
    until(lambda: fan.status(f"/api/v1/accounts/{target}") == 404)
    assert fan.status(f"/api/v1/statuses/{here}") == 404
    gone = httpx.get(post["uri"], headers={"accept": "application/activity+json"})
    assert gone.status_code == 410
