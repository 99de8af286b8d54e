"""The SQL of the site."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from marula.base.db import Connection, Tx
from marula.base.kernel.ids import RuleId
from marula.domain.site.types import Rule, SiteSettings


async def settings(db: Connection) -> SiteSettings:
    """All settings; those that nobody has changed have their defaults."""
    rows = await db.all("select key, value::text as value from site_settings")
    kept = {row["key"]: msgspec.json.decode(row["value"]) for row in rows}
    return msgspec.convert(kept, type=SiteSettings)


async def changed_at(db: Connection, key: str) -> datetime | None:
    """When a setting was given its value; None when nobody did."""
    return await db.value("select updated_at from site_settings where key = $1", key)


async def put(tx: Tx, key: str, value: Any) -> None:
    """Keep the value of a setting."""
    await tx.run(
        """
        insert into site_settings (key, value, updated_at) values ($1, $2::jsonb, $3)
        on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
        """,
        key,
        msgspec.json.encode(value).decode(),
        tx.now,
    )


async def rules(db: Connection) -> tuple[Rule, ...]:
    """The rules of the house, in their order."""
    rows = await db.all("select id, text, hint from rules order by position, id")
    return tuple(Rule(**dict(row)) for row in rows)


async def insert_rule(tx: Tx, text: str, hint: str) -> RuleId:
    """Write a rule after all others."""
    return await tx.value(
        """
        insert into rules (position, text, hint, created_at)
        select coalesce(max(position) + 1, 0), $1, $2, $3 from rules returning id
        """,
        text,
        hint,
        tx.now,
    )


async def delete_rule(tx: Tx, rule: RuleId) -> bool:
    """Remove a rule; says whether it was there."""
    return bool(await tx.run("delete from rules where id = $1", rule))


async def order_rules(tx: Tx, ids: Sequence[RuleId]) -> None:
    """Put the rules in this order."""
    await tx.run(
        """
        update rules set position = wanted.position
        from unnest($1::bigint[]) with ordinality as wanted (id, position) where rules.id = wanted.id
        """,
        ids,
    )
