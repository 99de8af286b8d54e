"""The files of posts of other servers: in every way to name them, and of several the one that can be shown."""

from typing import Any

import pytest

from marula.domain.posts import Visibility
from marula.faces.activitypub.reading import Attached, Said, read_actor, read_post

BEN = "https://peer.example/users/ben"
HOME = "https://peer.example"
BLURRED = "LIIE|gRj00WB-;j[t7j[4nWBj[Rj"


def post(kind: str = "Note", **more: Any) -> Said:
    """A post by ben with this in it."""
    return read_post({"id": f"{BEN}/1", "type": kind, "attributedTo": BEN, "content": "<p>Hi</p>"} | more)


def only(kind: str = "Note", **more: Any) -> Attached:
    """The only file of such a post."""
    (found,) = post(kind, **more).attached
    return found


def film(lines: int, **more: Any) -> dict[str, Any]:
    """A film with so many lines, as PeerTube links to it."""
    return {"type": "Link", "mediaType": "video/mp4", "href": f"{HOME}/{lines}.mp4", "height": lines} | more


def codecs(*kinds: str) -> list[dict[str, str]]:
    return [{"type": "PropertyValue", "name": "ffprobe_codec_type", "value": kind} for kind in kinds]


@pytest.mark.parametrize(
    "where",
    [
        {"url": f"{HOME}/a.png"},
        {"url": [f"{HOME}/a.png"]},
        {"href": f"{HOME}/a.png"},
        {"id": f"{HOME}/a.png"},
        {"url": {"type": "Link", "href": f"{HOME}/a.png"}},
        {"url": [{"type": "Link", "href": f"{HOME}/a.png", "mediaType": "image/png"}]},
        {"url": [{"type": "Link", "href": f"{HOME}/a.png", "mimeType": "image/png"}]},
        {"url": f"{HOME}/a.png", "mediaType": "image/png; charset=binary"},
    ],
)
@pytest.mark.parametrize("kind", ["Document", "Image", "Link"])
def test_a_picture_is_found_wherever_it_is_named(where: dict[str, Any], kind: str) -> None:
    found = only(attachment={"type": kind} | where)
    assert (found.url, found.media, found.media_type) == (f"{HOME}/a.png", "image", "image/png")


def test_everything_that_is_said_of_a_file_is_read() -> None:
    found = only(
        attachment=[
            {
                "type": "Document",
                "mediaType": "video/mp4",
                "url": f"{HOME}/f",
                "name": "by name",
                "summary": "in words",
                "blurhash": BLURRED,
                "width": 640,
                "height": 360,
                "focalPoint": ["-0.5", 1],
                "duration": "PT1M2.5S",
                "icon": {"type": "Image", "url": f"{HOME}/still.jpg"},
                "sensitive": True,
            }
        ]
    )
    assert found == Attached(
        url=f"{HOME}/f",
        media="video",
        media_type="video/mp4",
        description="in words",
        blurhash=BLURRED,
        width=640,
        height=360,
        icon=f"{HOME}/still.jpg",
        focus=(-0.5, 1.0),
        duration=62.5,
        sensitive=True,
    )


@pytest.mark.parametrize("focus", [0.5, [0.5], [2, 0], ["x", 0], [0, None], [True, False], ["nan", 0], {}, [0, 0, 0]])
@pytest.mark.parametrize("blurhash", ["", "LIIE", "zzzzzz", f"{BLURRED}0", 'L"<>E|gRj00WB-;j[t7j[4nWBj[Rj', 3, []])
def test_what_cannot_be_drawn_is_left_out(focus: Any, blurhash: Any) -> None:
    found = only(attachment={"type": "Image", "url": f"{HOME}/a", "focalPoint": focus, "blurhash": blurhash})
    assert (found.media, found.focus, found.blurhash) == ("image", None, None)


@pytest.mark.parametrize(
    ("duration", "seconds"), [("PT1145S", 1145.0), (213, 213.0), ("213.5", 213.5), ("P1D", 86400.0), ("long", None)]
)
def test_a_sound_says_how_long_it_is(duration: Any, seconds: float | None) -> None:
    sound = only("Audio", url=[{"mimeType": "audio/ogg", "href": f"{HOME}/listen/1"}], duration=duration)
    assert (sound.url, sound.media, sound.duration) == (f"{HOME}/listen/1", "audio", seconds)


def test_a_file_of_a_type_that_nobody_knows_is_kept_as_a_file() -> None:
    found = only(attachment={"type": "Document", "mediaType": "application/pdf", "url": f"{HOME}/a.pdf"})
    assert (found.url, found.media) == (f"{HOME}/a.pdf", "unknown")
    assert post(attachment={"type": "Link", "href": HOME}).attached == ()
    assert post(attachment={"type": "Something", "url": f"{HOME}/a.png"}).attached == ()


def test_one_sensitive_file_makes_a_post_sensitive() -> None:
    plain = {"type": "Document", "mediaType": "image/png", "url": f"{HOME}/1"}
    assert not post(attachment=[plain]).sensitive
    assert post(attachment=[plain, plain | {"url": f"{HOME}/2", "sensitive": True}]).sensitive


@pytest.mark.parametrize(
    ("links", "chosen"),
    [
        ([film(360), film(1080), film(720)], 1080),
        ([film(2160), film(720)], 720),
        ([film(2160), film(1440)], 1440),
        ([film(1080, size=200_000_000), film(480, size=60_000_000)], 480),
        ([film(1080, attachment=codecs("video")), film(480, attachment=codecs("video", "audio"))], 480),
        ([film(0, attachment=codecs("audio")), film(480)], 480),
        ([{"mediaType": "application/x-mpegURL", "href": f"{HOME}/m3u8", "tag": [film(240), film(720)]}], 720),
        ([{"mediaType": "application/x-mpegURL", "href": f"{HOME}/m3u8", "url": {"url": [film(720)]}}], 720),
        ([{"mediaType": "application/x-bittorrent", "href": f"{HOME}/t"}, film(720)], 720),
    ],
)
def test_of_the_films_of_a_video_the_best_that_can_be_kept_is_shown(links: list[Any], chosen: int) -> None:
    page = {"type": "Link", "mediaType": "text/html", "href": f"{HOME}/w/1"}
    video = post("Video", url=[page, *links], duration="PT5S", name="A film")
    (found,) = video.attached
    assert (found.url, found.media, found.duration) == (f"{HOME}/{chosen}.mp4", "video", 5.0)
    assert video.url == f"{HOME}/w/1"


def test_a_video_without_a_film_is_its_page() -> None:
    video = post("Video", name="Live", url=[{"mediaType": "application/x-mpegURL", "href": f"{HOME}/l.m3u8"}, HOME])
    assert (video.attached, video.url) == ((), HOME)


def test_the_poster_of_a_film_is_wide_enough() -> None:
    icons = [{"type": "Image", "url": f"{HOME}/{width}.jpg", "width": width} for width in (280, 1920, 850)]
    assert only("Video", url=[film(360)], icon=icons).icon == f"{HOME}/850.jpg"
    assert only("Video", url=[film(360)], icon=icons[:1]).icon == f"{HOME}/280.jpg"
    assert only("Video", url=[film(360)], icon=icons[0]["url"]).icon == f"{HOME}/280.jpg"


def test_an_avatar_comes_in_the_size_that_is_shown() -> None:
    icons = [{"type": "Image", "url": f"{HOME}/{width}.png", "width": width} for width in (1500, 48, 600, 120)]
    actor = {"id": BEN, "type": "Person", "preferredUsername": "ben", "inbox": f"{BEN}/inbox", "icon": icons}
    assert read_actor(actor).profile.avatar_remote_url == f"{HOME}/600.png"
    assert read_actor(actor | {"icon": icons[1]}).profile.avatar_remote_url == f"{HOME}/48.png"


def test_the_pictures_of_a_long_text_are_shown_with_it() -> None:
    article = post("Article", content=f'<p>One</p><img alt="A bee &amp; me" src="{HOME}/bee.jpg"><img src="x">')
    assert [(one.url, one.description) for one in article.attached] == [(f"{HOME}/bee.jpg", "A bee & me")]
    again = post("Article", content=f'<img src="{HOME}/a.png">', attachment={"type": "Image", "url": f"{HOME}/a.png"})
    assert len(again.attached) == 1
    lone = post("Article", image={"type": "Link", "href": f"{HOME}/top.jpg", "mediaType": "image/jpeg"})
    assert [one.url for one in lone.attached] == [f"{HOME}/top.jpg"]


@pytest.mark.parametrize(("to", "reach"), [("as:Public", Visibility.PUBLIC), ([], Visibility.DIRECT)])
def test_files_change_nothing_of_how_far_a_post_reaches(to: Any, reach: Visibility) -> None:
    assert post(to=to, attachment={"type": "Image", "url": f"{HOME}/a"}).visibility(None) is reach
