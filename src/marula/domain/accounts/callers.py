"""Those who call with tokens, as every process remembers them for seconds; `apps.caller` gives them.

They stand here because what a token allows depends on rows of accounts, users, roles and tokens. Whoever writes one of
these tells of it: the last test of the laws of the house sees to it.
"""

from typing import Any

from marula.base.db import Tx
from marula.base.events import RememberedEach, changed_each

CALLERS: RememberedEach[bytes, Any] = RememberedEach("callers")
"""By the digest of the token."""


async def callers_changed(tx: Tx) -> None:
    """What some token allows has changed: from the end of this transaction every process looks again."""
    await changed_each(tx, CALLERS)
