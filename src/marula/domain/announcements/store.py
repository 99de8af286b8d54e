"""The SQL of announcements."""

from collections.abc import Sequence

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, AnnouncementId
from marula.domain.announcements.types import Announcement, Draft, Reaction, Sighted

COLUMNS = ", ".join(f"a.{name}" for name in Announcement.__struct_fields__)

_reactions = msgspec.json.Decoder(tuple[tuple[str, int, bool], ...])


async def insert(tx: Tx, draft: Draft) -> AnnouncementId:
    """Write an announcement that nobody can read yet."""
    return await tx.value(
        """
        insert into announcements (text, starts_at, ends_at, all_day, scheduled_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $6) returning id
        """,
        draft.text,
        draft.starts_at,
        draft.ends_at,
        draft.all_day,
        draft.scheduled_at,
        tx.now,
    )


async def revise(tx: Tx, announcement: AnnouncementId, draft: Draft) -> None:
    """Write all that an announcement says."""
    await tx.run(
        """
        update announcements
        set text = $2, starts_at = $3, ends_at = $4, all_day = $5, scheduled_at = $6, updated_at = $7 where id = $1
        """,
        announcement,
        draft.text,
        draft.starts_at,
        draft.ends_at,
        draft.all_day,
        draft.scheduled_at,
        tx.now,
    )


async def publish(tx: Tx, announcement: AnnouncementId) -> bool:
    """Let everybody read it. Says whether they could not before."""
    sql = "update announcements set published_at = $2, scheduled_at = null where id = $1 and published_at is null"
    return await tx.run(sql, announcement, tx.now) == 1


async def unpublish(tx: Tx, announcement: AnnouncementId) -> bool:
    """Let nobody read it. Says whether they could."""
    sql = "update announcements set published_at = null where id = $1 and published_at is not null"
    return await tx.run(sql, announcement) == 1


async def delete(tx: Tx, announcement: AnnouncementId) -> None:
    """Remove it with its reactions."""
    await tx.run("delete from announcements where id = $1", announcement)


async def locked(tx: Tx, announcement: AnnouncementId) -> Announcement | None:
    """An announcement, held against changes by others until the transaction ends."""
    row = await tx.one(f"select {COLUMNS} from announcements a where a.id = $1 for no key update", announcement)
    return None if row is None else Announcement(**dict(row))


async def by_id(db: Connection, announcement: AnnouncementId) -> Announcement | None:
    """An announcement."""
    row = await db.one(f"select {COLUMNS} from announcements a where a.id = $1", announcement)
    return None if row is None else Announcement(**dict(row))


async def due(tx: Tx, limit: int) -> list[AnnouncementId]:
    """Those whose time to be published has come, held."""
    rows = await tx.all(
        """
        select id from announcements where published_at is null and scheduled_at <= $1
        order by id limit $2 for update
        """,
        tx.now,
        limit,
    )
    return [row["id"] for row in rows]


async def ending(tx: Tx) -> list[Announcement]:
    """Those that can be read and whose end has come, held."""
    rows = await tx.all(
        f"""
        select {COLUMNS} from announcements a where a.published_at is not null and a.ends_at <= $1
        order by a.id for update
        """,
        tx.now,
    )
    return [Announcement(**dict(row)) for row in rows]


async def listed(db: Connection) -> list[Announcement]:
    """All of them, the latest first."""
    return [
        Announcement(**dict(row)) for row in await db.all(f"select {COLUMNS} from announcements a order by id desc")
    ]


async def sighted(
    db: Connection, viewer: AccountId | None, *, dismissed: bool, only: AnnouncementId | None = None
) -> list[Sighted]:
    """What can be read now, in the order in which it happens; what the viewer dismissed only if asked for.

    Costs: one statement.
    """
    rows = await db.all(
        f"""
        select {COLUMNS},
               exists (select from announcement_dismissals d
                       where d.account_id = $1 and d.announcement_id = a.id) as read,
               (select json_agg(json_build_array(name, count, me) order by first, name) from (
                    select name, count(*) as count, min(created_at) as first,
                           coalesce(bool_or(account_id = $1), false) as me
                    from announcement_reactions r where r.announcement_id = a.id group by name) counted
               )::text as reactions
        from announcements a
        where a.published_at is not null and ($3::bigint is null or a.id = $3)
          and ($2 or not exists (select from announcement_dismissals d
                                 where d.account_id = $1 and d.announcement_id = a.id))
        order by coalesce(a.starts_at, a.published_at), a.id
        """,
        viewer,
        dismissed,
        only,
    )
    return [_sighted(row) for row in rows]


def _sighted(row: Row) -> Sighted:
    told = row["reactions"]
    return Sighted(
        announcement=Announcement(**{name: row[name] for name in Announcement.__struct_fields__}),
        published_at=row["published_at"],
        read=row["read"],
        reactions=() if told is None else tuple(Reaction(*one) for one in _reactions.decode(told)),
    )


async def dismiss(tx: Tx, who: AccountId, announcement: AnnouncementId) -> bool:
    """Write that somebody has read it. False when there is nothing to read."""
    return await tx.value(
        """
        with published as (
            select id from announcements where id = $2 and published_at is not null for key share
        ), written as (
            insert into announcement_dismissals (account_id, announcement_id) select $1, id from published
            on conflict do nothing
        )
        select exists (select from published)
        """,
        who,
        announcement,
    )


async def reaction_names(db: Connection, announcement: AnnouncementId) -> Sequence[str]:
    """The emoji under an announcement."""
    rows = await db.all("select distinct name from announcement_reactions where announcement_id = $1", announcement)
    return [row["name"] for row in rows]


async def react(tx: Tx, who: AccountId, announcement: AnnouncementId, name: str) -> bool:
    """Write a reaction. Says whether it is new."""
    sql = """
        insert into announcement_reactions (announcement_id, name, account_id, created_at) values ($1, $2, $3, $4)
        on conflict do nothing
    """
    return await tx.run(sql, announcement, name, who, tx.now) == 1


async def unreact(tx: Tx, who: AccountId, announcement: AnnouncementId, name: str) -> bool:
    """Remove a reaction. Says whether there was one."""
    sql = "delete from announcement_reactions where announcement_id = $1 and name = $2 and account_id = $3"
    return await tx.run(sql, announcement, name, who) == 1
