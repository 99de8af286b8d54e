"""The client library Mastodon.py, as it is, walks through the server."""

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from mastodon import Mastodon

from tests.flows.server import Server, allow

SCOPES = ["read", "write", "follow", "push"]


def eventually(look: Callable[[], Any]) -> Any:
    """What `look` gives as soon as it gives something; at most ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen within ten seconds")


@pytest.fixture(scope="module")
def app(shared_server: Server) -> tuple[str, str]:
    return Mastodon.create_app(
        "a walk",
        scopes=SCOPES,
        redirect_uris=["urn:ietf:wg:oauth:2.0:oob", "https://client.example/back"],
        api_base_url=shared_server.url,
    )


@pytest.fixture(scope="module")
def ann(shared_server: Server, app: tuple[str, str]) -> Mastodon:
    """Ann signed up through the program itself."""
    client = Mastodon(client_id=app[0], client_secret=app[1], api_base_url=shared_server.url)
    client.create_account("ann", "correct horse battery", "ann@example.org", agreement=True, scopes=SCOPES)
    return client


@pytest.fixture(scope="module")
def bob(shared_server: Server, app: tuple[str, str]) -> Mastodon:
    """Bob signs in through the browser, with PKCE and a redirect."""
    password = shared_server.person_with_password("bob")
    client = Mastodon(client_id=app[0], client_secret=app[1], api_base_url=shared_server.url)
    url = client.auth_request_url(
        scopes=SCOPES, redirect_uris="https://client.example/back", state="xyz", allow_http=True
    )
    back = urlsplit(allow(url, "bob@example.org", password))
    answer = parse_qs(back.query)
    assert answer["state"] == ["xyz"]
    client.log_in(code=answer["code"][0], redirect_uri="https://client.example/back", scopes=SCOPES, allow_http=True)
    return client


def test_both_are_who_they_are(ann: Mastodon, bob: Mastodon) -> None:
    assert ann.account_verify_credentials().acct == "ann"
    assert bob.account_verify_credentials().acct == "bob"
    assert ann.app_verify_credentials().name == "a walk"


def test_the_instance_presents_itself(ann: Mastodon, shared_server: Server) -> None:
    assert ann.instance_v2().domain == f"localhost:{shared_server.port}"
    assert ann.instance_v1().urls.streaming_api.startswith("ws://")
    assert ann.instance_rules() == []
    assert ann.preferences()["posting:default:visibility"] == "public"
    assert ann.custom_emojis() == []


def test_bob_follows_ann_and_reads_what_she_writes(ann: Mastodon, bob: Mastodon) -> None:
    me = ann.account_verify_credentials()
    relationship = bob.account_follow(me)
    assert relationship.following
    told = eventually(lambda: [n for n in ann.notifications() if n.type == "follow"])
    assert told[0].account.acct == "bob"
    post = ann.status_post("Hello #walk, see https://example.org/", language="en")
    assert post.content.startswith("<p>Hello <a ")
    eventually(lambda: post.id in [entry.id for entry in bob.timeline_home()])
    assert post.id in [entry.id for entry in bob.timeline_local()]
    assert post.id in [entry.id for entry in bob.timeline_hashtag("walk")]
    assert post.id in [entry.id for entry in bob.account_statuses(me)]
    assert [found.acct for found in bob.account_search("an")] == ["ann"]
    assert bob.account_lookup("ann").id == me.id
    assert [one.acct for one in ann.account_followers(me)] == ["bob"]


def test_bob_answers_and_ann_is_told(ann: Mastodon, bob: Mastodon) -> None:
    post = ann.status_post("What do you think?")
    answer = bob.status_reply(post, "I like it.")
    assert answer.in_reply_to_id == post.id
    told = eventually(lambda: [n for n in ann.notifications() if n.type == "mention"])
    assert [one.status and one.status.id for one in told] == [answer.id]
    assert [one.id for one in ann.status_context(post).descendants] == [answer.id]
    assert [one.id for one in ann.status_context(answer).ancestors] == [post.id]


def test_boost_favourite_and_bookmark(ann: Mastodon, bob: Mastodon) -> None:
    post = ann.status_post("Share me.")
    boost = bob.status_reblog(post)
    assert boost.reblog is not None
    assert boost.reblog.id == post.id
    assert bob.status_favourite(post).favourited
    assert bob.status_bookmark(post).bookmarked
    eventually(lambda: {"reblog", "favourite"} <= {n.type for n in ann.notifications()})
    assert [one.acct for one in ann.status_reblogged_by(post)] == ["bob"]
    assert [one.acct for one in ann.status_favourited_by(post)] == ["bob"]
    assert post.id in [one.id for one in bob.favourites()]
    assert post.id in [one.id for one in bob.bookmarks()]
    assert not bob.status_unfavourite(post).favourited
    assert not bob.status_unbookmark(post).bookmarked
    assert not bob.status_unreblog(post).reblogged


def test_a_poll_is_asked_and_answered(ann: Mastodon, bob: Mastodon) -> None:
    post = ann.status_post("Tea?", poll=ann.make_poll(["yes", "no"], expires_in=300))
    assert post.poll is not None
    poll = bob.poll_vote(post.poll, [0])
    assert poll.voted
    assert [option.votes_count for option in poll.options] == [1, 0]


def test_a_post_is_edited_and_deleted(ann: Mastodon) -> None:
    post = ann.status_post("Frist.", idempotency_key="once")
    assert ann.status_post("Frist.", idempotency_key="once").id == post.id
    edited = ann.status_update(post, "First.")
    assert edited.edited_at is not None
    assert [re.sub("<[^>]*>", "", version.content) for version in ann.status_history(post)] == ["Frist.", "First."]
    assert ann.status_source(post).text == "First."
    assert ann.status_delete(post).text == "First."
    assert post.id not in [one.id for one in ann.timeline_home()]


def test_privacy_and_distance(ann: Mastodon, bob: Mastodon) -> None:
    secret = ann.status_post("Only for you, @bob.", visibility="direct")
    assert bob.status(secret).visibility == "direct"
    me = ann.account_verify_credentials()
    assert bob.account_mute(me).muting
    assert [one.acct for one in bob.mutes()] == ["ann"]
    assert not bob.account_unmute(me).muting
    assert bob.account_block(me).blocking
    assert [one.acct for one in bob.blocks()] == ["ann"]
    assert not bob.account_unblock(me).blocking


def test_profile_markers_and_clearing(ann: Mastodon) -> None:
    changed = ann.account_update_credentials(
        display_name="Ann A.", note="I walk.", fields=[("web", "https://a.example")]
    )
    assert changed.display_name == "Ann A."
    assert changed.source is not None
    assert changed.source.note == "I walk."
    post = ann.status_post("Where was I?")
    assert ann.markers_set("home", post.id)["home"].last_read_id == post.id
    assert ann.markers_get("home")["home"].version == 1
    pinned = ann.status_pin(post)
    assert pinned.pinned
    assert [one.id for one in ann.account_statuses(changed, pinned=True)] == [post.id]
    ann.notifications_clear()
    assert ann.notifications() == []


def test_a_list_is_kept_and_read(ann: Mastodon, bob: Mastodon) -> None:
    me = ann.account_verify_credentials()
    bob.account_follow(me)
    kept = bob.list_create("friends")
    bob.list_accounts_add(kept, [me])
    assert [one.acct for one in bob.list_accounts(kept)] == ["ann"]
    assert [one.id for one in bob.account_lists(me)] == [kept.id]
    bob.timeline_list(kept)
    post = ann.status_post("For the list.")
    eventually(lambda: post.id in [one.id for one in bob.timeline_list(kept)])
    changed = bob.list_update(kept, "best friends", replies_policy="none", exclusive=True)
    assert (changed.title, changed.replies_policy, changed.exclusive) == ("best friends", "none", True)
    eventually(lambda: post.id not in [one.id for one in bob.timeline_home()])
    assert bob.list(kept).title == "best friends"
    bob.list_accounts_delete(kept, [me])
    eventually(lambda: bob.timeline_list(kept) == [])
    assert [one.id for one in bob.lists()] == [kept.id]
    bob.list_delete(kept)
    assert bob.lists() == []


def test_hashtags_are_followed_and_featured(ann: Mastodon, bob: Mastodon) -> None:
    assert bob.tag("Gecko").following is False
    assert bob.tag_follow("Gecko").following
    assert [one.name for one in bob.followed_tags()] == ["Gecko"]
    bob.account_unfollow(ann.account_verify_credentials())
    post = ann.status_post("A #gecko on the wall.")
    eventually(lambda: post.id in [one.id for one in bob.timeline_home()])
    assert not bob.tag_unfollow("gecko").following
    assert "gecko" in [one.name.lower() for one in ann.featured_tag_suggestions()]
    featured = ann.featured_tag_create("gecko")
    assert int(featured.statuses_count) == 1
    assert [one.name for one in bob.account_featured_tags(ann.account_verify_credentials())] == ["gecko"]
    ann.featured_tag_delete(featured)
    assert ann.tag_feature("gecko").featuring
    assert [one.name for one in ann.featured_tags()] == ["gecko"]
    assert not ann.tag_unfeature("gecko").featuring


def test_a_conversation_is_read(ann: Mastodon, bob: Mastodon) -> None:
    post = ann.status_post("Psst, @bob!", visibility="direct")
    [thread] = eventually(
        lambda: [one for one in bob.conversations() if one.last_status and one.last_status.id == post.id]
    )
    assert thread.unread
    assert [one.acct for one in thread.accounts] == ["ann"]
    assert not bob.conversations_read(thread).unread


def test_people_are_noted_endorsed_and_known(ann: Mastodon, bob: Mastodon) -> None:
    me = ann.account_verify_credentials()
    bob.account_follow(me)
    assert bob.account_note_set(me, "walks a lot").note == "walks a lot"
    assert bob.account_endorse(me).endorsed
    assert [one.acct for one in bob.endorsements()] == ["ann"]
    assert not bob.account_unpin(me).endorsed
    [familiar] = bob.account_familiar_followers(me)
    assert (familiar.id, familiar.accounts) == (me.id, [])


def test_a_server_is_hidden(bob: Mastodon) -> None:
    bob.domain_block("far.example")
    assert list(bob.domain_blocks()) == ["far.example"]
    bob.domain_unblock("far.example")
    assert list(bob.domain_blocks()) == []
