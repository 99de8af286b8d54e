"""Accounts as a viewer sees them.

Spec: Mastodon documentation, entities/Account
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from marula.base.db import Connection, Row
from marula.base.kernel.errors import NotFound
from marula.base.kernel.ids import AccountId
from marula.domain import actors
from marula.domain.accounts import picture_address
from marula.domain.context import Context
from marula.entities import Account, AccountField, AccountRole, FeatureApproval
from marula.entities.scalars import date_text, datetime_text
from marula.views import store
from marula.views.emoji import Emojis
from marula.views.fragments import HOLE, fill, split
from marula.views.remembered import Shelves, of
from marula.views.rendered import Rendered

State: TypeAlias = tuple[int, int, int, int, datetime | None]
"""All that shows of an account: version, followers, following, posts, the day of the last one."""

NOBODY = FeatureApproval(automatic=[], manual=[], current_user="denied")
EVERYBODY = FeatureApproval(automatic=["public"], manual=[], current_user="automatic")
UNKNOWN = FeatureApproval(automatic=[], manual=[], current_user="missing")
"""Who may put an account into a collection: everybody when it wants to be discovered; other servers have not said."""


class _Field(msgspec.Struct):
    name: str
    html: str
    verified_at: str | None = None


_fields = msgspec.json.Decoder(list[_Field])


async def accounts(ctx: Context, db: Connection, ids: Sequence[AccountId]) -> list[Rendered[Account]]:
    """These accounts, in this order; those that do not exist are left out.

    Costs: one statement; two when some are not remembered, one more each when one of them has moved,
    or uses custom emoji of another server.
    """
    found = await accounts_by_id(ctx, db, ids)
    return [found[identifier] for identifier in ids if identifier in found]


async def accounts_by_id(ctx: Context, db: Connection, ids: Sequence[AccountId]) -> dict[AccountId, Rendered[Account]]:
    """The same, by id."""
    rows = await store.versions(db, ids)
    found = await embedded(ctx, db, {identifier: row[store.SELF] for identifier, row in rows.items()})
    return {AccountId(identifier): Rendered(data) for identifier, data in found.items()}


async def account(ctx: Context, db: Connection, identifier: AccountId) -> Rendered[Account]:
    """This account. Raises NotFound."""
    found = await accounts(ctx, db, [identifier])
    if not found:
        raise NotFound
    return found[0]


async def embedded(ctx: Context, db: Connection, states: Mapping[int, State]) -> dict[int, bytes]:
    """The JSON of accounts by id. Takes: their version and counters, as `versions` and `sighted` give them."""
    remembered = of(ctx)
    done: dict[int, bytes] = {}
    missing: list[AccountId] = []
    for identifier, state in states.items():
        whole = remembered.people.get(identifier, state)
        if whole is not None:
            done[identifier] = whole[0]
            continue
        pieces = remembered.accounts.get(identifier, state[0])
        if pieces is None:
            missing.append(AccountId(identifier))
        else:
            done[identifier] = _filled(remembered, identifier, state, pieces)
    if missing:
        for identifier, version, pieces in await _load(ctx, db, missing):
            remembered.accounts.put(identifier, version, pieces)
            done[identifier] = _filled(remembered, identifier, states[identifier], pieces)
    return done


def _filled(remembered: Shelves, identifier: int, state: State, pieces: tuple[bytes, ...]) -> bytes:
    _, followers, following, statuses, last = state
    day = b"null" if last is None else f'"{date_text(last)}"'.encode()
    whole = fill(pieces, (b"%d" % followers, b"%d" % following, b"%d" % statuses, day))
    remembered.people.put(identifier, state, (whole,))
    return whole


async def _load(ctx: Context, db: Connection, missing: Sequence[AccountId]) -> list[tuple[int, int, tuple[bytes, ...]]]:
    rows = await store.profiles(db, missing)
    moved = {row["moved_to_id"] for row in rows if row["moved_to_id"] is not None}
    targets = {row["id"]: row for row in await store.profiles(db, list(moved))} if moved else {}
    emojis = await Emojis.within(ctx, db, ((row["domain"], _texts(row)) for row in (*rows, *targets.values())))
    loaded: list[tuple[int, int, tuple[bytes, ...]]] = []
    for row in rows:
        entity = _entity(ctx, row, emojis)
        target = targets.get(row["moved_to_id"])
        if target is not None:
            entity.moved = _without_counters(_entity(ctx, target, emojis))
        loaded.append((row["id"], row["version"], split(entity)))
    return loaded


def _without_counters(entity: Account) -> Account:
    return msgspec.structs.replace(
        entity, followers_count=0, following_count=0, statuses_count=0, last_status_at=None, moved=msgspec.UNSET
    )


def _entity(ctx: Context, row: Row, emojis: Emojis) -> Account:
    """The entity with holes for its counters. A suspended account shows nothing of what it says about itself."""
    web = ctx.config.web_url
    local = row["domain"] is None
    suspended = row["suspended_at"] is not None
    fields = [] if suspended else _fields.decode(row["fields"])
    name, note = ("", "") if suspended else (row["display_name"], row["note_html"])
    midnight = row["created_at"].replace(hour=0, minute=0, second=0, microsecond=0)
    uri = row["uri"] or actors.actor_uri(ctx.config, row["id"])
    avatar, avatar_static = _picture(ctx, row, "avatar")
    header, header_static = _picture(ctx, row, "header")
    return Account(
        id=str(row["id"]),
        username=row["username"],
        acct=row["username"] if local else f"{row['username']}@{row['domain']}",
        display_name=name,
        locked=row["locked"],
        bot=row["actor_type"] in ("Service", "Application"),
        group=row["actor_type"] == "Group",
        discoverable=row["discoverable"] and not suspended,
        indexable=row["indexable"] and not suspended,
        created_at=datetime_text(midnight),
        note=note,
        url=row["url"] or (f"{web}/@{row['username']}" if local else uri),
        uri=uri,
        avatar=avatar,
        avatar_static=avatar_static,
        avatar_description="" if suspended else row["avatar_description"],
        header=header,
        header_static=header_static,
        header_description="" if suspended else row["header_description"],
        followers_count=HOLE,
        following_count=HOLE,
        statuses_count=HOLE,
        last_status_at=HOLE,
        hide_collections=row["hide_collections"],
        show_media=row["show_media"],
        show_media_replies=row["show_media_replies"],
        show_featured=row["show_featured"],
        feature_approval=_approval(row),
        emojis=[] if suspended else emojis.used(*_texts(row), domain=row["domain"]),
        fields=[AccountField(name=f.name, value=f.html, verified_at=f.verified_at) for f in fields],
        roles=_badges(row) if local else msgspec.UNSET,
        noindex=row["noindex"] if local else msgspec.UNSET,
        suspended=True if suspended else msgspec.UNSET,
        limited=True if row["silenced_at"] is not None else msgspec.UNSET,
        memorial=True if row["memorial"] else msgspec.UNSET,
    )


def _picture(ctx: Context, row: Row, name: Literal["avatar", "header"]) -> tuple[str, str]:
    """The addresses of a picture of a profile and of its first frame; of somebody suspended, the picture of nobody."""
    original, still = row[name], row[f"{name}_still"]
    if row["suspended_at"] is not None or (original or row[f"{name}_remote_url"]) is None:
        nobody = f"{ctx.config.web_url}/{name}s/original/missing.png"
        return nobody, nobody
    if original is None:
        elsewhere = row[f"{name}_remote_url"]
        if ctx.config.remote_media == "link":
            return elsewhere, elsewhere
        return (
            picture_address(ctx.config, row["id"], name, elsewhere, still=False),
            picture_address(ctx.config, row["id"], name, elsewhere, still=True),
        )
    return f"{ctx.files.public}{original}", f"{ctx.files.public}{still or original}"


def _texts(row: Row) -> tuple[str, ...]:
    """All of a profile that may hold custom emoji."""
    return row["display_name"], row["note_html"], row["fields"]


def _approval(row: Row) -> FeatureApproval:
    """Spec: Mastodon documentation, client/collections (consent)"""
    if row["domain"] is not None:
        return UNKNOWN
    return EVERYBODY if row["discoverable"] and row["suspended_at"] is None else NOBODY


def _badges(row: Row) -> list[AccountRole]:
    if row["role_id"] is None:
        return []
    return [AccountRole(id=str(row["role_id"]), name=row["role_name"], color=row["role_color"])]
