"""The writes of media."""

from collections.abc import Sequence

from marula.base.db import Tx
from marula.base.kernel.ids import AccountId, PostId
from marula.domain.media import rules, store
from marula.domain.media.types import RemoteFile


async def attach_remote(tx: Tx, author: AccountId, post: PostId, files: Sequence[RemoteFile]) -> None:
    """Let a post of another server show these files, and no others. None of them is fetched yet.

    What cannot be an address is left out, and so is what is too much. No fact: the post is published, or revised.
    Costs: one statement.
    """
    await store.replace_remote(tx, author, post, rules.acceptable(files))
