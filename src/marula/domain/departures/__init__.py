"""Departures: accounts that go, with everything they gave others.

What an account counts for on the side of others (favourites, boosts, answers, votes, follows) is taken back before the
account is removed, in batches, so that no counter keeps what nobody can find any more.

Tables owned: none.
"""

from marula.domain.departures import reactions
from marula.domain.departures.actions import reject, take_back
from marula.domain.departures.reactions import remove

__all__ = ["reactions", "reject", "remove", "take_back"]
