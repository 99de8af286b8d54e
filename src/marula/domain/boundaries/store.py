"""The SQL of boundaries."""

from marula.base.db import Connection, Row, Tx
from marula.domain.boundaries.rules import Boundaries
from marula.domain.boundaries.types import BlockDraft, DomainAllow, DomainBlock

_FIELDS = "id, domain, severity, reject_media, reject_reports, public_comment, private_comment, obfuscate, created_at"


async def boundaries(db: Connection) -> Boundaries:
    """All that was decided. Some thousand rows at most: they are remembered by every process."""
    blocks = await db.all(f"select {_FIELDS} from domain_blocks")
    allowed = await db.all("select domain from domain_allows")
    return Boundaries(
        blocks={row["domain"]: _block(row) for row in blocks}, allows=frozenset(row["domain"] for row in allowed)
    )


async def block_of(db: Connection, domain: str) -> DomainBlock | None:
    """What was decided of exactly this domain."""
    row = await db.one(f"select {_FIELDS} from domain_blocks where domain = $1", domain)
    return None if row is None else _block(row)


async def put(tx: Tx, draft: BlockDraft) -> DomainBlock:
    """Write a block, or the next state of the one there is, which keeps its mark."""
    row = await tx.one(
        f"""
        insert into domain_blocks (domain, severity, reject_media, reject_reports, public_comment, private_comment,
                                   obfuscate, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (domain) do update set severity = excluded.severity, reject_media = excluded.reject_media,
            reject_reports = excluded.reject_reports, public_comment = excluded.public_comment,
            private_comment = excluded.private_comment, obfuscate = excluded.obfuscate
        returning {_FIELDS}
        """,
        draft.domain,
        draft.severity,
        draft.reject_media,
        draft.reject_reports,
        draft.public_comment,
        draft.private_comment,
        draft.obfuscate,
        tx.now,
    )
    assert row is not None
    return _block(row)


async def remove(tx: Tx, domain: str) -> DomainBlock | None:
    """Remove a block; the one there was."""
    row = await tx.one(f"delete from domain_blocks where domain = $1 returning {_FIELDS}", domain)
    return None if row is None else _block(row)


async def allows(db: Connection) -> list[DomainAllow]:
    """The servers that are let in by name, in the order of their names."""
    rows = await db.all("select id, domain, created_at from domain_allows order by domain")
    return [DomainAllow(**dict(row)) for row in rows]


async def put_allow(tx: Tx, domain: str) -> bool:
    """Let a server in; says whether it is new."""
    return bool(
        await tx.run(
            "insert into domain_allows (domain, created_at) values ($1, $2) on conflict (domain) do nothing",
            domain,
            tx.now,
        )
    )


async def remove_allow(tx: Tx, domain: str) -> bool:
    """Let a server in no longer; says whether it was."""
    return bool(await tx.run("delete from domain_allows where domain = $1", domain))


def _block(row: Row) -> DomainBlock:
    return DomainBlock(**dict(row))
