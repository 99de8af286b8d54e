"""Who may move where. Pure.

Spec: Mastodon documentation, user/moving; federation practice, Move; FEP-7628
"""

from datetime import datetime, timedelta

from marula.base.kernel.errors import Invalid
from marula.domain.accounts import Account
from marula.domain.moves.types import Move

COOLDOWN = timedelta(days=30)
"""Between two moves of somebody of this server."""

COOLDOWN_OF_OTHERS = timedelta(days=7)
"""Between two moves of somebody elsewhere that are heeded."""

MOST_ALIASES = 50


def check_move(who: Account, target: Account, uri: str, latest: Move | None, now: datetime) -> None:
    """Raises Invalid with what keeps an account from moving.

    Takes: `uri`, the id of the account that moves, which the target must name as an alias.
    """
    if target.id == who.id:
        raise Invalid.field("acct", "must be another account")
    if target.suspended_at is not None:
        raise Invalid.field("acct", "cannot be found")
    if target.moved_to_id is not None:
        raise Invalid.field("acct", "has itself moved elsewhere")
    if uri not in target.also_known_as:
        raise Invalid.field("acct", "is not back-referenced from this account: make this account an alias of it first")
    if latest is not None and latest.created_at + cooldown(who) > now and latest.target_id != target.id:
        days = cooldown(who).days
        raise Invalid.because(
            f"An account can move once in {days} days, and this one did on {latest.created_at:%Y-%m-%d}"
        )


def cooldown(who: Account) -> timedelta:
    """How long after a move the next one counts."""
    return COOLDOWN if who.local else COOLDOWN_OF_OTHERS
