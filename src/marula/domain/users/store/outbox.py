"""The SQL of the outbox of mails."""

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import MailId, UserId
from marula.base.kernel.paging import Page
from marula.domain.users.types import OutboxMail

_SELECT = "select id, recipient, subject, body, created_at, sent_at, last_error from mails "


def _mail(row: Row) -> OutboxMail:
    return OutboxMail(**dict(row))


async def insert(tx: Tx, recipient: str, subject: str, body: str, once: str | None) -> MailId | None:
    """Write a mail; None when one with the same `once` was written before."""
    return await tx.value(
        """
        insert into mails (id, recipient, subject, body, created_at, once) values (marula_id($4), $1, $2, $3, $4, $5)
        on conflict (once) do nothing returning id
        """,
        recipient,
        subject,
        body,
        tx.now,
        once,
    )


async def by_id(db: Connection, mail: MailId) -> OutboxMail | None:
    """A mail."""
    row = await db.one(_SELECT + "where id = $1", mail)
    return None if row is None else _mail(row)


async def unsent(db: Connection, page: Page, *, reader: UserId) -> list[OutboxMail]:
    """The mails that have not gone out, newest first, but for those to others who stand as high as the reader.

    Such a mail can hold the key to an account that may do more than the reader's.
    """
    rows = await db.all(
        _SELECT
        + f"""
        where sent_at is null and id < $1 and id > $2 and not exists (
            select from users u join roles r on r.id = u.role_id
            where lower(u.email) = lower(mails.recipient) and u.id <> $4 and r.position >= (
                select coalesce(max(own.position), -1) from users me join roles own on own.id = me.role_id
                where me.id = $4
            )
        )
        order by id {page.order} limit $3
        """,
        page.below,
        page.above,
        page.limit,
        reader,
    )
    return page.newest_first([_mail(row) for row in rows])


async def sent(tx: Tx, mail: MailId) -> None:
    """A mail has gone out."""
    await tx.run("update mails set sent_at = $2, last_error = null where id = $1", mail, tx.now)


async def failed(tx: Tx, mail: MailId, why: str) -> None:
    """A mail could not go out."""
    await tx.run("update mails set last_error = $2 where id = $1", mail, why)


async def delete_old(tx: Tx) -> None:
    """Remove mails after thirty days: they hold links that are keys."""
    await tx.run("delete from mails where created_at < $1::timestamptz - interval '30 days'", tx.now)
