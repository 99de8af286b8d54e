"""Streams of a running server, heard by Mastodon.py as it is."""

import time
from collections.abc import Callable
from typing import Any

import httpx
from mastodon import Mastodon, StreamListener

from tests.flows.server import Server
from tests.flows.test_mastodon_py import eventually


class Keeping(StreamListener):
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []

    def on_update(self, status: Any) -> None:
        self.heard.append(("update", status.id))

    def on_delete(self, status_id: Any) -> None:
        self.heard.append(("delete", status_id))

    def on_status_update(self, status: Any) -> None:
        self.heard.append(("status.update", status.id))

    def on_notification(self, notification: Any) -> None:
        self.heard.append(("notification", notification.type))

    def on_conversation(self, conversation: Any) -> None:
        self.heard.append(("conversation", conversation.last_status.id))


def listening(start: Callable[[Keeping], Any]) -> tuple[Keeping, Any]:
    """A listener, once its stream is open."""
    listener = Keeping()
    handle = start(listener)
    eventually(handle.is_receiving)
    time.sleep(0.2)
    return listener, handle


def test_mastodon_py_hears_what_happens(shared_server: Server) -> None:
    rosa = Mastodon(access_token=shared_server.person("rosa"), api_base_url=shared_server.url)
    sven = Mastodon(access_token=shared_server.person("sven"), api_base_url=shared_server.url)
    sven.account_follow(rosa.me().id)
    rosa.account_follow(sven.me().id)
    assert rosa.stream_healthy()
    home, one = listening(lambda ear: sven.stream_user(ear, run_async=True))
    public, two = listening(lambda ear: sven.stream_public(ear, run_async=True))
    tagged, three = listening(lambda ear: sven.stream_hashtag("plum", ear, run_async=True))
    direct, four = listening(lambda ear: sven.stream_direct(ear, run_async=True))
    local, five = listening(lambda ear: sven.stream_local(ear, run_async=True))
    told, six = listening(lambda ear: sven.stream_user_notifications(ear, run_async=True))
    kept = sven.list_create("flowers")
    sven.list_accounts_add(kept.id, [rosa.me().id])
    listed, seven = listening(lambda ear: sven.stream_list(kept.id, ear, run_async=True))
    post = rosa.status_post("#plum jam")
    for listener in (home, public, tagged, local, listed):
        eventually(lambda ear=listener: ("update", post.id) in ear.heard)
    rosa.status_update(post.id, "#plum jelly")
    eventually(lambda: ("status.update", post.id) in home.heard)
    rosa.status_post("@sven hello", visibility="direct")
    eventually(lambda: ("notification", "mention") in home.heard)
    eventually(lambda: told.heard == [("notification", "mention")])
    eventually(lambda: any(event == "conversation" for event, _ in direct.heard))
    rosa.status_delete(post.id)
    for listener in (home, public, tagged):
        eventually(lambda ear=listener: ("delete", post.id) in ear.heard)
    shared_server.run("tokens", "revoke", "--all", "sven")
    for handle in (one, two, three, four, five, six, seven):
        eventually(lambda stream=handle: not stream.is_alive())


def test_a_stream_without_a_token_is_refused(shared_server: Server) -> None:
    answer = httpx.get(f"{shared_server.url}/api/v1/streaming/public")
    assert (answer.status_code, answer.json()) == (401, {"error": "Missing access token"})
