"""Posts in another language.

Spec: Mastodon documentation, methods/statuses#translate and methods/instance#translation_languages
"""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from marula.base import imaging
from tests.domain.media.sending import send_picture
from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.translators import FakeLibreTranslate, libre_translate
from tests.world import make_world


@pytest.fixture
async def service() -> AsyncGenerator[FakeLibreTranslate, None]:
    async with libre_translate() as made:
        yield made


@pytest.fixture
async def there(database: str, tmp_path: Path, service: FakeLibreTranslate) -> AsyncGenerator[Crowd, None]:
    """A server whose operator chose a service."""
    settings = {"LIBRE_TRANSLATE_ENDPOINT": service.url, "LIBRE_TRANSLATE_API_KEY": "k"}
    async with make_world(database, tmp_path, **settings) as world, crowd_in(world) as made:
        yield made


async def translate(who: Caller, post: dict[str, Any], lang: str | None = "de", *, expect: int = 200) -> Any:
    return await who.post(f"/api/v1/statuses/{post['id']}/translate", {"lang": lang} if lang else {}, expect=expect)


async def test_all_texts_of_a_post_are_translated(there: Crowd, service: FakeLibreTranslate) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    poll = {"options": ["red & blue", "green"], "expires_in": 600}
    post = await ann.write("which #Colour?", spoiler_text="a question", language="en", poll=poll)
    made = await translate(bob, post)
    assert 'href="https://marula.example/tags/colour"' in made.pop("content")
    assert made == {
        "spoiler_text": "A QUESTION",
        "language": "de",
        "poll": {"id": post["poll"]["id"], "options": [{"title": "RED & BLUE"}, {"title": "GREEN"}]},
        "media_attachments": [],
        "detected_source_language": "en",
        "provider": "LibreTranslate",
    }
    assert service.keys == ["k"]


async def test_what_files_show_is_translated_too(there: Crowd) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    named, nameless = await send_picture(ann, description="a field & a cow"), await send_picture(ann)
    poll = {"options": ["red", "green"], "expires_in": 600}
    asked = {"language": "en", "poll": poll, "media_ids": [nameless, named]}
    post = await ann.write("look", **asked)
    made = await translate(bob, post)
    assert made["media_attachments"] == [{"id": named, "description": "A FIELD & A COW"}]
    assert [one["title"] for one in made["poll"]["options"]] == ["RED", "GREEN"]
    await imaging.stop()


async def test_a_post_is_translated_once_for_all_until_it_is_edited(there: Crowd, service: FakeLibreTranslate) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    post = await ann.write("hello", language="en")
    service.delay = 0.05
    await asyncio.gather(translate(ann, post), translate(bob, post))
    await translate(bob, post)
    assert len(service.asked) == 1
    await translate(bob, post, "pt")
    await ann.call("PUT", f"/api/v1/statuses/{post['id']}", json={"status": "good bye", "language": "en"})
    assert (await translate(bob, post))["content"] == "<p>GOOD BYE</p>"
    assert len(service.asked) == 3
    assert service.listings == 1
    there.world.clock.advance(timedelta(days=1, seconds=1))
    await translate(bob, post)
    assert (len(service.asked), service.listings) == (4, 2)


async def test_without_a_language_it_is_that_of_the_reader(there: Crowd) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    post = await ann.write("hello", language="en")
    async with there.world.ctx.db.transaction() as tx:
        await tx.run("update users set locale = 'pt-BR' where account_id = $1", bob.account)
    assert (await translate(bob, post, None))["language"] == "pt"
    await translate(ann, post, None, expect=403)


async def test_a_boost_stands_for_what_it_boosts(there: Crowd) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    post = await ann.write("hello", language="en")
    boost = await bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    assert (await translate(ann, boost))["content"] == "<p>HELLO</p>"


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_not_all_may_see_goes_to_no_service(
    there: Crowd, service: FakeLibreTranslate, visibility: str
) -> None:
    ann, bob = await there.join("ann"), await there.join("bob")
    post = await ann.write("hello @ann", language="en", visibility=visibility)
    assert (await translate(ann, post, expect=403))["error"] == "This action is not allowed"
    await translate(bob, post, expect=404)
    assert service.asked == []


async def test_languages_that_are_not_on_offer_are_refused(there: Crowd, service: FakeLibreTranslate) -> None:
    ann = await there.join("ann")
    post = await ann.write("hello", language="en")
    for lang in ("en", "en-GB", "xx", "🦜", "de" * 500):
        await translate(ann, post, lang, expect=403)
    await translate(ann, await ann.write("bonjour", language="fr"), expect=403)
    assert service.asked == []


@pytest.mark.parametrize(("status", "body"), [(429, None), (500, None), (200, "garbage")])
async def test_a_service_that_fails_is_said_to_and_asked_again(
    there: Crowd, service: FakeLibreTranslate, status: int, body: str | None
) -> None:
    ann = await there.join("ann")
    post = await ann.write("hello", language="en")
    service.status, service.body = status, body
    told = await translate(ann, post, expect=503)
    assert "127.0.0.1" not in told["error"]
    await there.nobody.get("/api/v1/instance/translation_languages", expect=503)
    service.status, service.body = 200, None
    assert (await translate(ann, post))["content"] == "<p>HELLO</p>"


async def test_it_needs_a_reader(there: Crowd) -> None:
    ann, deaf = await there.join("ann"), await there.join("deaf", scopes="write")
    post = await ann.write("hello", language="en")
    await translate(there.nobody, post, expect=401)
    await translate(deaf, post, expect=403)
    await translate(ann, {"id": "1"}, expect=404)
    await translate(ann, {"id": "nonsense"}, expect=404)


async def test_the_server_says_what_it_can(there: Crowd) -> None:
    assert (await there.nobody.get("/api/v2/instance"))["configuration"]["translation"] == {"enabled": True}
    pairs = await there.nobody.get("/api/v1/instance/translation_languages")
    assert pairs["en"] == ["de", "pt", "zh-Hans"]
    assert pairs["und"] == ["de", "en", "pt", "zh-Hans"]


async def test_nothing_is_translated_where_no_service_is_chosen(crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    await translate(ann, await ann.write("hello", language="en"), expect=404)
    assert (await crowd.nobody.get("/api/v2/instance"))["configuration"]["translation"] == {"enabled": False}
    assert await crowd.nobody.get("/api/v1/instance/translation_languages") == {}
