"""Documents of other servers: what is understood of them, and that none of them can make the reader fail."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marula.base.crypto.keys import new_key_pair
from marula.base.text import valid_remote_username
from marula.domain.posts import Visibility
from marula.faces.activitypub.reading import (
    Unreadable,
    id_of,
    kind_of,
    load,
    read_actor,
    read_post,
    same_origin,
    values,
)
from marula.faces.activitypub.reading.post import KINDS
from tests.contract.reference import FOLDER, needs_reference

BEN = "https://peer.example/users/ben"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"

DOCUMENTS = ("actor", "article", "audio", "event", "group", "image", "note", "page", "question", "video")


def actor(**more: Any) -> dict[str, Any]:
    return {"id": BEN, "type": "Person", "preferredUsername": "ben", "inbox": f"{BEN}/inbox"} | more


def note(**more: Any) -> dict[str, Any]:
    return {"id": f"{BEN}/1", "type": "Note", "attributedTo": BEN, "content": "<p>Hi</p>", "to": [PUBLIC]} | more


@needs_reference
def test_every_document_of_the_field_is_understood_or_refused_for_a_reason() -> None:
    index = json.loads((FOLDER / "fixtures" / "index.json").read_text())["items"]
    told = [outcome for item in index for outcome in outcomes((FOLDER / "fixtures" / item["file"]).read_bytes())]
    assert "" not in told
    assert told.count("understood") > 260


def outcomes(data: bytes) -> list[str]:
    """What becomes of a document and of the one inside it, read as an actor and as a post."""
    try:
        document = load(data)
    except Unreadable as error:
        return [str(error)]
    inside = document.get("object")
    found: list[str] = []
    for one in (document, inside if isinstance(inside, dict) else {}):
        for read in (read_actor, read_post):
            try:
                found.append("understood" if read(one).uri == id_of(one) else "")
            except Unreadable as error:
                found.append(str(error))
    return found


@needs_reference
@pytest.mark.parametrize("software", ["mastodon", "gotosocial", "misskey", "pleroma", "lemmy", "peertube", "pixelfed"])
def test_the_objects_of_each_software_are_understood(software: str) -> None:
    read = 0
    for path in sorted((FOLDER / "fixtures" / software).glob("*.json")):
        kind = path.name.partition("__")[0]
        document = load(path.read_bytes())
        if kind in ("note", "page", "video", "question") and {"id", "attributedTo"} <= set(document):
            assert read_post(document).author, path.name
            read += 1
        elif kind in ("actor", "group") and valid_remote_username(str(document.get("preferredUsername"))):
            if values.id_of(document.get("inbox")) is None:
                continue
            assert read_actor(document).addresses.inbox, path.name
            read += 1
    assert read > 0


async def test_an_actor_says_who_it_is_and_where() -> None:
    pair = await new_key_pair()
    document = actor(
        name="Ben <b>Bee</b>",
        summary="<p>Bees<script>x</script></p>",
        url=[{"type": "Link", "mediaType": "text/html", "href": "https://peer.example/@ben"}],
        endpoints={"sharedInbox": "https://peer.example/inbox"},
        manuallyApprovesFollowers=True,
        attachment={"type": "PropertyValue", "name": "Town", "value": "<a href='https://t.example'>t</a>"},
        alsoKnownAs="https://old.example/ben",
        publicKey={"id": f"{BEN}#main-key", "owner": BEN, "publicKeyPem": pair.public},
        published="2020-05-01T00:00:00+0000",
    )
    person = read_actor(document)
    assert (person.handle, person.kind) == (("ben", "peer.example"), "Person")
    assert (person.profile.display_name, person.profile.note_html) == ("Ben Bee", "<p>Bees</p>")
    assert (person.profile.url, person.profile.locked) == ("https://peer.example/@ben", True)
    assert person.profile.also_known_as == ("https://old.example/ben",)
    assert person.addresses.shared_inbox == "https://peer.example/inbox"
    assert person.keys == ((f"{BEN}#main-key", pair.public),)
    assert person.created_at == datetime(2020, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claimed", "handle"),
    [
        ({"webfinger": "ben@handles.example"}, ("ben", "handles.example")),
        ({"webfinger": "acct:b.e-n@Handles.example"}, ("b.e-n", "handles.example")),
        ({"webfinger": "not a handle"}, ("ben", "peer.example")),
    ],
)
def test_the_handle_is_the_one_it_claims(claimed: dict[str, str], handle: tuple[str, str]) -> None:
    assert read_actor(actor(**claimed)).handle == handle


async def test_keys_of_others_are_not_its_own() -> None:
    pair = await new_key_pair()
    foreign = [
        {"id": "https://other.example/key", "owner": BEN, "publicKeyPem": pair.public},
        {"id": f"{BEN}#main-key", "owner": "https://peer.example/users/eve", "publicKeyPem": pair.public},
        {"id": f"{BEN}#main-key", "owner": BEN, "publicKeyPem": "nonsense"},
        "https://peer.example/key",
    ]
    assert read_actor(actor(publicKey=foreign)).keys == ()


@pytest.mark.parametrize(
    "lack",
    [{"id": None}, {"id": "acct:ben"}, {"type": "Note"}, {"type": None}, {"inbox": None}, {"preferredUsername": ""}],
)
def test_an_actor_that_lacks_what_it_needs_is_refused(lack: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_actor(actor(**lack))


def test_a_post_says_what_it_says() -> None:
    post = read_post(
        note(
            summary="food",
            contentMap={"de": "<p>Na</p>", "en-GB": "<p>Hi</p>"},
            inReplyTo={"id": "https://peer.example/0"},
            tag=[
                {"type": "Mention", "href": "https://marula.example/ap/users/7", "name": "@ann@marula.example"},
                {"type": "Hashtag", "name": "#Plum"},
                {"type": "Hashtag", "name": "#plum"},
                {"type": "Emoji", "name": ":bee:", "icon": {"url": "https://peer.example/bee.png"}},
            ],
            quoteUrl="https://peer.example/9",
            published="2026-01-02T03:04:05Z",
        )
    )
    assert (post.html, post.spoiler_text, post.sensitive, post.language) == ("<p>Hi</p>", "food", True, "en")
    assert (post.answers, post.quotes) == ("https://peer.example/0", "https://peer.example/9")
    assert post.mentions == (("https://marula.example/ap/users/7", "@ann@marula.example"),)
    assert (post.tags, post.emojis) == (("Plum",), (("bee", "https://peer.example/bee.png"),))
    assert post.published == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("to", "cc", "visibility"),
    [
        ([PUBLIC], [], Visibility.PUBLIC),
        ("as:Public", None, Visibility.PUBLIC),
        ([f"{BEN}/followers"], ["Public"], Visibility.UNLISTED),
        ([f"{BEN}/followers"], [], Visibility.PRIVATE),
        ([], f"{BEN}/followers", Visibility.PRIVATE),
        (["https://marula.example/ap/users/7"], [], Visibility.DIRECT),
        (None, None, Visibility.DIRECT),
        (["https://other.example/followers"], [], Visibility.DIRECT),
    ],
)
def test_a_post_reaches_as_far_as_it_is_addressed(to: Any, cc: Any, visibility: Visibility) -> None:
    assert read_post(note(to=to, cc=cc)).visibility(f"{BEN}/followers") is visibility


def test_a_question_has_options_and_an_end() -> None:
    options = [{"name": "yes", "replies": {"totalItems": 3}}, {"content": "no"}, {"name": ""}, "maybe"]
    asked = read_post(note(type="Question", anyOf=options, endTime="2026-03-01T00:00:00Z", votersCount=3)).asked
    assert asked is not None
    assert (asked.options, asked.tallies, asked.voters) == (("yes", "no"), (3, 0), 3)
    assert (asked.multiple, asked.closed, asked.ends_at) == (True, False, datetime(2026, 3, 1, tzinfo=UTC))


def test_a_video_is_its_own_attachment_with_its_title_and_page() -> None:
    video = note(
        type="Video",
        name="Bees & bears",
        content="A *film*\n\nof bees",
        mediaType="text/markdown",
        attributedTo=[{"type": "Group", "id": "https://peer.example/channel"}, {"type": "Person", "id": BEN}],
        url=[
            {"mediaType": "text/html", "href": "https://peer.example/w/1"},
            {"mediaType": "video/mp4", "href": "https://peer.example/1.mp4"},
        ],
        icon=[{"type": "Image", "url": "https://peer.example/1.jpg"}],
    )
    post = read_post(video)
    assert (post.author, post.url) == (BEN, "https://peer.example/w/1")
    assert "<strong>Bees &amp; bears</strong>" in post.html
    assert 'href="https://peer.example/w/1"' in post.html
    (film,) = post.attached
    assert (film.url, film.media, film.icon) == ("https://peer.example/1.mp4", "video", "https://peer.example/1.jpg")


def test_an_article_keeps_its_content_and_an_event_its_time_and_place() -> None:
    article = read_post(note(type="Article", name="Title", summary="Teaser", content="<p>Long</p>"))
    assert (article.spoiler_text, "<p>Long</p>" in article.html, "Title" in article.html) == ("", True, True)
    event = read_post(note(type="Event", startTime="2026-05-01T18:00:00Z", location={"name": "The mill"}))
    assert "📅 2026-05-01 18:00 (UTC)<br>📍 The mill" in event.html


def test_files_come_with_what_they_show() -> None:
    picture = {"type": "Document", "mediaType": "image/png", "url": "https://peer.example/a.png", "name": "A bee"}
    collapsed = read_post(note(attachment=picture)).attached
    assert [(one.media, one.description) for one in collapsed] == [("image", "A bee")]
    assert read_post(note(attachment=[{"type": "Link", "href": "https://x.example"}, 3, None])).attached == ()
    album = [picture | {"url": f"https://peer.example/{number}.png"} for number in range(30)]
    assert len(read_post(note(attachment=album)).attached) == 20
    assert len(read_post(note(attachment=[picture] * 30)).attached) == 1


@pytest.mark.parametrize("lack", [{"id": None}, {"attributedTo": None}, {"type": "Tombstone"}, {"attributedTo": [3]}])
def test_a_post_that_lacks_what_it_needs_is_refused(lack: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_post(note(**lack))


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b"\xff", b"{", b'{"a":' * 60 + b"1" + b"}" * 60, b"[" * 100_000])
def test_bytes_that_are_no_document_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        load(data)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/1", "https://A.example:443/2", True),
        ("https://a.example/1", "http://a.example/1", False),
        ("https://a.example/1", "https://b.a.example/1", False),
        ("https://a.example:8443/", "https://a.example/", False),
        (None, "https://a.example/", False),
    ],
)
def test_origins_are_compared_whole(one: str | None, other: str, same: bool) -> None:
    assert same_origin(one, other) is same


@pytest.mark.parametrize(
    "address", ["ftp://a.example", "https://", "javascript:x", "https://a b", 3, None, "https://[", []]
)
def test_what_is_no_web_address_is_none(address: Any) -> None:
    assert values.uri(address) is None


def test_times_are_read_in_all_their_spellings() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for written in (
        "2026-03-01T12:00:00Z",
        "2026-03-01T14:00:00+02:00",
        "2026-03-01T12:00:00+0000",
        "2026-03-01T12:00:00",
    ):
        assert values.moment(written) == noon
    for written in ("yesterday", "", None, 3, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"):
        assert values.moment(written) is None
    assert values.duration("PT1H2M3.5S") == timedelta(hours=1, minutes=2, seconds=3.5)
    assert values.duration("an hour") is None


def test_of_several_types_the_known_one_counts() -> None:
    assert kind_of({"type": ["Object", "Note"]}, ("Note",)) == "Note"
    assert kind_of({"@type": "https://www.w3.org/ns/activitystreams#Person"}) == "Person"
    assert kind_of({"type": 3}) == ""


NAMES = st.sampled_from(
    [
        "id",
        "type",
        "url",
        "href",
        "name",
        "content",
        "tag",
        "icon",
        "mediaType",
        "attachment",
        "replies",
        "totalItems",
        "oneOf",
        "endTime",
        "closed",
        "inbox",
        "publicKey",
        "contentMap",
        "attributedTo",
        "preferredUsername",
        "location",
        "startTime",
        "address",
        "timezone",
        "focalPoint",
        "duration",
        "width",
        "image",
        "interactionPolicy",
        "quote",
        "summary",
        "to",
        "cc",
        "published",
        "@value",
    ]
)
ANYTHING: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(
        [BEN, PUBLIC, "Note", "Person", "Question", "Emoji", "Mention", "Hashtag", "Document", "Link", "Image"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, ANYTHING, max_size=12))
def test_no_document_makes_the_reader_fail(document: dict[str, Any]) -> None:
    for whole in (
        actor(**document),
        note(**document),
        *(note(**document) | {"type": kind, "id": BEN} for kind in KINDS),
    ):
        for read in (read_actor, read_post):
            try:
                assert read(whole).uri
            except Unreadable:
                continue
