"""The facts of moves."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class AccountMoved(Fact, frozen=True, kw_only=True):
    """An account went on as another one. `local`: it is one of this server, which tells its followers elsewhere."""

    move_id: int
    account_id: AccountId
    target_id: AccountId
    local: bool
