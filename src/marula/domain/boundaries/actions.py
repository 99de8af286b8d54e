"""The writes of boundaries."""

from datetime import datetime

import msgspec

from marula.base.db import Tx
from marula.base.events import changed, record
from marula.base.kernel.errors import NotFound
from marula.domain.boundaries import rules, store
from marula.domain.boundaries.events import BoundaryMoved
from marula.domain.boundaries.reading import BOUNDARIES
from marula.domain.boundaries.types import BlockDraft, DomainBlock


async def block(tx: Tx, draft: BlockDraft) -> DomainBlock:
    """Keep something of a server out, or change what is. Records: BoundaryMoved. Raises: Invalid.

    Spec: Mastodon documentation, methods/admin/domain_blocks
    """
    rules.check_comment("public_comment", draft.public_comment)
    rules.check_comment("private_comment", draft.private_comment)
    made = await store.put(tx, msgspec.structs.replace(draft, domain=rules.check_domain(draft.domain)))
    await _moved(tx, made.domain, made.created_at)
    return made


async def unblock(tx: Tx, domain: str) -> None:
    """Keep nothing of a server out any more. Records: BoundaryMoved. Raises: Invalid, NotFound when nothing was."""
    removed = await store.remove(tx, rules.check_domain(domain))
    if removed is None:
        raise NotFound
    await _moved(tx, removed.domain, removed.created_at)


async def allow(tx: Tx, domain: str) -> None:
    """Let a server in by its name. Records: BoundaryMoved, the first time. Raises: Invalid."""
    checked = rules.check_domain(domain)
    if await store.put_allow(tx, checked):
        await _moved(tx, checked, rules.UNNAMED_SINCE)


async def disallow(tx: Tx, domain: str) -> None:
    """Let a server in by its name no longer. Records: BoundaryMoved. Raises: Invalid, NotFound when it was not."""
    checked = rules.check_domain(domain)
    if not await store.remove_allow(tx, checked):
        raise NotFound
    await _moved(tx, checked, rules.UNNAMED_SINCE)


async def _moved(tx: Tx, domain: str, *marks: datetime) -> None:
    await changed(tx, BOUNDARIES)
    await record(tx, BoundaryMoved(domain=domain, marks=marks))
