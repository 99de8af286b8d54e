"""What visitors and members see: profiles, posts, files, and the pages of those who run the server."""

from collections.abc import AsyncIterator

import httpx
import pytest

from marula.base.files import Room
from marula.base.kernel.ids import AccountId, PostId
from marula.domain import posts, relationships, users
from marula.domain.posts import Asked, Visibility
from marula.domain.users import User
from tests.domain.users.people import PASSWORD
from tests.faces.pages.browser import Browser, allow_sign_up, browsing, form_token, member, words
from tests.world import World


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Browser]:
    async with browsing(world) as made:
        yield made


async def write(world: World, who: User, text: str, visibility: Visibility = Visibility.PUBLIC) -> PostId:
    async with world.ctx.db.transaction() as tx:
        draft = await posts.draft(world.ctx, tx, who.account_id, Asked(text=text, visibility=visibility))
        made = await posts.publish(tx, who.account_id, draft)
    await world.settle()
    return made


async def follow(world: World, who: AccountId, whom: AccountId) -> None:
    async with world.ctx.db.transaction() as tx:
        await relationships.follow(tx, who, whom)
    await world.settle()


async def test_everybody_sees_a_profile_with_its_public_posts(world: World, visitor: Browser) -> None:
    ann = await member(world)
    for visibility in Visibility:
        await write(world, ann, f"this is {visibility.name}", visibility)
    for path in ("/@ann", "/@ANN", "/@ann@marula.example"):
        shown = await visitor.get(path)
        assert shown.status_code == 200
        assert "this is PUBLIC" in shown.text
        assert "this is UNLISTED" in shown.text
        assert all(f"this is {secret}" not in shown.text for secret in ("PRIVATE", "DIRECT", "LIMITED"))


async def test_a_long_profile_has_older_pages(world: World, visitor: Browser) -> None:
    ann = await member(world)
    made = [await write(world, ann, f"number {number:03}") for number in range(21)]
    assert "number 000" not in (await visitor.get("/@ann")).text
    older = await visitor.get(f"/@ann?max_id={made[1]}")
    assert "number 000" in older.text
    assert "number 001" not in older.text


async def test_what_a_person_writes_cannot_break_a_page(world: World, visitor: Browser) -> None:
    ann = await member(world)
    made = await write(world, ann, "<script>alert(1)</script> & <b onclick=evil()>bold</b> https://ok.example/\"'><i>")
    for path in ("/", "/@ann", f"/@ann/{made}"):
        shown = await visitor.get(path)
        assert "<script>alert(1)</script>" in words(shown)


@pytest.mark.parametrize(
    ("visibility", "stranger", "follower", "author"),
    [
        (Visibility.PUBLIC, 200, 200, 200),
        (Visibility.UNLISTED, 200, 200, 200),
        (Visibility.PRIVATE, 404, 200, 200),
        (Visibility.DIRECT, 404, 404, 200),
    ],
)
async def test_a_post_is_shown_to_those_who_may_see_it(
    world: World, visitor: Browser, visibility: Visibility, stranger: int, follower: int, author: int
) -> None:
    ann, ben = await member(world, "ann"), await member(world, "ben")
    await follow(world, ben.account_id, ann.account_id)
    path = f"/@ann/{await write(world, ann, 'hello', visibility)}"
    assert (await visitor.get(path)).status_code == stranger
    async with browsing(world) as other:
        await other.sign_in("ben")
        assert (await other.get(path)).status_code == follower
    async with browsing(world) as own:
        await own.sign_in("ann")
        assert (await own.get(path)).status_code == author


async def test_who_is_named_in_a_direct_post_sees_it(world: World, visitor: Browser) -> None:
    ann, _ = await member(world, "ann"), await member(world, "ben")
    path = f"/@ann/{await write(world, ann, '@ben hello', Visibility.DIRECT)}"
    await visitor.sign_in("ben")
    assert (await visitor.get(path)).status_code == 200


async def test_a_post_stands_under_its_author_only(world: World, visitor: Browser) -> None:
    ann, _ = await member(world, "ann"), await member(world, "ben")
    made = await write(world, ann, "hello")
    assert (await visitor.get(f"/@ben/{made}")).status_code == 404
    sent = await visitor.get(f"/ap/users/{ann.account_id}/statuses/{made}")
    assert (sent.status_code, sent.headers["location"]) == (302, f"/@ann/{made}")


@pytest.mark.parametrize(
    "path",
    ["/@nobody", "/nothing", "/@ann/1", "/@ann/word", "/@ann@far.example", "/static/none.css", "/static/..%2Fpage.py"],
)
async def test_what_is_not_there_has_a_page_that_says_so(world: World, visitor: Browser, path: str) -> None:
    await member(world)
    shown = await visitor.get(path)
    assert shown.status_code == 404
    assert shown.headers["content-type"].startswith("text/html")


async def test_a_reply_stands_in_its_thread(world: World, visitor: Browser) -> None:
    ann = await member(world)
    first = await write(world, ann, "the beginning")
    async with world.ctx.db.transaction() as tx:
        asked = Asked(text="the end", in_reply_to=first)
        second = await posts.publish(tx, ann.account_id, await posts.draft(world.ctx, tx, ann.account_id, asked))
    for made in (first, second):
        shown = await visitor.get(f"/@ann/{made}")
        assert shown.text.rindex("the beginning") < shown.text.rindex("the end")


async def test_files_are_kept_by_browsers(visitor: Browser) -> None:
    shown = await visitor.get("/static/mark.svg")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/svg+xml")
    again = await visitor.get("/static/mark.svg", **{"if-none-match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-length" not in again.headers
    assert (await visitor.get("/static/mark.svg", **{"if-none-match": '"other"'})).status_code == 200
    assert "immutable" in (await visitor.get("/static/mark.svg?v=1")).headers["cache-control"]


@pytest.mark.parametrize("path", ["/avatars/original/missing.png", "/headers/original/missing.png"])
async def test_those_without_pictures_have_one(visitor: Browser, path: str) -> None:
    shown = await visitor.get(path)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert shown.content.startswith(b"\x89PNG\r\n")


async def waiting(world: World, visitor: Browser, name: str) -> None:
    """Somebody asks to join, with a reason."""
    fields = {"username": name, "email": f"{name}@mail.example", "password": PASSWORD, "agreement": "true"}
    await visitor.fill("/sign-up", **fields, reason=f"because of {name}")


async def decide(browser: Browser, user: str, decision: str) -> httpx.Response:
    token = form_token(await browser.get("/sign-out"))
    return await browser.post("/sign-ups", {"form_token": token, "user": user, "decision": decision})


async def test_those_who_may_decide_who_joins(world: World, visitor: Browser) -> None:
    await member(world, "boss", role="Moderator")
    await allow_sign_up(world, "approved")
    await waiting(world, visitor, "cat")
    await waiting(world, visitor, "dog")
    await visitor.sign_in("boss")
    shown = await visitor.get("/sign-ups")
    assert "because of cat" in shown.text
    assert "because of dog" in shown.text
    cat, dog = [str(row["id"]) for row in await world.rows("select id from users where not approved order by id")]
    assert (await decide(visitor, cat, "approve")).status_code == 302
    assert (await decide(visitor, dog, "reject")).status_code == 302
    assert (await decide(visitor, dog, "reject")).status_code == 404
    assert [row["username"] for row in await world.rows("select username from accounts order by username")] == [
        "boss",
        "cat",
    ]
    assert (len(await world.facts("UserApproved")), len(await world.facts("UserRejected"))) == (1, 1)
    assert "Nobody waits" in words(await visitor.get("/sign-ups"))
    async with browsing(world) as other:
        assert (await other.sign_in("cat")).status_code == 302


async def test_others_decide_nothing(world: World, visitor: Browser) -> None:
    await allow_sign_up(world, "approved")
    await waiting(world, visitor, "cat")
    [row] = await world.rows("select id from users")
    assert (await visitor.get("/sign-ups")).headers["location"] == "/sign-in?next=%2Fsign-ups"
    await member(world)
    await visitor.sign_in("ann")
    assert (await visitor.get("/sign-ups")).status_code == 403
    assert (await decide(visitor, str(row["id"]), "approve")).status_code == 403
    assert await world.facts("UserApproved") == []


async def test_only_the_owner_reads_the_outbox(world: World, visitor: Browser) -> None:
    await member(world, "boss", role="Owner")
    await member(world, "mod", role="Moderator")
    async with world.ctx.db.transaction() as tx:
        await users.write_mail(tx, "ann@mail.example", "Hello", "Open https://marula.example/here now")
    await visitor.sign_in("mod")
    assert (await visitor.get("/outbox")).status_code == 403
    await visitor.fill("/sign-out")
    await visitor.sign_in("boss")
    shown = await visitor.get("/outbox")
    assert "ann@mail.example" in shown.text
    assert 'href="https://marula.example/here"' in shown.text


async def test_only_those_who_run_the_server_are_told_of_its_disk(
    world: World, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def room() -> Room:
        return Room(1000, 49)

    monkeypatch.setattr(world.ctx.files, "room", room)
    await member(world, "boss", role="Owner")
    await member(world, "ann")
    await visitor.sign_in("ann")
    assert "The disk" not in words(await visitor.get("/plain"))
    await visitor.fill("/sign-out")
    await visitor.sign_in("boss")
    assert "The disk for files is full: uploads are refused" in words(await visitor.get("/plain"))
