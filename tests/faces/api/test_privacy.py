"""Who sees what: small worlds of four people, and every reading compared with one plain answer, written out here.

The answer knows nothing of how the server finds it: it holds who follows, blocks and mutes whom and what was written,
and says for each viewer what they may see.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faces.api.caller import Caller, Crowd, crowd_in
from tests.world import make_world

PEOPLE = ("ann", "bob", "cat", "dan")
REACH = ("public", "unlisted", "private", "direct")
NOBODY = "nobody"

Tie: TypeAlias = Literal["follow", "block", "mute", "unfollow", "unblock", "unmute"]
Step: TypeAlias = tuple[Any, ...]


@dataclass
class Entry:
    """A post or, with `boosts`, a boost."""

    id: str
    author: str
    reach: str
    named: frozenset[str] = frozenset()
    parent: "Entry | None" = None
    boosts: "Entry | None" = None

    @property
    def answers(self) -> str | None:
        """Whom a reply is for: in a thread with oneself, whoever the thread is for."""
        if self.parent is None:
            return None
        mine = self.parent.author == self.author
        return self.parent.answers if mine and self.parent.answers is not None else self.parent.author

    @property
    def origin(self) -> "Entry":
        return self.boosts or self


@dataclass
class Answer:
    """What was done, and what follows from it for each viewer."""

    follows: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    blocks: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    mutes: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    entries: list[Entry] = field(default_factory=list[Entry])
    favourites: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def tie(self, kind: Tie, who: str, whom: str) -> int:
        """Do it; the status that the server must answer."""
        pair, back = (who, whom), (whom, who)
        if kind == "follow":
            if pair in self.blocks or back in self.blocks:
                return 403
            self.follows.add(pair)
        elif kind == "block":
            self.blocks.add(pair)
            self.follows -= {pair, back}
        elif kind == "mute":
            self.mutes.add(pair)
        else:
            {"unfollow": self.follows, "unblock": self.blocks, "unmute": self.mutes}[kind].discard(pair)
        return 200

    def sees(self, viewer: str, entry: Entry) -> bool:
        """Whether the viewer may know of it; of a boost, and of what it boosts."""
        if entry.boosts is not None and not self.sees(viewer, entry.boosts):
            return False
        if viewer == entry.author:
            return True
        if (entry.author, viewer) in self.blocks:
            return False
        if entry.reach in ("public", "unlisted"):
            return True
        return viewer in entry.named or (entry.reach == "private" and (viewer, entry.author) in self.follows)

    def bears(self, viewer: str, author: str) -> bool:
        """Whether the viewer wants to come across this author."""
        pair, back = (viewer, author), (author, viewer)
        return pair not in self.blocks and pair not in self.mutes and back not in self.blocks

    def comes_across(self, viewer: str, entry: Entry) -> bool:
        authors = {entry.author, entry.origin.author} - {viewer}
        return self.sees(viewer, entry) and all(self.bears(viewer, author) for author in authors)

    def thread(self, viewer: str, entry: Entry) -> set[str]:
        """The rest of a thread: above and below an entry, not beside it."""
        above: list[Entry] = []
        while (above[-1] if above else entry).parent is not None:
            parent = (above[-1] if above else entry).parent
            assert parent is not None
            above.append(parent)
        below = [entry]
        for other in self.entries:
            if other.parent is not None and any(other.parent is one for one in below):
                below.append(other)
        return {one.id for one in (*above, *below[1:]) if self.comes_across(viewer, one)}

    def public(self, viewer: str) -> list[str]:
        return [
            one.id
            for one in self.entries
            if one.reach == "public"
            and one.boosts is None
            and one.answers in (None, one.author)
            and self.comes_across(viewer, one)
        ]

    def profile(self, viewer: str, author: str) -> list[str]:
        if (author, viewer) in self.blocks:
            return []
        return [one.id for one in self.entries if one.author == author and self.sees(viewer, one)]

    def home(self, viewer: str) -> list[str]:
        """A feed that was kept all the time, while no relationship changed after the first post."""
        shown: list[Entry] = []
        for one in self.entries:
            if one.author == viewer:
                shown.append(one)
            elif (viewer, one.author) in self.follows and self.comes_across(viewer, one):
                for_viewer = one.answers in (None, viewer, one.author) or (viewer, one.answers) in self.follows
                fresh = one.boosts is None or (
                    one.boosts.author != viewer and all(one.boosts is not other.origin for other in shown)
                )
                if for_viewer and fresh and (one.reach != "direct" or viewer in one.named):
                    shown.append(one)
        return [one.id for one in shown]

    def mentions(self, viewer: str) -> set[str]:
        """What the viewer is told of as a mention, while no relationship changed after the first post."""
        return {one.id for one in self.entries if viewer in one.named and self.comes_across(viewer, one)}

    def boosters(self, viewer: str, entry: Entry) -> set[str]:
        found = [one for one in self.entries if one.boosts is entry and one.reach in ("public", "unlisted")]
        return {one.author for one in found if one.author == viewer or self.bears(viewer, one.author)}


person = st.sampled_from(PEOPLE)
place = st.integers(0, 7)
change = st.tuples(
    st.sampled_from(["follow", "follow", "follow", "block", "mute", "unfollow", "unblock", "unmute"]), person, person
)
writing = st.one_of(
    st.tuples(
        st.just("post"),
        person,
        st.sampled_from(REACH),
        st.sets(person, max_size=2),
        st.none() | place,
    ),
    st.tuples(st.just("boost"), person, place),
    st.tuples(st.just("favourite"), person, place),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(change, max_size=8),
    writings=st.lists(writing, min_size=1, max_size=8),
    after=st.lists(change, max_size=2),
)
async def test_everybody_sees_exactly_what_is_for_them(
    database: str, tmp_path_factory: Any, before: list[Step], writings: list[Step], after: list[Step]
) -> None:
    async with make_world(database, tmp_path_factory.mktemp("world")) as world, crowd_in(world) as crowd:
        callers = {name: await crowd.join(name) for name in PEOPLE} | {NOBODY: crowd.nobody}
        answer = Answer()
        await do(crowd, callers, answer, before)
        await do(crowd, callers, answer, writings)
        for viewer in PEOPLE:
            await compare_feeds(callers[viewer], viewer, answer)
        await do(crowd, callers, answer, after)
        for viewer, caller in callers.items():
            await compare(caller, viewer, callers, answer)


async def do(crowd: Crowd, callers: dict[str, Caller], answer: Answer, steps: list[Step]) -> None:
    """Do each step on the server and in the answer, which says whether the server must let it happen."""
    for kind, who, *rest in steps:
        crowd.world.clock.advance(timedelta(milliseconds=2))
        if kind == "post":
            await write(callers[who], who, answer, *rest)
        elif kind in ("boost", "favourite"):
            await react(callers[who], who, answer, kind, rest[0])
        elif who != rest[0]:
            expect = answer.tie(kind, who, rest[0])
            await callers[who].post(f"/api/v1/accounts/{callers[rest[0]].account}/{kind}", expect=expect)
    await crowd.world.settle()


async def write(caller: Caller, who: str, answer: Answer, reach: str, named: set[str], place: int | None) -> None:
    posts = [one for one in answer.entries if one.boosts is None]
    parent = posts[place % len(posts)] if place is not None and posts else None
    allowed = parent is None or answer.sees(who, parent)
    others = sorted(named - {who})
    body = {"status": " ".join(["#all", *(f"@{name}" for name in others)]), "visibility": reach}
    if parent is not None:
        body["in_reply_to_id"] = parent.id
    made = await caller.post("/api/v1/statuses", body, expect=200 if allowed else 404)
    if allowed:
        answer.entries.append(Entry(made["id"], who, reach, frozenset(others), parent))


async def react(caller: Caller, who: str, answer: Answer, kind: str, place: int) -> None:
    posts = [one for one in answer.entries if one.boosts is None]
    if not posts:
        return
    post = posts[place % len(posts)]
    path = f"/api/v1/statuses/{post.id}"
    if not answer.sees(who, post):
        expect = 404
    elif (who, post.author) in answer.blocks:
        expect = 403
    else:
        shared = post.reach in ("public", "unlisted") or (post.reach == "private" and post.author == who)
        expect = 200 if kind == "favourite" or shared else 403
    made = await caller.post(f"{path}/{'reblog' if kind == 'boost' else kind}", expect=expect)
    if expect != 200:
        return
    if kind == "favourite":
        answer.favourites.add((who, post.id))
    elif all(one.id != made["id"] for one in answer.entries):
        answer.entries.append(Entry(made["id"], who, post.reach, boosts=post))


async def compare_feeds(caller: Caller, viewer: str, answer: Answer) -> None:
    """What is written for a viewer when something happens."""
    home = [one["id"] for one in await caller.get("/api/v1/timelines/home?limit=40")]
    assert home == answer.home(viewer)[::-1], "home"
    told = await caller.get("/api/v1/notifications?types[]=mention")
    assert {one["status"]["id"] for one in told} == answer.mentions(viewer), "notifications"


async def compare(caller: Caller, viewer: str, callers: dict[str, Caller], answer: Answer) -> None:
    """Every reading of one viewer."""
    if not answer.entries:
        return
    seen = [one for one in answer.entries if answer.sees(viewer, one)]
    listing = "&".join(f"id[]={one.id}" for one in answer.entries)
    assert ids(await caller.get(f"/api/v1/statuses?{listing}")) == [one.id for one in seen]
    assert ids(await caller.get("/api/v1/timelines/public")) == answer.public(viewer)[::-1]
    tagged = [one.id for one in answer.entries if one.reach == "public" and answer.comes_across(viewer, one)]
    boosts = {one.id for one in answer.entries if one.boosts is not None}
    assert ids(await caller.get("/api/v1/timelines/tag/all")) == [one for one in tagged[::-1] if one not in boosts]
    for name in PEOPLE:
        profile = await caller.get(f"/api/v1/accounts/{callers[name].account}/statuses")
        assert ids(profile) == answer.profile(viewer, name)[::-1], f"profile of {name}"
    for one in answer.entries:
        path = f"/api/v1/statuses/{one.id}"
        if one not in seen:
            await caller.get(path, expect=404)
            await caller.get(f"{path}/context", expect=404)
            await caller.get(f"{path}/reblogged_by", expect=404)
            continue
        context = await caller.get(f"{path}/context")
        assert {*ids(context["ancestors"]), *ids(context["descendants"])} == answer.thread(viewer, one)
        boosters = await caller.get(f"{path}/reblogged_by")
        assert {each["username"] for each in boosters} == answer.boosters(viewer, one.origin)
    if viewer != NOBODY:
        await compare_own(caller, viewer, answer, seen)


async def compare_own(caller: Caller, viewer: str, answer: Answer, seen: list[Entry]) -> None:
    """What only somebody signed in can read."""
    known = {one.id for one in seen}
    marked = {post for who, post in answer.favourites if who == viewer}
    assert set(ids(await caller.get("/api/v1/favourites"))) == marked & known
    for post in await caller.get("/api/v1/timelines/home?limit=40"):
        entry = next(one for one in answer.entries if one.id == post["id"])
        assert answer.comes_across(viewer, entry)
        assert entry.author == viewer or (viewer, entry.author) in answer.follows
    for told in await caller.get("/api/v1/notifications"):
        assert "status" not in told or told["status"]["id"] in known
        assert (viewer, told["account"]["username"]) not in answer.blocks
    last = answer.entries[-1].origin
    address = f"https://marula.example/@{last.author}/{last.id}"
    found = await caller.get("/api/v2/search", params={"q": address})
    assert ids(found["statuses"]) == ([last.id] if last.id in known else [])


def ids(posts: list[dict[str, Any]]) -> list[str]:
    return [post["id"] for post in posts]
