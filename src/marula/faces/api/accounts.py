"""Accounts: sign up, look at people, follow, block and mute them, edit one's profile.

Spec: Mastodon documentation, methods/accounts
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import UNSET, UnsetType

from marula.base.db import Connection
from marula.base.kernel.errors import NotFound, Refused
from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.base.text import normalise_hashtag, parse_handle
from marula.domain import accounts, apps, discovery, interactions, lists, relationships, tags, timelines, users
from marula.domain.relationships import FollowOptions
from marula.domain.timelines import ProfileFilter
from marula.domain.users import PreferenceChanges, SignUp
from marula.entities import (
    Account,
    CredentialAccount,
    FamiliarFollowers,
    FeaturedTag,
    List,
    Relationship,
    Status,
    Token,
    rendered,
)
from marula.faces.api.call import Call
from marula.faces.api.profile import LARGEST_PICTURE, ProfileForm, profile_changes
from marula.faces.api.route import FOLLOWING, SIGN_UPS, route
from marula.faces.http.forms import Form
from marula.views import Rendered, listed
from marula.views.account import account as render_account
from marula.views.account import accounts as render_accounts
from marula.views.account import accounts_by_id
from marula.views.credentials import credentials
from marula.views.list import list_of_accounts
from marula.views.relationship import relationship
from marula.views.status import statuses
from marula.views.tag import featured_tag

READ = ("read", "read:accounts")
WRITE = ("write", "write:accounts")
FOLLOWS = ("follow", "write", "write:follows")
BLOCKS = ("follow", "write", "write:blocks")
MUTES = ("follow", "write", "write:mutes")

BULK = 40
FAMILIAR = 80
"""Followers one knows that are named of an account, as many as on the longest page of a list of accounts."""

PIN_RENAMED = datetime(2025, 7, 8, tzinfo=UTC)
"""Mastodon 4.4 brought the new names."""


class SignUpForm(Form, frozen=True, kw_only=True):
    """Who wants to join."""

    username: str = ""
    email: str = ""
    password: str = ""
    agreement: bool = False
    locale: str | None = None
    time_zone: str | None = None
    reason: str = ""


class SourceForm(Form, frozen=True, kw_only=True):
    """How one likes to write."""

    privacy: Literal["public", "unlisted", "private"] | UnsetType = UNSET
    sensitive: bool | UnsetType = UNSET
    language: str | UnsetType | None = UNSET
    quote_policy: Literal["public", "followers", "nobody"] | UnsetType = UNSET


class CredentialsForm(ProfileForm, frozen=True, kw_only=True):
    """What to change of one's profile and of how one likes to write; what is not sent stays."""

    source: SourceForm | UnsetType = UNSET


class BulkForm(Form, frozen=True, kw_only=True):
    """Which accounts."""

    id: tuple[AccountId, ...] = ()


class LookupForm(Form, frozen=True, kw_only=True):
    """A handle, with or without the domain."""

    acct: str = ""


class SearchForm(Form, frozen=True, kw_only=True):
    """What to look for. Nothing finds nothing."""

    q: str = ""
    limit: int = 40
    offset: int = 0
    following: bool = False
    resolve: bool = False


class StatusesForm(Form, frozen=True, kw_only=True):
    """Which posts of a profile."""

    pinned: bool = False
    only_media: bool = False
    exclude_replies: bool = False
    exclude_reblogs: bool = False
    tagged: str | None = None


class FollowForm(Form, frozen=True, kw_only=True):
    """How to follow; what is not sent stays as it is."""

    reblogs: bool | UnsetType = UNSET
    notify: bool | UnsetType = UNSET
    languages: tuple[str, ...] | UnsetType | None = UNSET


class MuteForm(Form, frozen=True, kw_only=True):
    """How to mute. `duration`: seconds, 0 for good."""

    notifications: bool = True
    duration: int = 0


class NoteForm(Form, frozen=True, kw_only=True):
    """A private note."""

    comment: str = ""


@route("POST", "/api/v1/accounts", auth="app", scopes=WRITE, limit=SIGN_UPS, detailed=True)
async def create(call: Call, form: SignUpForm) -> Token:
    """Sign up. The answer is the token of the new person, which works as soon as they are confirmed and approved."""
    app = call.token.app_id
    asked = SignUp(
        username=form.username,
        email=form.email,
        password=form.password,
        agreement=form.agreement,
        locale=form.locale,
        time_zone=form.time_zone,
        reason=form.reason,
        ip=call.request.address,
        app_id=app,
    )
    async with call.ctx.db.reading() as db:
        newcomer = await users.draft_sign_up(call.ctx, db, asked)
    async with call.ctx.db.transaction() as tx:
        user = await users.register(tx, newcomer)
        issued = await apps.issue(tx, app, user.id, call.token.scopes)
    return Token(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106 - the name of the type
        scope=" ".join(issued.scopes),
        created_at=int(issued.created_at.timestamp()),
    )


@route("GET", "/api/v1/accounts/verify_credentials", scopes=("profile", *READ))
async def verify_credentials(call: Call) -> Rendered[CredentialAccount]:
    """Who one is."""
    async with call.ctx.db.reading() as db:
        return await credentials(call.ctx, db, call.me)


@route("PATCH", "/api/v1/accounts/update_credentials", scopes=WRITE, detailed=True, uploads=LARGEST_PICTURE)
async def update_credentials(call: Call, form: CredentialsForm) -> Rendered[CredentialAccount]:
    """Change one's profile and how one likes to write."""
    changes = await profile_changes(call.ctx, form)
    async with call.ctx.db.reading() as db:
        account = await _existing(db, call.me)
        draft = await accounts.draft_profile(call.ctx, db, account, changes)
        user = await users.by_account(db, call.me)
    if user is None:
        raise NotFound
    async with call.ctx.db.transaction() as tx:
        await accounts.revise_profile(tx, account, draft)
        if form.source is not UNSET:
            await users.change_preferences(tx, user.id, _preference_changes(form.source))
    async with call.ctx.db.reading() as db:
        return await credentials(call.ctx, db, call.me)


@route("GET", "/api/v1/accounts", auth="optional", scopes=READ)
async def bulk(call: Call, form: BulkForm) -> Rendered[list[Account]]:
    """Several accounts at once; what is missing is left out."""
    if len(form.id) > BULK:
        raise Refused(f"Too many accounts requested: at most {BULK}")
    async with call.ctx.db.reading() as db:
        return listed(await render_accounts(call.ctx, db, list(dict.fromkeys(form.id))))


@route("GET", "/api/v1/accounts/lookup", auth="optional", scopes=READ)
async def lookup(call: Call, form: LookupForm) -> Rendered[Account]:
    """The account with a handle that this server knows."""
    handle = parse_handle(form.acct)
    if handle is None:
        raise NotFound
    name, domain = handle
    ours = (call.ctx.config.local_domain, call.ctx.config.web_domain)
    async with call.ctx.db.reading() as db:
        found = await accounts.by_handle(db, name, None if domain in ours else domain)
        if found is None:
            raise NotFound
        return await render_account(call.ctx, db, found.id)


@route("GET", "/api/v1/accounts/search", scopes=READ)
async def search(call: Call, form: SearchForm) -> Rendered[list[Account]]:
    """Accounts whose handle or name begins like this."""
    found = await _found(call, form)
    if form.resolve and form.offset <= 0 and not found and await accounts.look_up(call.ctx, form.q.strip()):
        found = await _found(call, form)
    return listed(found)


async def _found(call: Call, form: SearchForm) -> list[Rendered[Account]]:
    async with call.ctx.db.reading() as db:
        ids = await discovery.find_people(
            call.ctx,
            db,
            form.q,
            viewer=call.viewer,
            following=form.following,
            limit=min(abs(form.limit), 80),
            offset=max(0, form.offset),
        )
        return await render_accounts(call.ctx, db, ids)


class RelationshipsForm(Form, frozen=True, kw_only=True):
    """Which accounts."""

    id: tuple[AccountId, ...] = ()
    with_suspended: bool = False


@route("GET", "/api/v1/accounts/relationships", scopes=("read", "read:follows"))
async def show_relationships(call: Call, form: RelationshipsForm) -> list[Relationship]:
    """How one stands to these accounts."""
    async with call.ctx.db.reading() as db:
        found = await relationships.relationships(db, call.me, list(dict.fromkeys(form.id)))
    return [relationship(standing) for standing in found]


@route("GET", "/api/v1/accounts/familiar_followers", scopes=("read", "read:follows"))
async def familiar_followers(call: Call, form: BulkForm) -> list[FamiliarFollowers]:
    """Who of those one follows also follows each of these accounts."""
    if len(form.id) > BULK:
        raise Refused(f"Too many accounts requested: at most {BULK}")
    async with call.ctx.db.reading() as db:
        found = await relationships.familiar(db, call.me, form.id, FAMILIAR)
        shown = await accounts_by_id(call.ctx, db, list({one for group in found.values() for one in group}))
    return [
        FamiliarFollowers(
            id=str(id), accounts=[rendered(Account, shown[one].data) for one in found[id] if one in shown]
        )
        for id in dict.fromkeys(form.id)
        if id in found
    ]


@route("GET", "/api/v1/accounts/{id}", auth="optional", scopes=READ, cache="public, max-age=15")
async def show(call: Call, id: AccountId) -> Rendered[Account]:
    """One account."""
    async with call.ctx.db.reading() as db:
        return await render_account(call.ctx, db, id)


@route(
    "GET",
    "/api/v1/accounts/{id}/statuses",
    auth="optional",
    scopes=("read", "read:statuses"),
    paging=(20, 40),
    cache="public, max-age=15",
)
async def show_statuses(call: Call, id: AccountId, form: StatusesForm, page: Page) -> Rendered[list[Status]]:
    """The posts of an account that one may see; with `pinned`, those on top of its profile."""
    async with call.ctx.db.reading() as db:
        if form.pinned:
            ids = [mark.post_id for mark in await interactions.pinned(db, id, page)]
        else:
            wanted = ProfileFilter(
                exclude_replies=form.exclude_replies,
                exclude_reblogs=form.exclude_reblogs,
                only_media=form.only_media,
                tagged=None if form.tagged is None else normalise_hashtag(form.tagged.lstrip("#")),
            )
            ids = await timelines.profile(db, id, call.viewer, wanted, page)
        shown = await statuses(call.ctx, db, call.viewer, ids, listed=False)
        if shown or await _shows_itself(call, db, id):
            call.link(page, ids)
    if call.viewer is not None:
        await call.ctx.directory.visit(id)
    return listed(shown)


@route("GET", "/api/v1/accounts/{id}/followers", auth="optional", scopes=READ, paging=(40, 80), since_only=True)
async def followers(call: Call, id: AccountId, page: Page) -> Rendered[list[Account]]:
    """Who follows an account, unless it keeps that to itself."""
    async with call.ctx.db.reading() as db:
        if not await _shows_network(call, db, id):
            return listed([])
        found = await relationships.followers(db, id, page, viewer=call.viewer)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        return listed(await render_accounts(call.ctx, db, [entry.account_id for entry in found]))


@route("GET", "/api/v1/accounts/{id}/following", auth="optional", scopes=READ, paging=(40, 80), since_only=True)
async def following(call: Call, id: AccountId, page: Page) -> Rendered[list[Account]]:
    """Whom an account follows, unless it keeps that to itself."""
    async with call.ctx.db.reading() as db:
        if not await _shows_network(call, db, id):
            return listed([])
        found = await relationships.following(db, id, page, viewer=call.viewer)
        call.link(page, [entry.cursor for entry in found], prev="since_id")
        return listed(await render_accounts(call.ctx, db, [entry.account_id for entry in found]))


@route("GET", "/api/v1/accounts/{id}/featured_tags", auth="none")
async def featured_tags(call: Call, id: AccountId) -> list[FeaturedTag]:
    """The hashtags on a profile, the most used first."""
    async with call.ctx.db.reading() as db:
        account = await _existing(db, id)
        if account.suspended_at is not None:
            return []
        return [featured_tag(call.ctx, one) for one in await tags.featured_by(db, id)]


@route(
    "GET",
    "/api/v1/accounts/{id}/endorsements",
    auth="optional",
    scopes=READ,
    paging=(40, 80),
    since_only=True,
    cache="public, max-age=15",
)
async def endorsements(call: Call, id: AccountId, page: Page) -> Rendered[list[Account]]:
    """Whom an account shows on its profile."""
    async with call.ctx.db.reading() as db:
        if not await _shows_itself(call, db, id) or page.limit == 0:
            return listed([])
        found = await relationships.endorsed(db, id, page, viewer=call.viewer)
        call.link(page, found, prev="since_id")
        return listed(await render_accounts(call.ctx, db, found))


@route("GET", "/api/v1/accounts/{id}/lists", scopes=("read", "read:lists"))
async def show_lists(call: Call, id: AccountId) -> list[List]:
    """Those of one's lists that an account is on."""
    async with call.ctx.db.reading() as db:
        account = await _existing(db, id)
        if account.suspended_at is not None:
            return []
        return [list_of_accounts(kept) for kept in await lists.with_member(db, call.me, id)]


@route("POST", "/api/v1/accounts/{id}/follow", scopes=FOLLOWS, limit=FOLLOWING)
async def follow(call: Call, id: AccountId, form: FollowForm) -> Relationship:
    """Follow an account, or ask a locked one; or change how one follows it."""
    options = FollowOptions(reblogs=form.reblogs, notify=form.notify, languages=form.languages)
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.follow(tx, call.me, id, options)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/unfollow", scopes=FOLLOWS)
async def unfollow(call: Call, id: AccountId) -> Relationship:
    """Follow an account no longer, or take a request back."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.unfollow(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/remove_from_followers", scopes=FOLLOWS)
async def remove_from_followers(call: Call, id: AccountId) -> Relationship:
    """Have an account follow one no longer."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.remove_from_followers(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/block", scopes=BLOCKS)
async def block(call: Call, id: AccountId) -> Relationship:
    """Have nothing to do with an account."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.block(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/unblock", scopes=BLOCKS)
async def unblock(call: Call, id: AccountId) -> Relationship:
    """Lift a block."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.unblock(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/mute", scopes=MUTES)
async def mute(call: Call, id: AccountId, form: MuteForm) -> Relationship:
    """Read nothing of an account, for some time or for good."""
    await _target(call, id)
    duration = timedelta(seconds=form.duration) if 0 < form.duration < 10**9 else None
    async with call.ctx.db.transaction() as tx:
        await relationships.mute(tx, call.me, id, notifications=form.notifications, duration=duration)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/unmute", scopes=MUTES)
async def unmute(call: Call, id: AccountId) -> Relationship:
    """Lift a mute."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.unmute(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/endorse", scopes=WRITE)
async def endorse(call: Call, id: AccountId) -> Relationship:
    """Show an account one follows on one's profile."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.endorse(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/unendorse", scopes=WRITE)
async def unendorse(call: Call, id: AccountId) -> Relationship:
    """Show an account there no longer."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.unendorse(tx, call.me, id)
    return await _relationship(call, id)


@route("POST", "/api/v1/accounts/{id}/pin", scopes=WRITE, deprecated=PIN_RENAMED)
async def pin(call: Call, id: AccountId) -> Relationship:
    """The old name of endorse."""
    return await endorse(call, id)


@route("POST", "/api/v1/accounts/{id}/unpin", scopes=WRITE, deprecated=PIN_RENAMED)
async def unpin(call: Call, id: AccountId) -> Relationship:
    """The old name of unendorse."""
    return await unendorse(call, id)


@route("POST", "/api/v1/accounts/{id}/note", scopes=WRITE)
async def note(call: Call, id: AccountId, form: NoteForm) -> Relationship:
    """Keep a private note about an account."""
    await _target(call, id)
    async with call.ctx.db.transaction() as tx:
        await relationships.write_note(tx, call.me, id, form.comment)
    return await _relationship(call, id)


async def _existing(db: Connection, id: AccountId) -> accounts.Account:
    found = await accounts.by_id(db, id)
    if found is None:
        raise NotFound
    return found


async def _target(call: Call, id: AccountId) -> None:
    async with call.ctx.db.reading() as db:
        await _existing(db, id)


async def _relationship(call: Call, id: AccountId) -> Relationship:
    async with call.ctx.db.reading() as db:
        return relationship((await relationships.relationships(db, call.me, [id]))[0])


async def _shows_itself(call: Call, db: Connection, id: AccountId) -> bool:
    """Whether an account shows its posts to this viewer. Raises NotFound."""
    shown = await relationships.shows_itself(db, id, call.viewer)
    if shown is None:
        raise NotFound
    return shown


async def _shows_network(call: Call, db: Connection, id: AccountId) -> bool:
    """Whether this viewer may see whom an account knows. Raises NotFound."""
    if not await _shows_itself(call, db, id):
        return False
    return call.viewer == id or not (await _existing(db, id)).hide_collections


def _preference_changes(form: SourceForm) -> PreferenceChanges:
    return PreferenceChanges(
        default_privacy=form.privacy,
        default_sensitive=form.sensitive,
        default_language=form.language or None if form.language is not UNSET else UNSET,
        default_quote_policy=form.quote_policy,
    )
