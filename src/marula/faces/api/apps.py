"""Programs that act for people.

Spec: Mastodon documentation, methods/apps
"""

from marula.base.kernel.errors import NotFound
from marula.domain import apps
from marula.domain.apps import App, NewApp
from marula.entities import Application, CredentialApplication
from marula.faces.api.call import Call
from marula.faces.api.route import NEW_APPS, route
from marula.faces.http.forms import Form


class AppForm(Form, frozen=True, kw_only=True):
    """What a program says of itself. `scopes`: separated by spaces."""

    client_name: str = ""
    redirect_uris: tuple[str, ...] = ()
    scopes: str | None = None
    website: str | None = None


@route("POST", "/api/v1/apps", auth="none", limit=NEW_APPS)
async def create(call: Call, form: AppForm) -> CredentialApplication:
    """Register a program. Its secret is told this once."""
    uris = tuple(line for text in form.redirect_uris for line in text.split())
    new = NewApp(name=form.client_name, redirect_uris=uris, scopes=form.scopes, website=form.website)
    async with call.ctx.db.transaction() as tx:
        registered = await apps.register(tx, new)
    app = registered.app
    return CredentialApplication(
        id=str(app.id),
        name=app.name,
        website=app.website or None,
        scopes=list(app.scopes),
        redirect_uris=list(app.redirect_uris),
        redirect_uri="\n".join(app.redirect_uris),
        vapid_key=call.ctx.config.vapid_public_key,
        client_id=app.client_id,
        client_secret=registered.client_secret,
        client_secret_expires_at=0,
    )


@route("GET", "/api/v1/apps/verify_credentials", auth="token")
async def verify_credentials(call: Call) -> Application:
    """The program a token was given to."""
    async with call.ctx.db.reading() as db:
        app = await apps.by_id(db, call.token.app_id)
    if app is None:
        raise NotFound
    return _application(app, call.ctx.config.vapid_public_key)


def _application(app: App, vapid_key: str) -> Application:
    return Application(
        id=str(app.id),
        name=app.name,
        website=app.website or None,
        scopes=list(app.scopes),
        redirect_uris=list(app.redirect_uris),
        redirect_uri="\n".join(app.redirect_uris),
        vapid_key=vapid_key,
    )
