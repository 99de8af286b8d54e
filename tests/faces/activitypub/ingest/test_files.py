"""The files of posts of other servers, as they come and as our people see them."""

from typing import Any

import pytest

from marula.base.db import statements_run
from marula.domain import boundaries
from marula.domain.boundaries import BlockDraft
from marula.faces.activitypub.inbox import IntakeWorker
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import Document, Somebody
from tests.world import World

pytestmark = pytest.mark.usefixtures("linked")

BLURRED = "LIIE|gRj00WB-;j[t7j[4nWBj[Rj"


def picture(number: int, **more: Any) -> Document:
    """A picture, as most servers name it."""
    url = f"https://files.example/{number}.png"
    return {"type": "Document", "mediaType": "image/png", "url": url, "name": f"Bee {number}"} | more


async def test_an_album_is_shown_whole_with_what_its_pictures_show(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    first = picture(0, blurhash=BLURRED, width=640, height=480, focalPoint=[0.5, -0.5])
    album = bob.note(attachment=[first, *(picture(number) for number in range(1, 25))], sensitive=True)
    assert await sending.tell(bob, bob.activity("Create", album)) == ("accepted", None)
    (post,) = await home(ann)
    shown = post["media_attachments"]
    assert [one["description"] for one in shown] == [f"Bee {number}" for number in range(20)]
    assert (shown[0]["type"], shown[0]["remote_url"]) == ("image", "https://files.example/0.png")
    assert (shown[0]["blurhash"], shown[0]["meta"]["focus"]) == (BLURRED, {"x": 0.5, "y": -0.5})
    assert (shown[0]["meta"]["original"]["size"], post["sensitive"]) == ("640x480", True)


async def test_a_video_can_be_played_and_has_a_poster(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    video = bob.note(
        type="Video",
        name="Bees",
        content="A *film*",
        mediaType="text/markdown",
        duration="PT62S",
        attributedTo=[{"type": "Group", "id": f"{bob.uri}/channel"}, {"type": "Person", "id": bob.uri}],
        icon=[{"type": "Image", "url": "https://files.example/p.jpg", "width": 850}],
        url=[
            {"type": "Link", "mediaType": "text/html", "href": "https://beta.example/w/1"},
            {
                "type": "Link",
                "mediaType": "application/x-mpegURL",
                "href": "https://beta.example/1.m3u8",
                "tag": [
                    {
                        "type": "Link",
                        "mediaType": "video/mp4",
                        "href": "https://files.example/720.mp4",
                        "height": 720,
                        "width": 1280,
                    }
                ],
            },
        ],
    )
    await sending.tell(bob, bob.activity("Create", video))
    (post,) = await home(ann)
    (film,) = post["media_attachments"]
    assert (film["type"], film["remote_url"]) == ("video", "https://files.example/720.mp4")
    assert (film["preview_url"], film["meta"]["original"]["duration"]) == ("https://files.example/p.jpg", 62.0)
    assert (post["url"], post["account"]["acct"]) == ("https://beta.example/w/1", "bob@beta.example")
    assert "<em>film</em>" in post["content"]


async def test_an_edit_changes_the_files_and_the_history_keeps_them(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    note = bob.note(attachment=picture(1))
    await sending.tell(bob, bob.activity("Create", note))
    edited = note | {"attachment": [picture(1, name="A bee"), picture(2)], "updated": "2026-03-01T11:59:30Z"}
    assert await sending.tell(bob, bob.activity("Update", edited)) == ("accepted", None)
    (post,) = await home(ann)
    assert [one["description"] for one in post["media_attachments"]] == ["A bee", "Bee 2"]
    history = await ann.get(f"/api/v1/statuses/{post['id']}/history")
    assert [len(one["media_attachments"]) for one in history] == [1, 2]


async def test_a_post_with_much_costs_as_many_statements_as_one_with_one_of_each(
    crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    counts: list[int] = []
    for many in (1, 1, 20, 20):
        tags = [{"type": "Hashtag", "name": f"#bee{number}"} for number in range(many)]
        emojis = [{"type": "Emoji", "name": f":b{number}:", "icon": picture(number)} for number in range(many)]
        permits = {"canLike": {"automaticApproval": [f"{bob.uri}/{number}" for number in range(many)]}}
        note = bob.note(
            attachment=[picture(number) for number in range(many)], tag=[*tags, *emojis], interactionPolicy=permits
        )
        await sending.post(bob, bob.activity("Create", note))
        with statements_run() as count:
            await IntakeWorker(sending.world.ctx).run_due()
        counts.append(count())
        await sending.work()
    assert counts[1] == counts[3] <= 40
    assert len((await home(ann))[0]["media_attachments"]) == 20


async def test_files_of_a_server_whose_files_nobody_wants_are_only_named(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="noop", reject_media=True))
    await world.settle()
    await sending.tell(bob, bob.activity("Create", bob.note(attachment=picture(1))))
    (post,) = await home(ann)
    (one,) = post["media_attachments"]
    assert (one["type"], one["url"], one["remote_url"]) == ("unknown", None, "https://files.example/1.png")
