"""Writes the plan through the domain's actions, with a clock that shows the moment that is being told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import singledispatchmethod

from marula.base.jobs.worker import run_due
from marula.base.kernel.ids import AccountId, PostId
from marula.cli import people
from marula.cli.demo import calendar
from marula.cli.demo.cast import GUIDE, PEOPLE
from marula.cli.demo.words import Say
from marula.domain import accounts, interactions, posts, relationships, timelines, users
from marula.domain.accounts import ProfileChanges
from marula.domain.context import Context
from marula.domain.posts import Asked, PollAsked, Visibility
from marula.domain.users import PreferenceChanges, SignUp, User
from marula.views import store as views

DAY = timedelta(days=1)
REACH: Mapping[str, Visibility] = {"public": Visibility.PUBLIC, "unlisted": Visibility.UNLISTED}


@dataclass
class ToldTime:
    """A clock that shows what it was set to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Filling:
    """What is known while the plan is written: who is who, and which post is which."""

    ctx: Context
    clock: ToldTime
    password: str
    known: dict[str, User] = field(default_factory=dict[str, User])
    written: dict[int, PostId] = field(default_factory=dict[int, PostId])

    async def run(self, events: list[calendar.Event], now: datetime) -> None:
        """Do everything in its order; after each day, and at the end, what follows from it."""
        settled = events[0].at
        described = False
        for event in events:
            if not described and not isinstance(event, calendar.Joined):
                await self._describe()
                described = True
            if event.at - settled > DAY:
                self.clock.moment = settled = event.at
                await run_due(self.ctx)
            self.clock.moment = event.at
            await self.do(event)
        self.clock.moment = now
        await self._return()
        await run_due(self.ctx)

    @singledispatchmethod
    async def do(self, event: calendar.Event) -> None:
        """Do what one entry of the plan says."""
        raise TypeError(f"nothing is known of {type(event).__name__}")

    @do.register
    async def _(self, event: calendar.Joined) -> None:
        password = self.password if event.who == GUIDE else people.new_password()
        async with self.ctx.db.reading() as db:
            asked = SignUp(username=event.who, email=f"{event.who}@demo.invalid", password=password)
            new = await users.draft_person(db, asked)
        async with self.ctx.db.transaction("relaxed") as tx:
            user = await users.register(tx, new)
            await timelines.return_home(tx, user.account_id)
        self.known[event.who] = user

    @do.register
    async def _(self, event: calendar.Followed) -> None:
        async with self.ctx.db.transaction("relaxed") as tx:
            await relationships.follow(tx, self._account(event.who), self._account(event.whom))

    @do.register
    async def _(self, event: calendar.Granted) -> None:
        async with self.ctx.db.transaction("relaxed") as tx:
            await relationships.authorize_request(tx, self._account(event.who), self._account(event.whom))

    @do.register
    async def _(self, event: calendar.Posted) -> None:
        who = self._account(event.who)
        parent = None if event.answers is None else self.written[event.answers]
        async with self.ctx.db.reading() as db:
            answered = None if parent is None else await posts.readable(db, who, parent)
            mention = "" if answered is None else self._mention(answered.account_id, who)
            draft = await posts.draft(self.ctx, db, who, self._asked(event.words, mention, parent))
        async with self.ctx.db.transaction("relaxed") as tx:
            made = self.written[event.post] = await posts.publish(tx, who, draft)
            if event.words.pinned:
                await interactions.pin(tx, who, await posts.readable(tx, who, made))

    @do.register
    async def _(self, event: calendar.Favourited) -> None:
        who = self._account(event.who)
        async with self.ctx.db.transaction("relaxed") as tx:
            await interactions.favourite(tx, who, await posts.readable(tx, who, self.written[event.post]))

    @do.register
    async def _(self, event: calendar.Boosted) -> None:
        who = self._account(event.who)
        async with self.ctx.db.transaction("relaxed") as tx:
            await posts.boost(tx, who, await posts.readable(tx, who, self.written[event.post]))

    @do.register
    async def _(self, event: calendar.Bookmarked) -> None:
        async with self.ctx.db.transaction("relaxed") as tx:
            await interactions.bookmark(tx, self._account(event.who), self.written[event.post])

    @do.register
    async def _(self, event: calendar.Voted) -> None:
        who = self._account(event.who)
        async with self.ctx.db.transaction("relaxed") as tx:
            shown = await views.polls(tx, who, [self.written[event.post]])
            poll = await posts.readable_poll(tx, who, shown[0]["id"])
            await posts.vote(tx, who, poll, event.choices)

    def _account(self, name: str) -> AccountId:
        return self.known[name].account_id

    def _mention(self, author: AccountId, who: AccountId) -> str:
        """How an answer begins. Nobody mentions themselves."""
        names = [name for name, user in self.known.items() if user.account_id == author]
        return "" if author == who else f"@{names[0]} "

    def _asked(self, words: Say, mention: str, parent: PostId | None) -> Asked:
        poll = words.poll
        return Asked(
            text=mention + words.text,
            spoiler_text=words.warning,
            visibility=REACH[words.reach],
            language=words.language or next(person.language for person in PEOPLE if person.name == words.who),
            in_reply_to=parent,
            poll=None
            if poll is None
            else PollAsked(
                options=poll.options,
                expires_in=int(timedelta(days=poll.days).total_seconds()),
                multiple=poll.multiple,
            ),
        )

    async def _describe(self) -> None:
        """Fill in the profiles, now that everybody whom they name is here."""
        for person in PEOPLE:
            user = self.known[person.name]
            changes = ProfileChanges(
                display_name=person.display_name,
                note=person.bio,
                fields=person.fields,
                locked=person.locked,
                bot=person.bot,
                discoverable=True,
                indexable=True,
            )
            async with self.ctx.db.transaction("relaxed") as tx:
                account = await accounts.by_id(tx, user.account_id)
                assert account is not None
                await accounts.revise_profile(tx, account, await accounts.draft_profile(self.ctx, tx, account, changes))
                await users.change_preferences(tx, user.id, PreferenceChanges(default_language=person.language))

    async def _return(self) -> None:
        """Everybody was here just now."""
        async with self.ctx.db.transaction("relaxed") as tx:
            for user in self.known.values():
                await users.mark_active(tx, user.id)
