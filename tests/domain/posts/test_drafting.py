"""From what is asked to what is written."""

from datetime import timedelta
from typing import Any

import pytest

from marula.base.kernel.errors import Invalid
from marula.domain import posts
from marula.domain.posts import Asked, Draft, PollAsked
from tests.domain.posts.writing import person
from tests.world import World

OPTIONS = ("yes", "no")


async def drafted(world: World, text: str = "", **asked: Any) -> Draft:
    ann = await person(world, "ann")
    async with world.ctx.db.reading() as db:
        return await posts.draft(world.ctx, db, ann, Asked(text=text, **asked))


async def test_names_that_are_known_become_mentions_and_links(world: World) -> None:
    ben = await person(world, "ben")
    draft = await drafted(world, "@ben @BEN@marula.example @nobody @ben@far.example hello")
    assert [mention.account_id for mention in draft.mentions] == [ben]
    assert draft.html.count('href="https://marula.example/@ben"') == 2
    assert "@nobody" in draft.html


async def test_hashtags_become_links_and_are_kept_as_first_written(world: World) -> None:
    draft = await drafted(world, "#Trees and #trees and #Ümlaut")
    assert dict(draft.tags) == {"trees": "Trees", "umlaut": "Ümlaut"}
    assert draft.html.count('href="https://marula.example/tags/') == 3


async def test_what_is_written_is_text_and_never_html(world: World) -> None:
    assert "<script>" not in (await drafted(world, "<script>alert(1)</script>")).html


async def test_a_warning_makes_a_post_sensitive(world: World) -> None:
    draft = await drafted(world, "text", spoiler_text=" careful ")
    assert (draft.spoiler_text, draft.sensitive) == ("careful", True)


async def test_a_warning_alone_is_a_post(world: World) -> None:
    draft = await drafted(world, " ", spoiler_text="careful")
    assert (draft.text, draft.spoiler_text) == (".", "careful")


@pytest.mark.parametrize("text", ["", " \n ", "a" * 501])
async def test_a_text_must_say_something_and_not_too_much(world: World, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        await drafted(world, text)
    assert caught.value.problems[0].field == "text"


@pytest.mark.parametrize("text", ["a" * 500, "a" * 476 + " https://example.org/" + "b" * 300, "\U0001f333" * 500])
async def test_500_characters_fit_and_an_address_counts_as_23(world: World, text: str) -> None:
    assert (await drafted(world, text)).text == text


async def test_the_warning_counts_too(world: World) -> None:
    with pytest.raises(Invalid):
        await drafted(world, "a" * 490, spoiler_text="b" * 11)


@pytest.mark.parametrize(("code", "kept"), [("en", "en"), ("", None), (None, None)])
async def test_a_language_is_kept(world: World, code: str | None, kept: str | None) -> None:
    assert (await drafted(world, "a", language=code)).language == kept


async def test_a_language_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="included in the list"):
        await drafted(world, "a", language="klingonish")


@pytest.mark.parametrize(
    "poll",
    [
        PollAsked(options=(), expires_in=600),
        PollAsked(options=("one",), expires_in=600),
        PollAsked(options=("one", " "), expires_in=600),
        PollAsked(options=("one", "one "), expires_in=600),
        PollAsked(options=("1", "2", "3", "4", "5"), expires_in=600),
        PollAsked(options=("one", "b" * 51), expires_in=600),
        PollAsked(options=OPTIONS),
        PollAsked(options=OPTIONS, expires_in=299),
        PollAsked(options=OPTIONS, expires_in=2_629_747),
    ],
)
async def test_a_poll_that_cannot_be_is_refused(world: World, poll: PollAsked) -> None:
    with pytest.raises(Invalid) as caught:
        await drafted(world, "a", poll=poll)
    assert caught.value.problems[0].field == "poll"


@pytest.mark.parametrize("seconds", [300, 2_629_746])
async def test_a_poll_runs_from_five_minutes_to_a_month(world: World, seconds: int) -> None:
    draft = await drafted(world, "a", poll=PollAsked(options=("b" * 50, "no"), expires_in=seconds))
    assert draft.poll is not None
    assert draft.poll.expires_in == timedelta(seconds=seconds)
