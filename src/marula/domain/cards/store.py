"""All SQL of cards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from marula.base.db import Connection, Row, Tx
from marula.base.kernel.ids import AccountId, BlobId, LinkId, PostId
from marula.domain.cards.types import Card, Known, Linking

_card = msgspec.json.Decoder(Card)
_KNOWN = "id, url, card is not null as described, fetched_at, retry_at, failures"


async def know(tx: Tx, urls: Sequence[str]) -> None:
    """Write links that are not known yet."""
    await tx.run(
        """
        insert into links (url, created_at) select url, $2 from unnest($1::text[]) as wanted (url)
        on conflict (url) do nothing
        """,
        sorted(set(urls)),
        tx.now,
    )


async def by_url(db: Connection, url: str) -> Known | None:
    """The link with this address."""
    return _known(await db.one(f"select {_KNOWN} from links where url = $1", url))


async def by_id(db: Connection, link: LinkId) -> Known | None:
    """A link."""
    return _known(await db.one(f"select {_KNOWN} from links where id = $1", link))


def _known(row: Row | None) -> Known | None:
    return None if row is None else Known(**dict(row))


async def linking(tx: Tx, post: PostId) -> Linking | None:
    """What decides on the card of a post, which is held until the transaction ends. None of a boost, and when gone."""
    row = await tx.one(
        """
        select p.html, p.local,
               not p.has_media and not exists (select from quotes q where q.post_id = p.id) as bare,
               array(select unnest(array[a.url, a.uri]) from mentions m join accounts a on a.id = m.account_id
                     where m.post_id = p.id) as others
        from posts p where p.id = $1 and p.reblog_of_id is null for no key update of p
        """,
        post,
    )
    if row is None:
        return None
    return Linking(
        html=row["html"], local=row["local"], bare=row["bare"], others=frozenset(filter(None, row["others"]))
    )


async def attach(tx: Tx, post: PostId, link: LinkId | None) -> bool:
    """Let a post have the card of this link, or none. Says whether that is new."""
    if link is None:
        return await tx.run("delete from post_cards where post_id = $1", post) == 1
    return (
        await tx.run(
            """
            insert into post_cards as x (post_id, link_id) values ($1, $2)
            on conflict (post_id) do update set link_id = excluded.link_id, offered = null
            where x.link_id <> excluded.link_id
            """,
            post,
            link,
        )
        == 1
    )


async def offer(tx: Tx, post: PostId, link: LinkId, card: Card) -> None:
    """Let a post have the card of a link, and show until we know ourselves what its server says of the page."""
    await tx.run(
        """
        insert into post_cards (post_id, link_id, offered) values ($1, $2, $3::jsonb)
        on conflict (post_id) do update set link_id = excluded.link_id, offered = excluded.offered
        """,
        post,
        link,
        msgspec.json.encode(card).decode(),
    )


async def offered(db: Connection, post: PostId) -> bool:
    """Whether the server of a post said what is behind its link."""
    return await db.value("select exists (select from post_cards where post_id = $1 and offered is not null)", post)


async def with_link(db: Connection, link: LinkId, below: int, most: int) -> list[PostId]:
    """The newest posts below an id that have the card of a link."""
    rows = await db.all(
        "select post_id from post_cards where link_id = $1 and post_id < $2 order by post_id desc limit $3",
        link,
        below,
        most,
    )
    return [row["post_id"] for row in rows]


async def hold(tx: Tx, link: LinkId) -> tuple[Known, datetime | None] | None:
    """A link, and until when somebody fetches it; others who ask this wait until the transaction ends."""
    row = await tx.one(f"select {_KNOWN}, claimed_until from links where id = $1 for update", link)
    if row is None:
        return None
    values = dict(row)
    until = values.pop("claimed_until")
    return Known(**values), until


async def claim(tx: Tx, link: LinkId, span: timedelta) -> None:
    """Note that this process fetches a link, for as long at most."""
    await tx.run("update links set claimed_until = $2::timestamptz + $3::interval where id = $1", link, tx.now, span)


async def turn(tx: Tx, host: str, gap: timedelta) -> datetime:
    """The moment at which a host is asked for this page: now, or after those who asked before, with gaps between."""
    return await tx.value(
        """
        insert into card_hosts as h (host, next_at) values ($1, $2::timestamptz + $3::interval)
        on conflict (host) do update set next_at = greatest(h.next_at, $2) + $3::interval
        returning next_at - $3::interval
        """,
        host,
        tx.now,
        gap,
    )


async def shown(tx: Tx, link: LinkId) -> tuple[Card | None, BlobId | None]:
    """What is known of a link, and its picture."""
    row = await tx.one("select card, image_id from links where id = $1 for update", link)
    if row is None or row["card"] is None:
        return None, None
    return _card.decode(row["card"]), row["image_id"]


async def describe(
    tx: Tx, link: LinkId, card: Card | None, *, image: BlobId | None, creator: AccountId | None, domains: Sequence[str]
) -> bool:
    """Keep what is behind a link, or that there is nothing. Says whether that is something else than before."""
    body = None if card is None else msgspec.json.encode(card).decode()
    return await tx.value(
        """
        with before as (select id, card, image_id, creator_id, domains from links where id = $1 for update)
        update links l set card = $2::jsonb, image_id = $3, creator_id = $4, domains = $5, fetched_at = $6,
                           claimed_until = null, retry_at = null, failures = 0
        from before b where l.id = b.id
        returning (b.card, b.image_id, b.creator_id, b.domains)
                  is distinct from (l.card, l.image_id, l.creator_id, l.domains)
        """,
        link,
        body,
        image,
        creator,
        list(domains),
        tx.now,
    )


async def give_up(tx: Tx, blobs: Sequence[BlobId]) -> list[Known]:
    """Keep these copies of pictures no more; the pages are fetched again with the next post. Gives the links."""
    rows = await tx.all(
        f"""
        update links set image_id = null, fetched_at = null where image_id = any($1::bigint[]) returning {_KNOWN}
        """,
        blobs,
    )
    return [Known(**dict(row)) for row in rows]


async def fail(tx: Tx, link: LinkId, pause: timedelta) -> None:
    """Note that the page did not answer, and leave it alone for a while. What was known stays."""
    await tx.run(
        """
        update links set failures = least(failures + 1, 100), claimed_until = null,
                         retry_at = $2::timestamptz + $3::interval where id = $1
        """,
        link,
        tx.now,
        pause,
    )


async def credited_to(db: Connection, account: AccountId, below: int, most: int) -> list[LinkId]:
    """The newest links below an id whose pages name an account as their author."""
    rows = await db.all(
        "select id from links where creator_id = $1 and id < $2 order by id desc limit $3", account, below, most
    )
    return [row["id"] for row in rows]


async def forget(tx: Tx, links: Sequence[LinkId]) -> None:
    """Remove links."""
    await tx.run("delete from links where id = any($1::bigint[])", links)


async def forget_hosts(tx: Tx) -> None:
    """Forget when hosts were asked that may be asked at any time."""
    await tx.run("delete from card_hosts where next_at < $1", tx.now)
