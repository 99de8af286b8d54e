"""The capabilities that the domain is handed. Never more than eight."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from marula.base.db import Database
from marula.base.events import Live, Memory
from marula.base.files import Files
from marula.base.kernel.clock import Clock
from marula.base.kernel.config import Config
from marula.base.kernel.ids import AccountId, PostId
from marula.base.net import Http


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one person, as plain text."""

    recipient: str
    subject: str
    body: str
    created_at: datetime


class Mailer(Protocol):
    """How mail leaves the house."""

    async def send(self, mail: Mail) -> bool:
        """Hand the mail to the mail server. False: none is configured, so it stays in the outbox page.

        Raises Unreachable when the mail server refuses or does not answer.
        """
        ...


class Directory(Protocol):
    """How this server gets to know accounts and posts of others that somebody asks for by name."""

    async def fetch(self, address: str) -> bool:
        """Learn of what is behind an address, or a handle such as `ann@other.example`; False when nothing is.

        Opens transactions of its own. Raises Unreachable when the other server does not answer.
        """
        ...

    async def visit(self, account: AccountId) -> None:
        """Somebody looks at an account: have what is shown of it brought up to date, unless it was. Never waits."""
        ...

    async def open_thread(self, post: PostId) -> bool:
        """Somebody reads a thread: have what is missing of it looked for, unless it was lately. Never waits.

        Says whether the search is going on.
        """
        ...


class NoOthers:
    """The directory of a server that asks no others."""

    async def fetch(self, address: str) -> bool:
        """Nothing is learnt."""
        return False

    async def visit(self, account: AccountId) -> None:
        """Nothing is brought up to date."""

    async def open_thread(self, post: PostId) -> bool:
        """Nothing is looked for."""
        return False


ALONE = NoOthers()


@dataclass(frozen=True, slots=True)
class Context:
    """What a reaction, a draft or a face needs to reach the world."""

    config: Config
    db: Database
    clock: Clock
    live: Live
    memory: Memory
    mailer: Mailer
    http: Http
    files: Files
    directory: Directory = ALONE
