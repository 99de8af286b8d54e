"""Joining: sign-up, the confirmation of the address, the owner's first account."""

from datetime import timedelta

from marula.base.kernel.errors import Forbidden, Invalid, NotFound
from marula.domain import site, terms, users
from marula.domain.users import SignUp
from marula.faces.http.limits import Limit
from marula.faces.pages.errors import by_field
from marula.faces.pages.page import Answer, Sent, Shown, Visit, page
from marula.faces.pages.sign_in import begin_session

SIGN_UPS = Limit("sign_up_address", 25, timedelta(minutes=5))


@page("GET", "/sign-up")
async def ask(visit: Visit) -> Answer:
    """The form, or that nobody may join at present."""
    return Sent("/home") if visit.user is not None else await _form(visit, {}, {})


@page("POST", "/sign-up")
async def join(visit: Visit) -> Answer:
    """Join; whoever needs neither confirmation nor approval is in at once."""
    visit.count(SIGN_UPS, visit.request.network)
    asked = _asked(visit)
    try:
        async with visit.ctx.db.reading() as db:
            newcomer = await users.draft_sign_up(visit.ctx, db, asked)
        async with visit.ctx.db.transaction() as tx:
            user = await users.register(tx, newcomer)
    except Forbidden:
        return await _form(visit, {}, {})
    except Invalid as invalid:
        return await _form(visit, _kept(asked), by_field(invalid))
    standing = users.standing(user)
    if standing == "ok":
        await begin_session(visit, user)
        return Sent("/home")
    state = "confirm_email" if standing == "unconfirmed" else "pending_approval"
    return Shown(template="sign_up_done.html", title="Welcome", values={"state": state, "address": user.email})


@page("GET", "/auth/confirm")
async def confirm(visit: Visit) -> Answer:
    """The link in the confirmation mail."""
    try:
        proof = users.read_confirmation(visit.ctx, visit.text("token"))
        async with visit.ctx.db.transaction() as tx:
            user = await users.confirm(tx, proof)
        state = "confirmed" if user.approved else "pending_approval"
    except (Invalid, NotFound):
        state = "expired"
    return Shown(template="confirmed.html", title="Your e-mail address", values={"state": state})


@page("GET", "/setup")
async def ask_owner(visit: Visit) -> Answer:
    """The form for the first account, which owns the server."""
    return await _owner_form(visit, {}, {})


@page("POST", "/setup")
async def make_owner(visit: Visit) -> Answer:
    """Make the owner's account and sign them in."""
    if not await _allowed(visit):
        return await _owner_form(visit, {}, {})
    asked = _asked(visit)
    try:
        async with visit.ctx.db.reading() as db:
            newcomer = await users.draft_person(db, asked)
        async with visit.ctx.db.transaction() as tx:
            user = await users.create_owner(tx, newcomer)
    except Invalid as invalid:
        return await _owner_form(visit, _kept(asked), by_field(invalid))
    await begin_session(visit, user)
    return Sent("/home")


async def _allowed(visit: Visit) -> bool:
    async with visit.ctx.db.reading() as db:
        taken = await users.owner_exists(db)
    return not taken and users.setup_allowed(visit.ctx, visit.text("token"))


async def _owner_form(visit: Visit, values: dict[str, str], errors: dict[str, list[str]]) -> Shown:
    if not await _allowed(visit):
        return Shown(template="setup_used.html", title="Set up", status=403)
    status = 422 if errors else 200
    return Shown(template="setup.html", title="Set up", values={"values": values, "errors": errors}, status=status)


async def _form(visit: Visit, values: dict[str, str], errors: dict[str, list[str]]) -> Shown:
    rules = [{"text": rule.text, "hint": rule.hint} for rule in await site.house_rules(visit.ctx)]
    closed = (await site.get(visit.ctx)).registrations == "none"
    async with visit.ctx.db.reading() as db:
        bound = await terms.published(db)
    return Shown(
        template="sign_up.html",
        title="Join",
        values={"values": values, "errors": errors, "rules": rules, "terms": bound},
        status=403 if closed else 422 if errors else 200,
    )


def _asked(visit: Visit) -> SignUp:
    return SignUp(
        username=visit.text("username"),
        email=visit.text("email"),
        password=visit.text("password"),
        agreement=bool(visit.text("agreement")),
        reason=visit.text("reason"),
        ip=visit.request.address,
    )


def _kept(asked: SignUp) -> dict[str, str]:
    """What is shown again: everything but the password."""
    agreement = "true" if asked.agreement else ""
    return {"username": asked.username, "email": asked.email, "reason": asked.reason, "agreement": agreement}
