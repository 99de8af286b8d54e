"""Every page renders, is sound HTML, can be read aloud, and needs nothing that the Content-Security-Policy refuses."""

from pathlib import Path

import pytest

from tests.faces.pages import preview, reading, samples


@pytest.mark.parametrize("name", samples.PAGES)
def test_a_page_is_sound(name: str) -> None:
    assert reading.faults(render(name)) == []


def test_every_template_has_a_sample() -> None:
    written = {path.name for path in (preview.PAGES / "templates").glob("[!_]*.html")} - {"layout.html", "app.html"}
    assert written == {template for template, _ in samples.PAGES.values()}


def test_names_that_others_chose_stay_text() -> None:
    assert "toot &lt;script&gt;" in render("authorize-oob")


def test_a_password_is_never_sent_back() -> None:
    refused = samples.REFUSED | {"values": {"password": "hunter2 hunter2", "username": "ann"}}
    context = samples.everywhere(refused | {"rules": []})
    html = preview.environment().get_template("sign_up.html").render(context)
    assert 'value="ann"' in html
    assert "hunter2" not in html


def test_an_error_is_tied_to_its_field() -> None:
    inputs = {given.get("id"): given for tag, given in reading.Page(render("sign-up-refused")).tags if tag == "input"}
    assert inputs["username"]["aria-invalid"] == "true"
    assert inputs["username"]["aria-describedby"].split() == ["username-suffix", "username-help", "username-wrong"]


def test_answers_step_in_with_their_depth() -> None:
    depths = [
        given["class"] for tag, given in reading.Page(render("post")).tags if tag == "li" and "depth" in str(given)
    ]
    assert depths == [f"depth-{depth}" for depth in (1, 2, 3, 4, 4, 1, 1)]


def test_sensitive_media_waits_behind_a_word() -> None:
    html = render("home")
    assert html.index("Sensitive media") < html.index("A stitched thumb")


def test_whoever_asks_not_to_be_indexed_is_not() -> None:
    assert '<meta name="robots" content="noindex">' in render("profile-plain")
    assert "noindex" not in render("profile")


def test_the_preview_writes_all_pages(tmp_path: Path) -> None:
    preview.write(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.html")} == set(samples.PAGES)
    assert (tmp_path / "static" / "tokens.css").exists()


def test_the_reader_finds_faults() -> None:
    """The checks above mean something: a bad page is told so."""
    bad = '<html><body style="x"><img src="https://other.example/a.png"><form method="post"></form></p>'
    found = reading.faults(bad)
    assert {"no title", "0 h1", "a POST form without its CSRF token", "<body style> is inline"} <= set(found)
    assert any("loads https://other.example" in fault for fault in found)


def render(name: str) -> str:
    template, context = samples.PAGES[name]
    return preview.environment().get_template(template).render(samples.everywhere(context))
