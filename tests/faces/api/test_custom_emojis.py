"""Our own emoji, as clients and other servers see them."""

from pathlib import Path
from typing import Any

from marula.domain import emoji
from marula.domain.emoji import Changes
from tests.base.imaging.samples import moving
from tests.faces.api.caller import Crowd

PATH = "/api/v1/custom_emojis"


async def make(crowd: Crowd, folder: Path, name: str = "wave", **options: Any) -> None:
    """Add an emoji that moves."""
    (folder / "a.gif").write_bytes(moving("GIF"))
    picture = await emoji.make(crowd.world.ctx, folder / "a.gif")
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.add(tx, name, picture, **options)


async def test_an_emoji_is_offered_and_shown_where_it_is_used(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    before = await ann.write("hello :wave:")
    assert before["emojis"] == []
    await make(crowd, tmp_path, category="hands")
    [offered] = await crowd.nobody.get(PATH)
    assert (offered["shortcode"], offered["category"], offered["visible_in_picker"]) == ("wave", "hands", True)
    assert offered["url"].startswith("https://marula.example/media/")
    assert offered["url"].endswith(".gif")
    assert offered["static_url"].endswith(".png")
    shown = await crowd.nobody.get(f"/api/v1/statuses/{before['id']}")
    assert shown["emojis"] == [offered]
    await ann.call("PATCH", "/api/v1/profile", json={"display_name": "Ann :wave:"})
    assert (await crowd.nobody.get(f"/api/v1/accounts/{ann.account}"))["emojis"] == [offered]


async def test_one_that_is_switched_off_is_shown_nowhere(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    await make(crowd, tmp_path)
    post = await ann.write("hello :wave:")
    assert len(post["emojis"]) == 1
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.change(tx, "wave", Changes(disabled=True))
    assert await crowd.nobody.get(PATH) == []
    assert (await crowd.nobody.get(f"/api/v1/statuses/{post['id']}"))["emojis"] == []


async def test_reactions_show_the_picture_that_is_kept(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    await make(crowd, tmp_path)
    post = await ann.write("hello")
    await ann.call("PUT", f"/api/v1/pleroma/statuses/{post['id']}/reactions/wave", expect=None)
    [offered] = await crowd.nobody.get(PATH)
    [reaction] = (await ann.get(f"/api/v1/statuses/{post['id']}"))["reactions"]
    assert (reaction["url"], reaction["static_url"]) == (offered["url"], offered["static_url"])


async def test_other_servers_are_told_of_it(crowd: Crowd, tmp_path: Path) -> None:
    ann = await crowd.join("ann")
    await make(crowd, tmp_path)
    post = await ann.write("hello :wave:")
    [offered] = await crowd.nobody.get(PATH)
    accept = {"accept": "application/activity+json"}
    note = await crowd.nobody.get(f"/ap/users/{ann.account}/statuses/{post['id']}", headers=accept)
    [tag] = [one for one in note["tag"] if one["type"] == "Emoji"]
    assert (tag["name"], tag["icon"]["url"], tag["icon"]["mediaType"]) == (":wave:", offered["url"], "image/gif")
    alone = await crowd.nobody.get(tag["id"].removeprefix("https://marula.example"), headers=accept)
    assert {name: alone[name] for name in tag} == tag
    assert len(await crowd.world.facts("EmojiAdded")) == 1


async def test_an_emoji_gone_takes_its_picture_with_it(crowd: Crowd, tmp_path: Path) -> None:
    await make(crowd, tmp_path)
    async with crowd.world.ctx.db.transaction() as tx:
        await emoji.remove(tx, "wave")
    assert await crowd.nobody.get(PATH) == []
    [row] = await crowd.world.rows("select count(*) as loose from blobs where loose_at is null")
    assert row["loose"] == 0
