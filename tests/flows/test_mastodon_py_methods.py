"""Every method of Mastodon.py that a person's program can call, called once; the last test names those left out."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MethodType
from typing import Any

import pytest
from mastodon import Mastodon, MastodonNotFoundError

from tests.base.imaging.reels import pattern, reel
from tests.base.imaging.samples import encoded, scene
from tests.flows.server import Server
from tests.flows.test_mastodon_py import eventually

LEFT_OUT = {
    "decode_blurhash": "needs a package that it does not bring",
    "instance_nodeinfo": "comes with federation",
    "oauth_userinfo": "insists on https",
    "await_async_refresh": "nothing here is refreshed while one waits",
    "get_async_refresh_info": "nothing here is refreshed while one waits",
    "get_async_refresh_status": "nothing here is refreshed while one waits",
    "email_resend_confirmation": "comes with the pages on which people change their address",
    "status_translate": "this server has no service that translates",
    "instance_domain_blocks": "comes with federation",
    "persistable_login_credentials": "needs the secret of an app",
    "revoke_access_token": "needs the secret of an app",
    "push_subscription_decrypt_push": "tests of Web Push",
    "stream_direct": "test_streaming.py",
    "stream_hashtag": "test_streaming.py",
    "stream_list": "test_streaming.py",
    "stream_local": "test_streaming.py",
    "stream_public": "test_streaming.py",
    "stream_user": "test_streaming.py",
    "stream_user_notifications": "test_streaming.py",
    "get_supported_version": "a constant",
    "get_status_length": "needs a package that it does not bring",
    "stream_open_websocket": "the same streams by another name",
    "follows": "a path that Mastodon took away",
    "reports": "a path that Mastodon took away",
    "search_v1": "a path that Mastodon took away",
    "status_card": "a path that Mastodon took away",
    "auth_request_url": "test_mastodon_py.py",
    "create_account": "test_mastodon_py.py",
    "create_app": "test_mastodon_py.py",
    "log_in": "test_mastodon_py.py",
}
"""Methods that are not called here, and why."""

called: set[str] = set()


class Recording(Mastodon):
    """Mastodon.py that remembers which of its methods were called."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if isinstance(found, MethodType) and not name.startswith("_"):
            called.add(name)
        return found


@pytest.fixture(scope="module")
def fay(shared_server: Server) -> Any:
    return Recording(access_token=shared_server.person("fay"), api_base_url=shared_server.url)


@pytest.fixture(scope="module")
def gus(shared_server: Server) -> Any:
    return Recording(access_token=shared_server.person("gus"), api_base_url=shared_server.url)


@pytest.fixture(scope="module")
def friends(fay: Any, gus: Any) -> Iterator[tuple[Any, Any]]:
    """Who both are; they follow each other."""
    us = fay.me(), gus.me()
    fay.account_follow(us[1].id, notify=True)
    gus.account_follow(us[0].id)
    yield us
    fay.status_post("bye", visibility="direct")


def ids(found: Any) -> list[Any]:
    return [one.id for one in found]


def test_the_server(fay: Any, shared_server: Server) -> None:
    fay.clear_caches()
    assert fay.retrieve_mastodon_version().startswith("4.")
    assert fay.verify_minimum_version("4.0.0")
    assert abs(fay.get_approx_server_time().replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(minutes=1)
    assert fay.instance().domain == fay.instance_v2().domain
    assert fay.instance_v1().title
    assert fay.instance_health()
    assert isinstance(fay.instance_activity(), list)
    assert fay.instance_rules() == []
    fay.instance_extended_description()
    assert fay.instance_languages()
    assert fay.instance_translation_languages() == {}
    assert fay.oauth_authorization_server_info()["issuer"].startswith("http")
    assert fay.app_verify_credentials().name
    assert fay.custom_emojis() == []
    assert fay.timeline_is_available("public")
    fay.set_language("en")
    assert isinstance(fay.instance_peers(), list)
    with pytest.raises(MastodonNotFoundError):
        fay.instance_terms_of_service()


def test_people(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    _, other = friends
    assert fay.account_verify_credentials().acct == "fay"
    assert fay.account(other.id).acct == fay.account_lookup("gus").acct == "gus"
    assert ids(fay.accounts([other.id])) == [other.id]
    assert other.id in ids(fay.account_search("gus"))
    assert ids(fay.account_following(friends[0].id)) == [other.id]
    assert ids(fay.account_followers(friends[0].id)) == [other.id]
    assert fay.account_note_set(other.id, "from work").note == "from work"
    assert fay.account_relationships(other.id)[0].following
    fay.account_familiar_followers(other.id)
    assert fay.account_update_credentials(display_name="Fay").display_name == "Fay"
    assert fay.account_delete_avatar().avatar.endswith("missing.png")
    assert fay.account_delete_header().header.endswith("missing.png")
    assert fay.profile().display_name == "Fay"
    assert fay.profile_update(display_name="Faye").display_name == "Faye"
    assert fay.preferences()["posting:default:visibility"] == "public"
    assert fay.account_endorse(other.id).endorsed
    assert ids(fay.endorsements()) == [other.id]
    assert not fay.account_unendorse(other.id).endorsed
    assert fay.account_pin(other.id).endorsed
    assert not fay.account_unpin(other.id).endorsed
    assert fay.account_mute(other.id, duration=60).muting
    assert ids(fay.mutes()) == [other.id]
    assert not fay.account_unmute(other.id).muting
    assert fay.account_block(other.id).blocking
    assert ids(fay.blocks()) == [other.id]
    assert not fay.account_unblock(other.id).blocking
    fay.domain_block("spam.example")
    assert list(fay.domain_blocks()) == ["spam.example"]
    fay.domain_unblock("spam.example")
    assert not fay.account_unfollow(other.id).following
    gus.account_update_credentials(locked=True)
    assert fay.account_follow(other.id).requested
    assert ids(gus.follow_requests()) == [friends[0].id]
    assert gus.follow_request_authorize(friends[0].id).followed_by
    fay.account_unfollow(other.id)
    fay.account_follow(other.id)
    assert not gus.follow_request_reject(friends[0].id).followed_by
    gus.account_update_credentials(locked=False)
    fay.account_follow(other.id, notify=True)
    gus.account_follow(friends[0].id)
    assert not fay.account_remove_from_followers(other.id).followed_by
    gus.account_follow(friends[0].id)


def test_posts(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    post = fay.toot("first")
    assert fay.status(post.id).content == "<p>first</p>"
    assert ids(fay.statuses([post.id])) == [post.id]
    reply = gus.status_reply(post, "well said")
    assert ids(fay.status_context(post.id).descendants) == [reply.id]
    assert gus.status_favourite(post.id).favourited
    assert gus.status_bookmark(post.id).bookmarked
    assert gus.status_reblog(post.id).reblog.id == post.id
    assert ids(fay.status_favourited_by(post.id)) == ids(fay.status_reblogged_by(post.id)) == [friends[1].id]
    assert ids(gus.favourites()) == ids(gus.bookmarks()) == [post.id]
    assert not gus.status_unfavourite(post.id).favourited
    assert not gus.status_unbookmark(post.id).bookmarked
    assert not gus.status_unreblog(post.id).reblogged
    assert fay.status_mute(post.id).muted
    assert not fay.status_unmute(post.id).muted
    assert fay.status_pin(post.id).pinned
    assert ids(fay.account_statuses(friends[0].id, pinned=True)) == [post.id]
    assert not fay.status_unpin(post.id).pinned
    assert "second" in fay.status_update(post.id, "second").content
    assert len(fay.status_history(post.id)) == 2
    assert fay.status_source(post.id).text == "second"
    asked = fay.status_post("tea?", poll=fay.make_poll(["yes", "no"], 600))
    assert gus.poll_vote(asked.poll.id, [0]).voted
    assert fay.poll(asked.poll.id).votes_count == 1
    later = fay.status_post("tomorrow", scheduled_at=datetime.now(UTC) + timedelta(days=1))
    assert ids(fay.scheduled_statuses()) == [later.id]
    assert fay.scheduled_status(later.id).params.text == "tomorrow"
    moved = fay.scheduled_status_update(later.id, datetime.now(UTC) + timedelta(days=2))
    assert moved.scheduled_at > later.scheduled_at
    fay.scheduled_status_delete(later.id)
    assert fay.scheduled_statuses() == []
    quoting = gus.status_post("look", quoted_status_id=post.id)
    assert quoting.quote.quoted_status.id == post.id
    assert ids(fay.status_quotes(post.id)) == [quoting.id]
    assert fay.status_quote_revoke(post.id, quoting.id).quote.state == "revoked"
    closed = fay.status_update_quote_approval_policy(post.id, "nobody")
    assert closed.quote_approval.automatic == []
    assert fay.status_delete(asked.id).text == "tea?"


def test_files(fay: Any, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encoded(scene(), "PNG"))
    film = reel(tmp_path, "film.mp4", [*pattern(seconds=1, width=160, height=90), "-pix_fmt", "yuv420p"])
    picture = fay.media_post(path, description="a field", focus=(-0.5, 0.25))
    assert (picture.type, picture.meta.focus.x) == ("image", -0.5)
    assert fay.media_update(picture, description="a green field", focus=(0.5, 0)).description == "a green field"
    assert fay.media(picture).url == picture.url
    moving = fay.media_post(io.BytesIO(film), mime_type="video/mp4", synchronous=True)
    assert moving.type in ("video", "gifv")
    post = fay.status_post("look", media_ids=[picture], sensitive=True)
    assert (ids(post.media_attachments), post.sensitive) == ([picture.id], True)
    said = fay.generate_media_edit_attributes(picture.id, description="a meadow", focus=(0.1, 0.2))
    edited = fay.status_update(post, "look", media_attributes=[said])
    assert [(one.description, one.meta.focus.y) for one in edited.media_attachments] == [("a meadow", 0.2)]
    assert ids(fay.status_delete(post, delete_media=False).media_attachments) == [picture.id]
    later = fay.status_post("later", media_ids=[picture], scheduled_at=datetime.now(UTC) + timedelta(hours=1))
    assert [one["id"] for one in later.media_attachments] == [picture.id]
    fay.scheduled_status_delete(later)
    assert ids(fay.status_post("now", media_ids=[moving]).media_attachments) == [moving.id]
    found = fay.account_statuses(fay.me(), only_media=True)
    assert [one.content for one in found] == ["<p>now</p>"]


def test_timelines(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    posts = [gus.status_post(f"linked https://news.example/today #plum {count}") for count in range(4)]
    newest = posts[-1].id
    eventually(lambda: newest in ids(fay.timeline_home()))
    for found in (fay.timeline(), fay.timeline_local(), fay.timeline_public(), fay.timeline_hashtag("plum")):
        assert newest in ids(found)
    with pytest.raises(MastodonNotFoundError):
        fay.timeline_link("https://news.example/never-trending")
    page = fay.timeline_hashtag("plum", limit=2)
    older = fay.fetch_next(page)
    assert ids(older) == ids(posts[1::-1])
    assert ids(fay.fetch_previous(older)) == ids(page)
    assert ids(fay.fetch_remaining(page)) == ids(posts[::-1])
    assert ids(fay.pagination_iterator(page)) == ids(posts[::-1])
    assert len(list(fay.pagination_page_iterator(page))) >= 2
    assert fay.get_pagination_info(page, "next")
    assert fay.markers_set("home", newest)["home"].last_read_id == newest
    assert fay.markers_get("home")["home"].last_read_id == newest


def test_lists(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    made = fay.list_create("neighbours")
    assert ids(fay.lists()) == [made.id]
    assert fay.list(made.id).title == "neighbours"
    assert fay.list_update(made.id, "friends").title == "friends"
    fay.list_accounts_add(made.id, [friends[1].id])
    assert ids(fay.list_accounts(made.id)) == [friends[1].id]
    assert ids(fay.account_lists(friends[1].id)) == [made.id]
    post = gus.status_post("for the list")
    eventually(lambda: post.id in ids(fay.timeline_list(made.id)))
    fay.list_accounts_delete(made.id, [friends[1].id])
    fay.list_delete(made.id)
    assert fay.lists() == []


def test_tags(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    gus.status_post("#quince jelly")
    assert fay.tag_follow("quince").following
    assert [tag.name for tag in fay.followed_tags()] == ["quince"]
    assert fay.tag("quince").following
    assert not fay.tag_unfollow("quince").following
    featured = gus.featured_tag_create("quince")
    assert [tag.name for tag in fay.account_featured_tags(friends[1].id)] == ["quince"]
    assert ids(gus.featured_tags()) == [featured.id]
    gus.featured_tag_delete(featured.id)
    assert isinstance(gus.featured_tag_suggestions(), list)
    assert gus.tag_feature("quince").featuring
    assert not gus.tag_unfeature("quince").featuring


def test_notifications(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    fay.notifications_clear()
    post = fay.status_post("a thing to like")
    gus.status_favourite(post.id)
    gus.status_post("@fay hello")
    told = eventually(lambda: len(fay.notifications()) >= 2 and fay.notifications())
    assert fay.notifications_unread_count().count >= 2
    assert fay.unread_grouped_notifications_count() >= 2
    grouped = fay.grouped_notifications()
    key = next(one.group_key for one in grouped.notification_groups if one.type == "favourite")
    assert fay.grouped_notification(key).notification_groups[0].group_key == key
    assert ids(fay.grouped_notification_accounts(key)) == [friends[1].id]
    fay.dismiss_grouped_notification(key)
    fay.notifications_dismiss(next(one.id for one in told if one.type == "mention"))
    assert fay.notifications() == []


def test_requests(fay: Any, gus: Any, shared_server: Server) -> None:
    assert fay.notifications_policy().for_not_following == "accept"
    assert fay.update_notifications_policy(for_not_following="filter").for_not_following == "filter"
    for name, settle in (("hal", "accept"), ("ida", "dismiss"), ("joy", "accept_many"), ("kim", "dismiss_many")):
        stranger = Mastodon(access_token=shared_server.person(name), api_base_url=shared_server.url)
        stranger.status_post("@fay hello")
        (request,) = eventually(fay.notification_requests)
        assert fay.notification_request(request.id).account.acct == name
        if settle == "accept":
            fay.accept_notification_request(request.id)
        elif settle == "dismiss":
            fay.dismiss_notification_request(request.id)
        elif settle == "accept_many":
            fay.accept_multiple_notification_requests([request.id])
        else:
            fay.dismiss_multiple_notification_requests([request.id])
        assert fay.notification_requests() == []
    assert eventually(fay.notifications_merged)
    fay.update_notifications_policy(for_not_following="accept")


def test_filters(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    old = fay.filter_create("tulips", ["home"])
    assert ids(fay.filters()) == [old.id]
    assert fay.filter(old.id).phrase == "tulips"
    fay.filters_apply(fay.timeline_home(), fay.filters(), "home")
    assert fay.filter_update(old.id, phrase="roses", context=["home"]).phrase == "roses"
    fay.filter_delete(old.id)
    made = fay.create_filter_v2("news", ["home"], "warn", keywords_attributes=[{"keyword": "election"}])
    assert ids(fay.filters_v2()) == [made.id]
    assert fay.filter_v2(made.id).title == "news"
    assert fay.update_filter_v2(made.id, title="the news").title == "the news"
    word = fay.add_filter_keyword_v2(made.id, "vote")
    assert word.id in ids(fay.filter_keywords_v2(made.id))
    fay.delete_filter_keyword_v2(word.id)
    post = gus.status_post("an election")
    held = fay.add_filter_status_v2(made.id, post.id)
    assert ids(fay.filter_statuses_v2(made.id)) == [held.id]
    assert fay.filter_status_v2(held.id).status_id == str(post.id)
    shown = eventually(lambda: [one for one in fay.timeline_home() if one.id == post.id])
    assert shown[0].filtered[0].filter.title == "the news"
    fay.delete_filter_status_v2(held.id)
    fay.delete_filter_v2(made.id)


def test_conversations(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    gus.status_post("@fay between us", visibility="direct")
    found = eventually(fay.conversations)
    assert ids(found[0].accounts) == [friends[1].id]
    assert found[0].unread
    assert not fay.conversations_read(found[0].id).unread


def test_discovery(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    assert friends[1].id in ids(fay.search("gus").accounts)
    fay.search_v2("gus", result_type="accounts")
    for found in (fay.trends(), fay.trending_tags(), fay.trending_statuses(), fay.trending_links(), fay.directory()):
        assert isinstance(found, list)
    for found in (fay.suggestions(), fay.suggestions_v1(), fay.suggestions_v2()):
        assert isinstance(found, list)
    fay.suggestion_delete(friends[1].id)


def test_collections(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    gus.account_update_credentials(discoverable=True)
    made = fay.collection_create("Bakers", description="who bakes").collection
    assert fay.collection_update(made.id, name="Good bakers").collection.name == "Good bakers"
    item = fay.collection_item_add(made.id, friends[1].id).collection_item
    assert fay.collection(made.id).collection.id == made.id
    assert ids(fay.account_collections(friends[0].id).collections) == [made.id]
    assert ids(gus.account_in_collections(friends[1].id).collections) == [made.id]
    fay.collection_item_delete(made.id, item.id)
    again = fay.collection_item_add(made.id, friends[1].id).collection_item
    gus.collection_item_revoke(made.id, again.id)
    fay.collection_delete(made.id)


def test_announcements(fay: Any, shared_server: Server) -> None:
    shared_server.run("announcements", "create", "We move tonight")
    (told,) = fay.announcements()
    fay.announcement_reaction_create(told.id, "🎉")
    assert fay.announcements()[0].reactions[0].me
    fay.announcement_reaction_delete(told.id, "🎉")
    fay.announcement_dismiss(told.id)
    assert fay.announcements() == []


def test_reporting_and_reports_of_the_year(fay: Any, gus: Any, friends: tuple[Any, Any]) -> None:
    assert not fay.report(friends[1].id, comment="an advertisement", category="spam").action_taken
    assert fay.annual_reports() is not None
    assert fay.annual_report_state(2019).state == "ineligible"
    for call in (fay.annual_report, fay.annual_report_read):
        with pytest.raises(MastodonNotFoundError):
            call(2019)
    fay.annual_report_generate(2019)


def test_push(fay: Any) -> None:
    _, public = fay.push_subscription_generate_keys()
    made = fay.push_subscription_set("https://push.example/1", public, mention_events=True)
    assert fay.push_subscription().id == made.id
    assert fay.push_subscription_update(follow_events=True).alerts.follow
    fay.push_subscription_delete()


def test_streams(fay: Any) -> None:
    assert fay.stream_healthy()


def test_every_method_is_called_or_left_out_for_a_reason() -> None:
    offered = {
        name for name in dir(Mastodon) if not name.startswith(("_", "admin_")) and callable(getattr(Mastodon, name))
    }
    assert sorted(offered - called - set(LEFT_OUT)) == []
    assert called & set(LEFT_OUT) == set()
