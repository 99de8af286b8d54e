"""Custom emoji of other servers: shown where their people use them, and only there."""

from typing import Any

import pytest

from marula.domain import boundaries
from marula.domain.boundaries import BlockDraft
from tests.faces.activitypub.inbox.sending import Sending
from tests.faces.activitypub.ingest.following import follow, home
from tests.faces.api.caller import Crowd
from tests.peer import Document, Somebody
from tests.world import World

pytestmark = pytest.mark.usefixtures("linked")


def bee(url: str = "https://files.example/bee.png", name: str = ":bee:") -> Document:
    return {"type": "Emoji", "name": name, "icon": {"type": "Image", "mediaType": "image/png", "url": url}}


def named(entity: dict[str, Any]) -> dict[str, str]:
    return {one["shortcode"]: one["url"] for one in entity["emojis"]}


async def test_a_post_shows_the_emoji_of_its_server(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    note = bob.note("<p>Look :bee: and :none:</p>", summary="A :wasp:", tag=[bee(), bee(name="wasp"), bee(name="::")])
    await sending.tell(bob, bob.activity("Create", note))
    (post,) = await home(ann)
    url = "https://files.example/bee.png"
    assert named(post) == {"bee": url, "wasp": url}
    assert await crowd.nobody.get("/api/v1/custom_emojis") == []
    mine = await ann.write("My own :bee:")
    assert mine["emojis"] == []


async def test_the_options_of_a_poll_show_them_too(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    options = [{"type": "Note", "name": name} for name in (":bee:", "none")]
    question = bob.note(type="Question", oneOf=options, tag=bee())
    await sending.tell(bob, bob.activity("Create", question))
    (post,) = await home(ann)
    assert (list(named(post)), list(named(post["poll"]))) == (["bee"], ["bee"])


async def test_a_name_and_a_profile_show_them(world: World, crowd: Crowd) -> None:
    ann = await crowd.join("ann")
    beta = world.internet.server("beta.example")
    cleo = beta.person(
        "cleo",
        name="Cleo :bee:",
        summary="<p>:wasp:</p>",
        attachment=[{"type": "PropertyValue", "name": ":fly:", "value": "yes"}],
        tag=[bee(), bee(name=":wasp:"), bee(name=":fly:"), {"type": "Hashtag", "name": "#x"}],
    )
    found = await ann.get("/api/v2/search", params={"q": f"@{cleo.handle}", "resolve": "true"})
    assert set(named(found["accounts"][0])) == {"bee", "wasp", "fly"}


async def test_another_picture_takes_the_place_of_the_first(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    await sending.tell(bob, bob.activity("Create", bob.note("<p>:bee:</p>", tag=bee())))
    (old,) = await home(ann)
    await sending.tell(bob, bob.activity("Create", bob.note("<p>:bee:</p>", tag=bee("https://files.example/2.png"))))
    new, before = await home(ann)
    assert (named(old)["bee"], named(new)["bee"]) == ("https://files.example/bee.png", "https://files.example/2.png")
    assert named(before) == named(new)


async def test_the_same_shortcode_of_two_servers_is_two_emoji(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    zoe = world.internet.server("zeta.example").person("zoe")
    await follow(sending, ann, zoe)
    await sending.tell(bob, bob.activity("Create", bob.note("<p>:bee:</p>", tag=bee())))
    await sending.tell(zoe, zoe.activity("Create", zoe.note("<p>:bee:</p>", tag=bee("https://zeta.example/b.png"))))
    of_zoe, of_bob = await home(ann)
    assert named(of_bob)["bee"] == "https://files.example/bee.png"
    assert named(of_zoe)["bee"] == "https://zeta.example/b.png"


async def test_a_reaction_brings_the_picture_of_its_emoji(crowd: Crowd, sending: Sending, bob: Somebody) -> None:
    ann = await crowd.join("ann")
    post = await ann.write("Hello")
    await sending.tell(bob, bob.activity("Like", post["uri"], content=":bee:", tag=[bee(), bee(name=":wasp:")]))
    seen = await ann.get(f"/api/v1/statuses/{post['id']}")
    assert seen["reactions"][0]["url"] == "https://files.example/bee.png"


async def test_a_server_whose_files_are_not_wanted_brings_no_emoji(
    world: World, crowd: Crowd, sending: Sending, bob: Somebody
) -> None:
    ann = await crowd.join("ann")
    await follow(sending, ann, bob)
    async with world.ctx.db.transaction() as tx:
        await boundaries.block(tx, BlockDraft(domain="beta.example", severity="noop", reject_media=True))
    await sending.tell(bob, bob.activity("Create", bob.note("<p>:bee:</p>", tag=bee())))
    (post,) = await home(ann)
    assert post["emojis"] == []
    assert await world.rows("select from custom_emojis") == []
