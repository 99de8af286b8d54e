"""Moves: accounts that go on elsewhere, ours and theirs, and whoever follows them.

A move needs two: the new account names the old one as an alias, then the old one says where it went. Those of this
server who followed the old one follow the new one; what they noted, listed, muted and blocked goes with it.

Tables owned: moves.
"""

from marula.domain.moves import reactions, rules
from marula.domain.moves.actions import add_alias, move, remove_alias
from marula.domain.moves.drafting import draft_alias, draft_move, uri_of
from marula.domain.moves.events import AccountMoved
from marula.domain.moves.store import latest
from marula.domain.moves.types import Move

__all__ = [
    "AccountMoved",
    "Move",
    "add_alias",
    "draft_alias",
    "draft_move",
    "latest",
    "move",
    "reactions",
    "remove_alias",
    "rules",
    "uri_of",
]
