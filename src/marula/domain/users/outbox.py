"""Mail: written to the outbox in the transaction of its cause, sent by a job.

Without a mail server it stays in the outbox, where the owner can read it: nobody is locked out silently.
"""

from marula.base.db import Tx
from marula.base.jobs import job, later
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import MailId
from marula.domain.context import Context, Mail
from marula.domain.users.store import outbox


async def write_mail(tx: Tx, recipient: str, subject: str, body: str, *, once: str | None = None) -> None:
    """Put a mail into the outbox and have it sent. Of mails with the same `once` only the first is written."""
    made = await outbox.insert(tx, recipient, subject, body, once)
    if made is not None:
        await later(tx, deliver_mail, made)


@job(lane="mail")
async def deliver_mail(ctx: Context, mail: MailId) -> None:
    """Hand a mail to the mail server, unless that was done; without one it stays in the outbox."""
    async with ctx.db.reading() as db:
        found = await outbox.by_id(db, mail)
    if found is None or found.sent_at is not None:
        return
    letter = Mail(recipient=found.recipient, subject=found.subject, body=found.body, created_at=found.created_at)
    try:
        gone = await ctx.mailer.send(letter)
    except Unreachable as error:
        async with ctx.db.transaction() as tx:
            await outbox.failed(tx, mail, error.why)
        raise
    if gone:
        async with ctx.db.transaction() as tx:
            await outbox.sent(tx, mail)
