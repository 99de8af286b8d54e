"""The facts of pushes."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId, TokenId
from marula.domain.push.types import Wake


class PushSubscriptionChanged(Fact, frozen=True, kw_only=True):
    """A program wants to be woken, in another way than before, or no longer."""

    account_id: AccountId
    token_id: TokenId


class PushesWanted(Fact, frozen=True, kw_only=True):
    """People were told of something of which their programs want to be woken."""

    wakes: tuple[Wake, ...]
