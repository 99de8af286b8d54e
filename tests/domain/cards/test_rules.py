"""Which link has a card, and what a page says of itself."""

from datetime import UTC, datetime, timedelta

import pytest

from marula.domain.cards import rules
from marula.domain.cards.markup import markup
from marula.domain.cards.oembed import embed, same_site
from marula.domain.cards.types import Card, Linking

PAGE = "https://news.example/a/story"
HOME = frozenset(("marula.example",))


def linking(html: str, *others: str, bare: bool = True) -> Linking:
    return Linking(html=html, local=False, bare=bare, others=frozenset(others))


def card(html: str, url: str = PAGE) -> Card:
    found = rules.card(url, markup(html), None)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<a href="https://a.example/x?a=1&amp;b=2#part">x</a>', "https://a.example/x?a=1&b=2"),
        (
            '<a href="https://b.example/@ann" class="u-url mention">@ann</a> <a href="https://a.example">x</a>',
            "https://a.example",
        ),
        ('<a href="https://b.example/tags/a" class="mention hashtag" rel="tag">#a</a>', None),
        ('<a href="https://b.example/tags/a" rel="tag nofollow">#a</a>', None),
        (
            '<p class="quote-inline">RE: <a href="https://b.example/1">1</a></p><a href="https://a.example/">x</a>',
            "https://a.example/",
        ),
        ('<a href="https://marula.example/about">we</a>', None),
        ('<a href="https://c.example/users/ann">ann</a><a href="http://a.example/">x</a>', "http://a.example/"),
        (
            '<a href="gopher://a.example/">x</a><a href="https://ann:pw@a.example/">x</a><a href="https://localhost/">y</a>',
            None,
        ),
        ('<a href="https://a.example/\u202egpj.exe">x</a>', None),
        (f'<a href="https://a.example/{"x" * 3000}">x</a>', None),
        ("", None),
    ],
)
def test_the_first_link_to_a_page_of_others_counts(html: str, url: str | None) -> None:
    assert rules.first_link(linking(html, "https://c.example/users/ann"), home=HOME) == url


def test_a_post_with_files_or_a_quote_has_no_card() -> None:
    assert rules.first_link(linking('<a href="https://a.example">x</a>', bare=False), home=HOME) is None


def test_opengraph_counts_before_the_plain_title() -> None:
    found = card(
        '<title>Plain</title><meta property="og:title" content="Open"><meta name="description" content="Words">'
    )
    assert (found.title, found.description) == ("Open", "Words")
    assert card("<title> Pl\n ain &eacute;</title>").title == "Pl ain é"


def test_twitter_cards_are_read_where_opengraph_is_silent() -> None:
    found = card(
        '<meta name="twitter:title" content="T"><meta name="twitter:description" content="D">'
        '<meta name="twitter:image" content="/i.png"><meta name="twitter:image:alt" content="A tree">'
        '<meta name="twitter:player" content="https://news.example/player">'
    )
    assert (found.title, found.description, found.image_description) == ("T", "D", "A tree")
    assert (found.image, found.embed_url) == ("https://news.example/i.png", "https://news.example/player")


def test_json_ld_tells_of_author_publisher_and_date() -> None:
    found = card(
        """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "Organization", "name": "No"},
        {"@type": ["NewsArticle"], "headline": "From &quot;data&quot;", "datePublished": "2026-02-03T04:05:06Z",
         "author": [{"@type": "Person", "name": "Ann", "url": "/ann"}, {"name": "Ben"}], "inLanguage": "fr-FR",
         "publisher": {"name": "The Paper"}, "image": [{"url": "/big.jpg"}], "description": "Said"}]}</script>"""
    )
    assert (found.title, found.description) == ('From "data"', "Said")
    assert (found.author_name, found.author_url) == ("Ann, Ben", "https://news.example/ann")
    assert (found.provider_name, found.language) == ("The Paper", "fr")
    assert found.image == "https://news.example/big.jpg"
    assert found.published_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"@graph":' * 50_000, "null", "3", '{"@type": 3}', '"\\ud800"']
)
def test_json_ld_that_cannot_be_read_is_passed_over(script: str) -> None:
    found = card(f'<title>Still</title><script type="application/ld+json">{script}</script>')
    assert found.title == "Still"


def test_only_the_own_host_is_believed_for_the_own_address() -> None:
    assert card('<title>x</title><link rel="canonical" href="/short">').url == "https://news.example/short"
    assert card('<title>x</title><link rel="canonical" href="https://bank.example/">').url == PAGE
    assert card('<title>x</title><meta property="og:url" content="https://bank.example/">').url == PAGE


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:image/png;base64,x", "file:///etc/passwd", "//[", "mailto:a@b.c"]
)
def test_addresses_that_are_not_of_the_web_are_left_out(address: str) -> None:
    found = card(
        f'<title>x</title><meta property="og:image" content="{address}">'
        f'<meta name="twitter:player" content="{address}">'
        f'<meta property="article:author" content="{address}">'
        f'<link rel="canonical" href="{address}">'
    )
    assert (found.image, found.embed_url, found.author_url, found.url) == (None, "", "", PAGE)


def test_letters_that_deceive_or_are_not_seen_are_left_out() -> None:
    found = card("<title>safe\u202egpj.exe\u200b\u2066 \x01\ufeff title</title>")
    assert found.title == "safegpj.exe title"


def test_joiners_stay_where_scripts_and_emoji_need_them() -> None:
    assert card("<title>می\u200cخواهم 👩\u200d🌾</title>").title == "می\u200cخواهم 👩\u200d🌾"


def test_texts_that_are_too_long_are_cut() -> None:
    found = card(
        f'<title>{"x" * 200_000}</title><meta name="description" content="{"y" * 200_000}">'
        f'<meta name="author" content="{"z" * 5000}">'
    )
    assert (len(found.title), len(found.description), len(found.author_name)) == (300, 1500, 200)


def test_a_page_without_a_title_has_no_card() -> None:
    assert rules.card(PAGE, markup("<p>Only text <meta name='description' content='x'>"), None) is None
    assert rules.card(PAGE, markup("<title>\u200b \u202e</title>"), None) is None


def test_what_stands_in_comments_and_scripts_is_not_meant() -> None:
    found = card(
        "<!-- <title>No</title> -->"
        "<script>var a = '<title>Neither</title><meta property=\"og:title\" content=x>'</script>"
        "<style><title>Nor</title></style><title>Yes</title>"
    )
    assert found.title == "Yes"


@pytest.mark.parametrize(
    "part",
    [
        "<div>",
        "<!--",
        "<a ",
        '<a b="',
        "<![",
        "</",
        "<?",
        "&",
        "&a",
        "&amp;",
        "<b><p>",
        "<script>",
        "<template>",
        "<svg><title>",
        '<meta property="og:image" content="',
        "<title>",
        "<table><b>",
        '<font color="x"><p>',
    ],
)
def test_pages_that_are_made_to_be_slow_are_not(part: str) -> None:
    before = datetime.now(UTC)
    markup("<title>t</title>" + part * (1024 * 1024 // len(part)))
    assert datetime.now(UTC) - before < timedelta(seconds=5)


def test_a_handle_of_the_author_is_read() -> None:
    assert (
        card('<title>x</title><meta name="fediverse:creator" content="@Ann@Beta.Example">').creator
        == "Ann@beta.example"
    )
    assert card('<title>x</title><meta name="fediverse:creator" content="ann">').creator == ""


def test_a_page_may_be_named_by_its_domain_and_those_above() -> None:
    assert rules.domains("https://blog.ann.example/x") == ["blog.ann.example", "ann.example"]


def test_a_page_that_fails_is_left_alone_longer_each_time() -> None:
    pauses = [rules.pause(failures) for failures in range(1, 6)]
    assert pauses[0] == timedelta(minutes=10)
    assert pauses == sorted(pauses)
    assert rules.pause(100) == rules.STALE


VIDEO = b"""{"type":"video","version":"1.0","title":"A film","author_name":"Ann","width":640,"height":"360",
"html":"<script>alert(1)</script><iframe src=\\"https://player.tube.example/1\\" onload=\\"x\\"></iframe>"}"""


def test_a_film_is_shown_in_a_frame_of_the_same_site() -> None:
    found = embed(VIDEO, "https://www.tube.example/watch")
    shown = rules.card("https://www.tube.example/watch", markup("<title>x</title>"), found)
    assert shown is not None
    assert (shown.kind, shown.title, shown.width, shown.height) == ("video", "A film", 640, 360)
    assert shown.html.startswith('<iframe src="https://player.tube.example/1" width="640" height="360" ')
    assert "onload" not in shown.html
    assert "script>" not in shown.html


@pytest.mark.parametrize(
    "source", ["https://evil.example/1", "javascript:alert(1)", "http://tube.example/1", "data:text/html,x", ""]
)
def test_a_film_in_any_other_frame_is_a_link(source: str) -> None:
    found = embed(VIDEO.replace(b"https://player.tube.example/1", source.encode()), "https://tube.example/watch")
    assert found is not None
    assert found.kind == "link"


def test_a_photo_is_its_own_picture() -> None:
    found = embed(b'{"type":"photo","version":"1.0","url":"/p.jpg","width":10,"height":-5}', PAGE)
    shown = rules.card(PAGE, markup("<title>x</title>"), found)
    assert shown is not None
    assert (shown.kind, shown.title, shown.image, shown.width, shown.height) == (
        "photo",
        "x",
        "https://news.example/p.jpg",
        10,
        0,
    )


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'{"version":"2.0"}', b"\xff"])
def test_an_answer_that_is_none_is_none(body: bytes) -> None:
    assert embed(body, PAGE) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/", "https://www.a.example/", True),
        ("https://w.a.example/", "https://player.a.example/", True),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://10.0.0.1/", "https://9.0.0.1/", False),
        ("https:///", "https:///", False),
    ],
)
def test_what_one_site_is(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
