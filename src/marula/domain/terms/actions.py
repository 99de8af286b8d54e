"""The writes of the terms of service."""

from datetime import date

from marula.base.db import Tx
from marula.base.events import record
from marula.base.kernel.errors import Invalid, NotFound
from marula.domain.terms import rules, store
from marula.domain.terms.events import TermsPublished, TermsWithdrawn


async def publish(tx: Tx, text: str, effective_on: date, *, tell: bool = False) -> None:
    """Publish terms that hold from a day. `tell`: everybody hears of them by mail.

    Records: TermsPublished. Raises: Invalid.
    """
    rules.check(text, effective_on, tx.now.date())
    if not await store.insert(tx, effective_on, text):
        raise Invalid.field("effective_date", "has already been taken", "ERR_TAKEN")
    await record(tx, TermsPublished(effective_on=effective_on, told=tell))


async def withdraw(tx: Tx, effective_on: date) -> None:
    """Take back terms that do not hold yet. Records: TermsWithdrawn. Raises: NotFound, Refused."""
    found = next((one for one in await store.versions(tx) if one.effective_on == effective_on), None)
    if found is None:
        raise NotFound
    rules.check_withdrawal(found, tx.now.date())
    await store.delete(tx, effective_on)
    await record(tx, TermsWithdrawn(effective_on=effective_on))
