"""The facts of filters."""

from marula.base.events import Fact
from marula.base.kernel.ids import AccountId


class FiltersChanged(Fact, frozen=True, kw_only=True):
    """Somebody does not want to see something else than before."""

    account_id: AccountId
