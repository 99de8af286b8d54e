"""The texts of posts of other servers that are no notes: what can be read without going there."""

from typing import Any

import pytest

from marula.faces.activitypub.reading import read_post

BEN = "https://peer.example/users/ben"
HOME = "https://peer.example"
END = f'<p><a href="{HOME}/1" target="_blank" rel="nofollow noopener">{HOME}/1</a></p>'


def html(kind: str, **more: Any) -> str:
    """How such a post is shown, without the link to it that ends it."""
    found = read_post({"id": f"{HOME}/1", "type": kind, "attributedTo": BEN} | more).html
    if kind == "Note":
        return found
    assert found.endswith(END)
    return found.removesuffix(END)


def test_an_article_has_its_title_its_abstract_and_its_text() -> None:
    whole = html("Article", name="Bees", summary="Of honey.", content="<h2>One</h2><p>Long</p><script>x</script>")
    assert whole == "<p><strong>Bees</strong></p><p>Of honey.</p><p><strong>One</strong></p><p>Long</p>"


@pytest.mark.parametrize("abstract", ["Long ago and far aw…", "<p>Long ago</p>", "Bees", "", None, " "])
def test_an_abstract_that_the_text_begins_with_is_not_said_twice(abstract: Any) -> None:
    whole = html("Article", name="Bees", summary=abstract, content="<p>Long  ago and far away</p>")
    assert whole == "<p><strong>Bees</strong></p><p>Long  ago and far away</p>"


def test_words_without_tags_keep_their_lines() -> None:
    assert html("Page", name="P", content="One\ntwo\n\n\nthree") == (
        "<p><strong>P</strong></p><p>One<br>two</p><p>three</p>"
    )
    assert html("Note", content="a < b\nc", mediaType="text/plain") == "<p>a &lt; b<br>c</p>"


def test_markdown_has_lines_and_links() -> None:
    text = f"Some *text*\r\nat {HOME}/a_b_c. And [this]({HOME}/d), `{HOME}/e`\n\n<b>tags</b>"
    shown = html("Video", name="V", mediaType="text/markdown", content=text)
    assert f'<em>text</em><br>\nat <a href="{HOME}/a_b_c"' in shown
    assert f'>{HOME}/a_b_c</a>. And <a href="{HOME}/d"' in shown
    assert f"<code>{HOME}/e</code>" in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        ({"startTime": "2026-05-01T18:00:00Z"}, "2026-05-01 18:00 (UTC)"),
        (
            {"startTime": "2026-05-01T18:00:00+02:00", "endTime": "2026-05-01T20:00:00+02:00"},
            "2026-05-01 18:00 – 20:00 (UTC+02:00)",
        ),
        (
            {
                "startTime": "2026-12-31T23:00:00+01:00",
                "endTime": "2027-01-01T04:00:00+01:00",
                "timezone": "Asia/Tokyo",
            },
            "2027-01-01 07:00 – 12:00 (Asia/Tokyo)",
        ),
        (
            {"startTime": "2026-12-31T23:00:00Z", "endTime": "2027-01-01T04:00:00Z", "timezone": "Nowhere/At all"},
            "2026-12-31 23:00 – 2027-01-01 04:00 (UTC)",
        ),
        ({"startTime": "2026-05-01T18:00:00Z", "endTime": "2026-05-01T17:00:00Z"}, "2026-05-01 18:00 (UTC)"),
    ],
)
def test_an_event_says_when_it_is(times: dict[str, str], shown: str) -> None:
    assert html("Event", **times) == f"<p>📅 {shown}</p>"


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("The mill", "📍 The mill"),
        ({"type": "Place", "name": "The <b>mill"}, "📍 The mill"),
        (
            {
                "name": "The mill",
                "address": {
                    "streetAddress": " ",
                    "postalCode": "8010",
                    "addressLocality": "Graz",
                    "addressCountry": "Austria",
                },
            },
            "📍 The mill, 8010 Graz, Austria",
        ),
        ({"name": "The mill", "address": "Mill Street 1"}, "📍 The mill, Mill Street 1"),
        (
            [{"name": "A"}, {"type": "VirtualLocation", "name": "Room", "url": "https://meet.example/1"}],
            '📍 A<br>🔗 <a href="https://meet.example/1" target="_blank" rel="nofollow noopener">Room</a>',
        ),
    ],
)
def test_an_event_says_where_it_is(location: Any, shown: str) -> None:
    assert html("Event", location=location) == f"<p>{shown}</p>"


@pytest.mark.parametrize("nowhere", [None, [], {}, "", " ", 3, [None, 3], {"name": []}, {"address": [1]}])
def test_an_event_without_place_and_time_has_no_such_lines(nowhere: Any) -> None:
    assert "📅" not in html("Event", name="E", location=nowhere, startTime=nowhere)


def test_a_page_leads_to_what_it_is_about() -> None:
    lemmy = html("Page", name="P", attachment=[{"type": "Link", "href": "https://news.example/1"}])
    assert lemmy.endswith(
        'href="https://news.example/1" target="_blank" rel="nofollow noopener">https://news.example/1</a></p>'
    )
    lotide = read_post({"id": f"{HOME}/1", "type": "Page", "attributedTo": BEN, "url": "https://news.example/1"})
    assert (lotide.url, 'href="https://news.example/1"' in lotide.html) == (None, True)
    shown = html("Page", name="P", attachment=[{"type": "Link", "href": "https://news.example/1.jpg"}])
    assert shown == "<p><strong>P</strong></p>"


def test_what_begins_a_thread_of_a_forum_has_its_title() -> None:
    title = "<p><strong>Bees?</strong></p>"
    assert html("Note", name="Bees?", content="<p>Hi</p>") == f"{title}<p>Hi</p>"
    assert html("Note", name="Bees?", content="<p>Hi</p>", inReplyTo=f"{HOME}/0") == "<p>Hi</p>"
    assert html("Note", name="Bees?", content="<p>Bees? Hi</p>") == "<p>Bees? Hi</p>"


def test_who_made_it_comes_before_the_channel_and_the_group() -> None:
    channel, group = {"type": "Group", "id": f"{HOME}/channel"}, f"{HOME}/group"
    video = read_post({"id": f"{HOME}/1", "type": "Video", "attributedTo": [channel, {"type": "Person", "id": BEN}]})
    assert video.authors == (BEN, f"{HOME}/channel")
    event = read_post({"id": f"{HOME}/1", "type": "Event", "attributedTo": group, "actor": BEN})
    assert event.authors == (BEN, group)


@pytest.mark.parametrize(
    "given",
    [
        {"quote": f"{HOME}/2"},
        {"quote": {"id": f"{HOME}/2", "type": "Note"}},
        {"_misskey_quote": f"{HOME}/2"},
        {"quoteUrl": [f"{HOME}/2"]},
        {"quote": "To be or not to be", "quoteUri": f"{HOME}/2"},
        {"tag": {"type": "Link", "href": f"{HOME}/2", "rel": ["https://misskey-hub.net/ns#_misskey_quote"]}},
        {"tag": [{"type": "Link", "href": f"{HOME}/2", "rel": "https://w3id.org/fep/044f#quote"}]},
        {"tag": {"type": "Link", "href": f"{HOME}/2", "name": "RE: it", "mediaType": "application/activity+json"}},
    ],
)
def test_a_quote_is_found_in_every_form(given: dict[str, Any]) -> None:
    assert read_post({"id": f"{HOME}/1", "type": "Note", "attributedTo": BEN} | given).quotes == f"{HOME}/2"


def test_a_link_to_a_post_is_no_quote() -> None:
    link = {"type": "Link", "href": f"{HOME}/2", "name": "it", "mediaType": "application/activity+json"}
    assert read_post({"id": f"{HOME}/1", "type": "Note", "attributedTo": BEN, "tag": link}).quotes is None
