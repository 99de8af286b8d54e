"""Who may call what: every endpoint, called by everybody who could try, with the outcome that its declaration implies.

An endpoint whose address names a kind of thing that is neither OWNED nor OPEN fails until somebody says which it is.
"""

from typing import Any

from marula.domain import accounts, announcements
from marula.domain.announcements import Draft
from marula.faces.api.route import Route, routes
from tests.domain.media.sending import picture
from tests.faces.api.caller import SCOPES, Caller, Crowd

OWNED = frozenset(
    {
        "async_refreshes",
        "conversations",
        "featured_tags",
        "filters",
        "follow_requests",
        "keywords",
        "list",
        "lists",
        "media",
        "notifications",
        "polls",
        "quotes",
        "requests",
        "scheduled_statuses",
        "statuses",
    }
)
"""Things whose ids only their owner, or whom the owner lets, may know: for others they do not exist."""

OPEN = frozenset(
    {
        "accounts",
        "announcements",
        "annual_reports",
        "collections",
        "items",
        "reactions",
        "suggestions",
        "tag",
        "tags",
        "terms_of_service",
    }
)
"""Things that everybody may name."""

REFUSALS = {
    (401, "The access token is invalid"): "no token",
    (403, "This action is outside the authorized scopes"): "wrong scope",
    (422, "This method requires an authenticated user"): "no user",
    (403, "This method requires an client credentials authentication"): "no app",
    (403, "Your login is currently disabled"): "suspended",
    (403, "Your login is missing a confirmed e-mail address"): "unconfirmed",
}
THROUGH = "through"
MISSING = "not there"
FORBIDDEN = "not allowed"

CALLERS = ("nobody", "app", "wrong scope", "other", "blocked", "suspended", "unconfirmed", "owner")

EXCEPTIONS: dict[tuple[str, str], dict[str, str]] = {
    # a group that one does not have holds nobody, and there is nothing to dismiss
    ("GET", "/api/v2/notifications/{group_key}/accounts"): {"other": THROUGH, "blocked": THROUGH},
    ("POST", "/api/v2/notifications/{group_key}/dismiss"): {"other": THROUGH, "blocked": THROUGH},
    ("GET", "/api/v1/annual_reports/{year}"): {"other": MISSING, "blocked": MISSING, "owner": MISSING},
    ("POST", "/api/v1/annual_reports/{year}/read"): {"other": MISSING, "blocked": MISSING, "owner": MISSING},
    ("GET", "/api/v1_alpha/async_refreshes/{id}"): {"owner": MISSING},
    ("GET", "/api/v1/instance/terms_of_service/{date}"): dict.fromkeys(CALLERS, MISSING),
    ("POST", "/api/v1/accounts/{id}/follow"): {"other": FORBIDDEN},
    ("DELETE", "/api/v1/announcements/{id}/reactions/{name}"): dict.fromkeys(("other", "blocked", "owner"), MISSING),
    ("POST", "/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke"): {"owner": MISSING},
    ("POST", "/api/v1/statuses/{id}/translate"): {"owner": MISSING},
    ("POST", "/api/v1/emails/confirmations"): dict.fromkeys(
        ("other", "blocked", "suspended", "unconfirmed", "owner"), FORBIDDEN
    ),
}
"""Outcomes that do not follow from the declaration: what nobody has here, what `other` would do with themselves, and
what only the program may with which somebody signed up."""

for version in ("v1", "v1_alpha"):
    gathered = f"/api/{version}/collections"
    EXCEPTIONS.update(
        {
            ("GET", f"{gathered}/{{id}}"): {"blocked": MISSING},
            ("POST", f"{gathered}/{{collection_id}}/items"): {"owner": MISSING},
            ("POST", f"{gathered}/{{collection_id}}/items/{{id}}/revoke"): {"other": THROUGH, "owner": FORBIDDEN},
            ("GET", f"/api/{version}/accounts/{{account_id}}/in_collections"): dict.fromkeys(
                ("blocked", "owner"), FORBIDDEN
            ),
        }
    )

BODIES: dict[str, Any] = {
    "/api/v1/polls/{id}/votes": {"choices": [0]},
    "/api/v1/collections/{collection_id}/items": {"account_id": "1"},
    "/api/v1_alpha/collections/{collection_id}/items": {"account_id": "1"},
}
"""What must be sent for a call to come as far as the thing that it names."""


def expected(route: Route, caller: str) -> str:
    """The outcome that the declaration of a route implies for a caller."""
    exception = EXCEPTIONS.get((route.method, route.path), {}).get(caller)
    if exception is not None:
        return exception
    if route.auth != "none":
        refusal = _refusal(route, caller)
        if refusal is not None:
            return refusal
    named = {_kind(route.path, name) for name, _ in route.path_params}
    assert named <= OWNED | OPEN, f"say whether these are OWNED or OPEN: {named}"
    if caller == "owner":
        return THROUGH
    if "collections" in named and route.method != "GET":
        return FORBIDDEN
    return MISSING if named & OWNED else THROUGH


def _refusal(route: Route, caller: str) -> str | None:
    if caller == "nobody":
        return None if route.auth == "optional" else "no token"
    if caller == "wrong scope" and route.scopes:
        return "wrong scope"
    if route.auth == "app":
        return None if caller == "app" else "no app"
    if caller == "app":
        return "no user" if route.auth in ("user", "any_user") else None
    if caller in ("suspended", "unconfirmed") and route.auth in ("user", "optional"):
        return caller
    return None


def _kind(path: str, name: str) -> str:
    """The word that stands before a parameter in a path."""
    return path.partition(f"/{{{name}}}")[0].rpartition("/")[2]


def outcome(route: Route, status: int, body: Any) -> str:
    """How far a call came. Without a thing in the address, what is missing was named by the parameters."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str) and (status, error) in REFUSALS:
        return REFUSALS[status, error]
    if status == 403:
        return FORBIDDEN
    return MISSING if status == 404 and route.path_params else THROUGH


class Stage:
    """Everybody who could try, and what the owner has."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.callers: dict[str, Caller] = {}
        self.things: dict[str, str] = {}
        self.bodies: dict[str, Any] = {}

    async def set(self) -> None:
        for name in ("owner", "other", "blocked", "suspended", "unconfirmed"):
            self.callers[name] = await self.crowd.join(name, locked=name == "owner")
        self.callers["nobody"] = self.crowd.nobody
        self.callers["wrong scope"] = await self.crowd.join("wrong", scopes="admin:read:ip_blocks")
        self.callers["app"] = Caller(self.crowd.client, await self._app_token(), None)
        owner, world = self.callers["owner"], self.crowd.world
        await owner.post(f"/api/v1/accounts/{self.callers['blocked'].account}/block")
        await self._furnish(owner)
        for change, name in (
            ("update accounts set suspended_at = now() where id = $1 returning 1", "suspended"),
            ("update users set confirmed_at = null where account_id = $1 returning 1", "unconfirmed"),
        ):
            assert await world.rows(change, self.callers[name].account)
        world.ctx.memory.forget(accounts.CALLERS.name)

    async def _app_token(self) -> str:
        nobody = self.crowd.nobody
        app = await nobody.post(
            "/api/v1/apps", {"client_name": "x", "redirect_uris": "https://x.example/", "scopes": SCOPES}
        )
        form = {"grant_type": "client_credentials", "scope": SCOPES}
        form |= {"client_id": app["client_id"], "client_secret": app["client_secret"]}
        return (await nobody.call("POST", "/oauth/token", data=form)).json()["access_token"]

    async def _furnish(self, owner: Caller) -> None:
        asker, other = await self.crowd.join("asker"), self.callers["other"]
        await self.crowd.follow(asker, owner)
        mine = await owner.write(
            "private #tea", visibility="private", poll={"options": ["tea", "milk"], "expires_in": 3600}
        )
        await asker.write("@owner hello", visibility="direct")
        await self.crowd.world.settle()
        sent = await owner.call("POST", "/api/v2/media", files={"file": ("a.png", picture(), "image/png")})
        later = await owner.write("later", scheduled_at="2027-01-01T00:00:00Z")
        [talk] = await owner.get("/api/v1/conversations")
        told = await owner.get("/api/v1/notifications")
        kept = await owner.post("/api/v1/lists", {"title": "some"})
        shown = await owner.post("/api/v1/featured_tags", {"name": "tea"})
        await other.call("PATCH", "/api/v1/profile", json={"discoverable": True})
        gathered = await owner.post(
            "/api/v1/collections", {"name": "some", "discoverable": True, "account_ids": [str(other.account)]}
        )
        await owner.call("PATCH", "/api/v2/notifications/policy", json={"for_not_following": "filter"})
        await (await self.crowd.join("stranger")).write("@owner hello")
        await self.crowd.world.settle()
        waiting = (await owner.get("/api/v1/notifications/requests"))[0]
        words = [{"keyword": "tea"}]
        held = await owner.post("/api/v2/filters", {"title": "f", "context": ["home"], "keywords_attributes": words})
        entry = await owner.post(f"/api/v2/filters/{held['id']}/statuses", {"status_id": mine["id"]})
        self.bodies["/api/v2/filters/{filter_id}/keywords"] = {"keyword": "milk"}
        self.bodies["/api/v2/filters/{filter_id}/statuses"] = {"status_id": mine["id"]}
        async with self.crowd.world.ctx.db.transaction() as tx:
            announced = await announcements.create(tx, Draft(text="hello"))
            await announcements.publish(tx, announced)
        self.things = {
            "statuses": mine["id"],
            "polls": mine["poll"]["id"],
            "lists": kept["id"],
            "media": sent.json()["id"],
            "list": kept["id"],
            "notifications": told[0]["id"],
            "conversations": talk["id"],
            "scheduled_statuses": later["id"],
            "featured_tags": shown["id"],
            "collections": gathered["collection"]["id"],
            "items": gathered["collection"]["items"][0]["id"],
            "announcements": str(announced),
            "follow_requests": str(asker.account),
            "accounts": str(other.account),
            "suggestions": str(other.account),
            "tags": "tea",
            "tag": "tea",
            "requests": waiting["id"],
            "filters": held["id"],
            "keywords": held["keywords"][0]["id"],
            "/api/v1/filters": held["keywords"][0]["id"],
            "/api/v2/filters/statuses": entry["id"],
            "/api/v1/pleroma/statuses/{id}/reactions": "🥭",
            "/api/v2/notifications": f"ungrouped-{told[0]['id']}",
        }

    async def try_it(self, route: Route, name: str) -> str:
        """The outcome of a call; what it changed is undone."""
        path = route.path
        for parameter, _ in route.path_params:
            before = route.path.partition(f"/{{{parameter}}}")[0]
            known = self.things.get(before) or self.things.get(_kind(route.path, parameter), "1")
            path = path.replace(f"{{{parameter}}}", known)
        body = self.bodies.get(route.path) or BODIES.get(route.path, {})
        sent = {} if route.method == "GET" else {"json": body}
        async with self.crowd.world.undone():
            answer = await self.callers[name].call(route.method, path, expect=None, **sent)
        kind = answer.headers["content-type"]
        return outcome(route, answer.status_code, answer.json() if "json" in kind and answer.content else None)


async def test_everybody_gets_exactly_as_far_as_they_may(crowd: Crowd) -> None:
    stage = Stage(crowd)
    await stage.set()
    wrong: list[str] = []
    for route in routes:
        for caller in CALLERS:
            found, wanted = await stage.try_it(route, caller), expected(route, caller)
            if found != wanted:
                wrong.append(f"{route.method} {route.path} by {caller}: {found}, not {wanted}")
    assert not wrong, "\n".join(wrong)
