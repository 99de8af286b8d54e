"""The writes of OAuth applications.

Secrets, codes and tokens are given once and kept as digests.
"""

from collections.abc import Iterable, Sequence

from marula.base.crypto.tokens import digest, new_token, same
from marula.base.db import Connection, Tx
from marula.base.events import record
from marula.base.kernel.errors import Invalid
from marula.base.kernel.ids import AppId, SessionId, TokenId, UserId
from marula.domain import users
from marula.domain.apps import rules, store
from marula.domain.apps.events import AppAuthorised, AppRegistered, TokensRevoked
from marula.domain.apps.types import CODE_LIFETIME, App, Bearer, Grant, Issued, NewApp, OAuthError, Registered, Wanted
from marula.domain.users import Reset, User


async def register(tx: Tx, new: NewApp) -> Registered:
    """Make a program known; gives it with its secret. Records: AppRegistered. Raises: Invalid with every problem."""
    found = rules.problems(new)
    if found:
        raise Invalid(*found)
    secret = new_token()
    app = await store.insert(
        tx,
        name=new.name.strip(),
        website=new.website or None,
        redirect_uris=rules.redirect_uris(new),
        scopes=rules.scopes(new.scopes),
        client_id=new_token(),
        secret_digest=digest(secret),
    )
    await record(tx, AppRegistered(app_id=app.id))
    return Registered(app, secret)


async def authenticate(db: Connection, client_id: str, client_secret: str) -> App:
    """The program that proves itself. Raises: OAuthError invalid_client."""
    app = await store.by_client_id(db, client_id)
    known = None if app is None else await store.secret_digest(db, app.id)
    if app is None or known is None or not same(known, digest(client_secret)):
        raise OAuthError("invalid_client", rules.BAD_CLIENT)
    return app


async def authorise(tx: Tx, user: UserId, wanted: Wanted) -> str:
    """Keep somebody's consent; gives the code that the program exchanges within ten minutes. Records: AppAuthorised."""
    code = new_token()
    grant = Grant(
        app_id=wanted.app.id,
        user_id=user,
        redirect_uri=wanted.redirect_uri,
        scopes=wanted.scopes,
        code_challenge=wanted.code_challenge,
        expires_at=tx.now + CODE_LIFETIME,
    )
    await store.insert_grant(tx, digest(code), grant)
    await record(tx, AppAuthorised(app_id=wanted.app.id, user_id=user))
    return code


async def exchange(tx: Tx, app: App, code: str, *, redirect_uri: str, verifier: str | None = None) -> Issued:
    """Give the token for a code, once. Raises: OAuthError invalid_grant; the transaction must then be rolled back."""
    grant = await store.take_grant(tx, app.id, digest(code))
    if grant is None:
        raise OAuthError("invalid_grant", rules.BAD_GRANT)
    rules.check_exchange(grant, redirect_uri, verifier)
    return await issue(tx, app.id, grant.user_id, grant.scopes)


async def client_credentials(tx: Tx, app: App, scope: str | None) -> Issued:
    """Give a program a token of its own, without a person. Raises: OAuthError invalid_scope."""
    return await issue(tx, app.id, None, rules.allowed_scopes(app, scope))


async def issue(tx: Tx, app: AppId, user: UserId | None, scopes: Iterable[str]) -> Issued:
    """Give a token. It does not expire; since only digests are kept, every asking gives another one."""
    token, granted = new_token(), tuple(scopes)
    await store.insert_token(tx, digest(token), app, user, granted)
    return Issued(token=token, scopes=granted, created_at=tx.now)


async def personal_token(tx: Tx, user: UserId, *, app_name: str, scopes: str) -> Issued:
    """Give somebody a token for a program of their own, such as a bot. Records: AppRegistered. Raises: Invalid."""
    made = await register(tx, NewApp(name=app_name, redirect_uris=rules.OUT_OF_BAND, scopes=scopes))
    return await issue(tx, made.app.id, user, made.app.scopes)


async def revoke(tx: Tx, app: App, token: str) -> None:
    """Let a program give a token back; an unknown one is no error. Records: TokensRevoked.

    Raises: OAuthError unauthorized_client for the token of another program. Spec: RFC 7009, 2.1 and 2.2
    """
    owner = await store.token_app(tx, digest(token))
    if owner is not None and owner != app.id:
        raise OAuthError("unauthorized_client", "You are not authorized to revoke this token")
    await withdraw(tx, token)


async def withdraw(tx: Tx, token: str) -> bool:
    """Make a token worthless, whoever has it; says whether it was worth something. Records: TokensRevoked."""
    return await _withdrawn(tx, await store.revoke(tx, digest(token)))


async def withdraw_all(tx: Tx, user: UserId, *, app: AppId | None = None) -> bool:
    """Make all tokens of somebody worthless, or those of one program. Records: TokensRevoked."""
    return await _withdrawn(tx, await store.revoke_all(tx, user, app))


async def end_with_sessions(tx: Tx, sessions: Sequence[SessionId]) -> None:
    """Make what was given to sessions worthless. Records: TokensRevoked."""
    await _withdrawn(tx, await store.revoke_of_sessions(tx, sessions))


async def renew_password(tx: Tx, user: UserId, password_hash: str) -> None:
    """Give somebody another password and end all that came in with the old one: sessions, tokens, open consents.

    For whoever lost a password, or lost it to others. Records: PasswordChanged, TokensRevoked.
    """
    await users.change_password(tx, user, password_hash)
    await store.delete_grants(tx, user)
    await withdraw_all(tx, user)


async def reset_password(tx: Tx, proof: Reset, password_hash: str) -> User:
    """Give somebody another password by the link that was mailed to them; it can be used once.

    Records: as `renew_password`. Raises: Invalid when the link was used or the address is another meanwhile.
    """
    user = await users.claim_reset(tx, proof)
    await renew_password(tx, user.id, password_hash)
    return user


async def mark_used(tx: Tx, bearer: Bearer) -> None:
    """Note that a token is used, at most daily, and its person here, at most hourly: when `bearer.unnoted`.

    A relaxed transaction is enough.
    """
    await store.mark_used(tx, bearer.token_id)
    if bearer.user_id is not None:
        await users.mark_active(tx, bearer.user_id)


async def _withdrawn(tx: Tx, tokens: Sequence[TokenId]) -> bool:
    if tokens:
        await record(tx, TokensRevoked(token_ids=tuple(tokens)))
    return bool(tokens)
