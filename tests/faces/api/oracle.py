"""The plain answer: who follows, blocks and mutes whom, what was written, and what follows from it for each viewer.

It is written from Mastodon's documentation and knows nothing of how the server finds its answers. Each reading of the
API is one function here, `(oracle, viewer, subject)`; in `readings.py` it is one line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]
NOBODY = "nobody"
OPEN = ("public", "unlisted")


@dataclass(eq=False)
class Entry:
    """A post or, with `boosts`, a boost. `answers`: whom a reply is for. `talk`: the first post of its thread."""

    id: str
    author: str
    reach: str
    named: frozenset[str] = frozenset()
    parent: "Entry | None" = None
    answers: str | None = None
    talk: str = ""
    boosts: "Entry | None" = None
    poll: str | None = None

    @property
    def origin(self) -> "Entry":
        return self.boosts or self


@dataclass
class Oracle:
    """What was done. Pairs say who did it to whom; marks say who put them on which post."""

    people: list[str]
    locked: frozenset[str] = frozenset()
    suspended: set[str] = field(default_factory=set[str])
    follows: set[Pair] = field(default_factory=set[Pair])
    requests: set[Pair] = field(default_factory=set[Pair])
    blocks: set[Pair] = field(default_factory=set[Pair])
    mutes: set[Pair] = field(default_factory=set[Pair])
    entries: list[Entry] = field(default_factory=list[Entry])
    favourites: set[tuple[str, Entry]] = field(default_factory=set[tuple[str, Entry]])
    bookmarks: set[tuple[str, Entry]] = field(default_factory=set[tuple[str, Entry]])
    pins: set[tuple[str, Entry]] = field(default_factory=set[tuple[str, Entry]])
    votes: set[tuple[str, Entry]] = field(default_factory=set[tuple[str, Entry]])
    quiet: set[Pair] = field(default_factory=set[Pair])

    def barred(self, viewer: str, other: str) -> bool:
        """Whether either blocks the other."""
        return (viewer, other) in self.blocks or (other, viewer) in self.blocks

    def bears(self, viewer: str, other: str) -> bool:
        """Whether the viewer comes across this person at all."""
        return viewer == other or (
            other not in self.suspended and not self.barred(viewer, other) and (viewer, other) not in self.mutes
        )

    def sees(self, viewer: str, entry: Entry) -> bool:
        """Whether the viewer may know of it; of a boost, and of what it boosts."""
        if entry.author in self.suspended or (entry.boosts is not None and not self.sees(viewer, entry.boosts)):
            return False
        if viewer == entry.author:
            return True
        if (entry.author, viewer) in self.blocks:
            return False
        follows = (viewer, entry.author) in self.follows
        return entry.reach in OPEN or viewer in entry.named or (entry.reach == "private" and follows)

    def comes_across(self, viewer: str, entry: Entry) -> bool:
        """Whether it may stand in a list that the viewer did not ask for by name. One's own boosts may."""
        authors = {entry.author} if viewer == entry.author else {entry.author, entry.origin.author}
        return self.sees(viewer, entry) and all(self.bears(viewer, author) for author in authors)

    def known(self, viewer: str) -> set[str]:
        """The ids of all that the viewer may know of."""
        return {one.id for one in self.entries if self.sees(viewer, one)}

    def posts(self) -> list[Entry]:
        return [one for one in self.entries if one.boosts is None]

    def leave(self, who: str) -> None:
        """Forget a person, what they wrote and what hung on it; what answered them stays an answer."""
        self.people.remove(who)
        for pairs in (self.follows, self.requests, self.blocks, self.mutes):
            pairs -= {between for between in pairs if who in between}
        gone = {one for one in self.entries if who in (one.author, one.origin.author)}
        self.entries = [one for one in self.entries if one not in gone]
        for marks in (self.favourites, self.bookmarks, self.pins, self.votes):
            marks -= {(by, one) for by, one in marks if by == who or one in gone}
        for one in self.entries:
            one.parent = None if one.parent in gone else one.parent

    # The readings of lists of posts, the newest first.

    def public(self, viewer: str) -> list[str]:
        return newest(
            one
            for one in self.posts()
            if one.reach == "public" and one.answers in (None, one.author) and self.comes_across(viewer, one)
        )

    def tagged(self, viewer: str) -> list[str]:
        return newest(one for one in self.posts() if one.reach == "public" and self.comes_across(viewer, one))

    def bookmarked(self, viewer: str) -> set[str]:
        return {one.id for who, one in self.bookmarks if who == viewer and self.sees(viewer, one)}

    def favourited(self, viewer: str) -> set[str]:
        return {one.id for who, one in self.favourites if who == viewer and self.sees(viewer, one)}

    def home(self, viewer: str) -> list[str]:
        """A feed that was kept all the time, while nothing but writing happened since the first post."""
        shown: list[Entry] = []
        for one in self.entries:
            again = one.boosts is not None and any(one.boosts is other.origin for other in shown)
            follows = (viewer, one.author) in self.follows
            if one.author == viewer or (follows and not again and self._fits_home(viewer, one)):
                shown.append(one)
        return newest(shown)

    def _fits_home(self, viewer: str, one: Entry) -> bool:
        named = all((viewer, other) not in self.blocks | self.mutes for other in one.origin.named)
        meant = one.answers in (None, viewer, one.author) or (viewer, one.answers) in self.follows
        own = one.boosts is not None and one.boosts.author == viewer
        private = one.reach == "direct" and viewer not in one.named
        return named and meant and not own and not private and self.comes_across(viewer, one)

    def allowed_home(self, viewer: str) -> set[str]:
        """What a home feed may hold at most, whatever happened before."""
        return {
            one.id
            for one in self.entries
            if (one.author == viewer or (viewer, one.author) in self.follows) and self.comes_across(viewer, one)
        }

    # The readings of one post; None where the post is not there for the viewer.

    def thread(self, viewer: str, entry: Entry) -> set[str] | None:
        """The rest of a thread: above and below an entry, not beside it."""
        if not self.sees(viewer, entry):
            return None
        found: list[Entry] = []
        above = entry.parent
        while above is not None:
            found.append(above)
            above = above.parent
        below = [entry]
        for other in self.entries:
            if other.parent is not None and other.parent in below:
                below.append(other)
        return {one.id for one in (*found, *below[1:]) if self.comes_across(viewer, one)}

    def favouriters(self, viewer: str, entry: Entry) -> set[str] | None:
        marked = {who for who, one in self.favourites if one is entry.origin and self.bears(viewer, who)}
        return marked if self.sees(viewer, entry) else None

    def boosters(self, viewer: str, entry: Entry) -> set[str] | None:
        found = {one.author for one in self.entries if one.boosts is entry.origin and one.reach in OPEN}
        return {who for who in found if self.bears(viewer, who)} if self.sees(viewer, entry) else None

    def text(self, viewer: str, entry: Entry) -> str | None:
        """What every reading of the text of a post gives: the name of its author is in it."""
        return ("" if entry.boosts else f"by {entry.author}") if self.sees(viewer, entry) else None

    def poll(self, viewer: str, entry: Entry) -> tuple[int, bool] | None:
        """How many voted, and whether the viewer did; one's own poll counts as voted in."""
        if not self.sees(viewer, entry):
            return None
        voters = {who for who, one in self.votes if one is entry}
        return len(voters), viewer in voters or viewer == entry.author

    def counters(self, viewer: str, entry: Entry) -> tuple[int, int, int]:
        """Replies, boosts and favourites: what everybody did, seen or not, except replies to few."""
        return (
            sum(one.parent is entry and one.reach in OPEN for one in self.entries),
            sum(one.boosts is entry for one in self.entries),
            sum(one is entry for _, one in self.favourites),
        )

    def marks(self, viewer: str, entry: Entry) -> tuple[bool, bool, bool, bool, bool | None]:
        """What the viewer did with a post: favourited, boosted, bookmarked, quiet, pinned."""
        mine = (viewer, entry)
        own = viewer == entry.author and entry.reach != "direct"
        boosted = any(one.boosts is entry and one.author == viewer for one in self.entries)
        quiet = (viewer, entry.talk) in self.quiet
        return mine in self.favourites, boosted, mine in self.bookmarks, quiet, (mine in self.pins) if own else None

    # The readings of one person.

    def profile(self, viewer: str, person: str) -> list[str]:
        if (person, viewer) in self.blocks:
            return []
        return newest(
            one
            for one in self.entries
            if one.author == person
            and self.sees(viewer, one)
            and (one.boosts is None or viewer == person or self.bears(viewer, one.boosts.author))
        )

    def pinned(self, viewer: str, person: str) -> list[str]:
        mine = [one for one in self.posts() if (person, one) in self.pins]
        return [] if (person, viewer) in self.blocks else newest(one for one in mine if self.sees(viewer, one))

    def followers(self, viewer: str, person: str) -> set[str]:
        return self._network(viewer, person, {who for who, whom in self.follows if whom == person})

    def following(self, viewer: str, person: str) -> set[str]:
        return self._network(viewer, person, {whom for who, whom in self.follows if who == person})

    def _network(self, viewer: str, person: str, found: set[str]) -> set[str]:
        if person in self.suspended or (person, viewer) in self.blocks:
            return set()
        return {one for one in found if (viewer == person and one not in self.suspended) or self.bears(viewer, one)}

    def account(self, viewer: str, person: str) -> tuple[int, int, int, bool]:
        """Followers, followed, posts (but direct ones), and whether it is suspended."""
        return (
            sum(whom == person for _, whom in self.follows),
            sum(who == person for who, _ in self.follows),
            sum(one.author == person and one.reach != "direct" for one in self.entries),
            person in self.suspended,
        )

    def relationship(self, viewer: str, person: str) -> tuple[bool, ...]:
        pair, back = (viewer, person), (person, viewer)
        return (
            pair in self.follows,
            back in self.follows,
            pair in self.requests,
            back in self.requests,
            pair in self.blocks,
            back in self.blocks,
            pair in self.mutes,
        )

    # What only somebody signed in can read of themselves.

    def blocking(self, viewer: str) -> set[str]:
        return {whom for who, whom in self.blocks if who == viewer} - self.suspended

    def muting(self, viewer: str) -> set[str]:
        return {whom for who, whom in self.mutes if who == viewer} - self.suspended

    def asking(self, viewer: str) -> set[str]:
        return {who for who, whom in self.requests if whom == viewer} - self.suspended

    def told(self, viewer: str) -> set[tuple[str, str, str | None]]:
        """The notifications (kind, who did it, post), while nothing but writing happened since the first post."""
        made: set[tuple[str, str, Entry | None]] = {
            ("follow", who, None) for who, whom in self.follows if whom == viewer
        }
        made |= {("follow_request", who, None) for who, whom in self.requests if whom == viewer}
        made |= {("mention", one.author, one) for one in self.posts() if viewer in one.named}
        made |= {
            ("reblog", one.author, one.boosts) for one in self.entries if one.boosts and one.boosts.author == viewer
        }
        made |= {("favourite", who, one) for who, one in self.favourites if one.author == viewer}
        return {
            (kind, who, None if post is None else post.id)
            for kind, who, post in made
            if who != viewer and self.bears(viewer, who) and (post is None or (viewer, post.talk) not in self.quiet)
        }

    def may_be_told(self, viewer: str, who: str, post: str | None) -> bool:
        """Whether a notification may still stand, whatever happened before."""
        seen = {one.id for one in self.entries if self.sees(viewer, one)}
        return who not in self.suspended and (viewer, who) not in self.blocks and (post is None or post in seen)


def newest(entries: Iterable[Entry]) -> list[str]:
    """Their ids, the newest first."""
    return [one.id for one in entries][::-1]
