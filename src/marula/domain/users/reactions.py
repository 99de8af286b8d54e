"""What follows when people sign up: mail. And what is tidied up."""

from datetime import date, timedelta

from marula.base.events import reacts_to
from marula.base.jobs import every, job, later
from marula.base.kernel.ids import UserId
from marula.domain import site
from marula.domain.context import Context
from marula.domain.terms import TermsPublished
from marula.domain.users import letters
from marula.domain.users.events import ConfirmationAsked, UserApproved, UserConfirmed, UserRegistered
from marula.domain.users.links import confirmation_token
from marula.domain.users.outbox import write_mail
from marula.domain.users.permissions import Permission
from marula.domain.users.sessions import end_expired
from marula.domain.users.store import outbox, people

TERMS_BATCH = 100
"""People whom one job writes to."""


@reacts_to(UserRegistered, lane="mail", when=lambda fact: not fact.confirmed)
async def ask_newcomer(ctx: Context, event: UserRegistered) -> None:
    """Send the first confirmation link."""
    await _send_confirmation(ctx, event.user_id, f"confirm-{event.user_id}")


@reacts_to(ConfirmationAsked, lane="mail")
async def ask_again(ctx: Context, event: ConfirmationAsked) -> None:
    """Send a confirmation link again, or to a new address; whoever has a confirmed one is told there, too."""
    await _send_confirmation(ctx, event.user_id, f"confirm-{event.user_id}-{event.asked_at.isoformat()}")


@reacts_to(UserRegistered, lane="mail", when=lambda fact: fact.confirmed and not fact.approved)
async def tell_moderators(ctx: Context, event: UserRegistered) -> None:
    """Tell those who decide that a sign-up waits."""
    await _tell_moderators(ctx, event.user_id)


@reacts_to(UserConfirmed, lane="mail", when=lambda fact: not fact.approved)
async def tell_moderators_now(ctx: Context, event: UserConfirmed) -> None:
    """Tell those who decide that a sign-up waits, now that its address is confirmed."""
    await _tell_moderators(ctx, event.user_id)


@reacts_to(UserApproved, lane="mail")
async def welcome(ctx: Context, event: UserApproved) -> None:
    """Tell somebody that they were let in."""
    title = (await site.get(ctx)).title
    async with ctx.db.transaction() as tx:
        user = await people.by_id(tx, event.user_id)
        if user is not None:
            letter = letters.welcome(
                user,
                title=title,
                domain=ctx.config.local_domain,
                link=f"{ctx.config.web_url}/sign-in",
                locale=user.locale or ctx.config.default_locale,
            )
            await write_mail(tx, user.email, *letter, once=f"welcome-{user.id}")


@reacts_to(TermsPublished, lane="mail", when=lambda fact: fact.told)
async def tell_of_terms(ctx: Context, event: TermsPublished) -> None:
    """Tell everybody that the terms of service change."""
    await _tell_of_terms(ctx, event.effective_on, UserId(0))


@job(lane="mail")
async def tell_further_of_terms(ctx: Context, effective_on: date, after: UserId) -> None:
    """Tell the next of them."""
    await _tell_of_terms(ctx, effective_on, after)


@every(timedelta(days=1))
@job(lane="upkeep")
async def tidy_up(ctx: Context) -> None:
    """Remove old mails and network addresses, and sessions whose time is over."""
    async with ctx.db.transaction("relaxed") as tx:
        await outbox.delete_old(tx)
        await end_expired(tx)
        await people.forget_addresses(tx)


async def _send_confirmation(ctx: Context, who: UserId, once: str) -> None:
    title = (await site.get(ctx)).title
    async with ctx.db.transaction() as tx:
        user = await people.by_id(tx, who)
        if user is None or (user.confirmed and user.unconfirmed_email is None):
            return
        address = user.unconfirmed_email or user.email
        link = f"{ctx.config.web_url}/auth/confirm?token={confirmation_token(ctx, who, address)}"
        locale = user.locale or ctx.config.default_locale
        letter = letters.confirmation(user, title=title, domain=ctx.config.local_domain, link=link, locale=locale)
        await write_mail(tx, address, *letter, once=once)
        if user.confirmed:
            link = f"{ctx.config.web_url}/password"
            notice = letters.moving(
                user, address, title=title, domain=ctx.config.local_domain, link=link, locale=locale
            )
            await write_mail(tx, user.email, *notice, once=f"{once}-notice")


async def _tell_moderators(ctx: Context, who: UserId) -> None:
    title = (await site.get(ctx)).title
    async with ctx.db.transaction() as tx:
        user = await people.by_id(tx, who)
        if user is None or user.approved:
            return
        letter = letters.waiting(
            user, title=title, domain=ctx.config.local_domain, link=f"{ctx.config.web_url}/sign-ups"
        )
        for decider in await people.with_permission(tx, Permission.MANAGE_USERS | Permission.ADMINISTRATOR):
            await write_mail(tx, decider.email, *letter, once=f"waiting-{who}-{decider.id}")


async def _tell_of_terms(ctx: Context, effective_on: date, after: UserId) -> None:
    title, day = (await site.get(ctx)).title, effective_on.isoformat()
    link = f"{ctx.config.web_url}/terms-of-service/{day}"
    async with ctx.db.transaction() as tx:
        found = await people.listed(tx, after=after, limit=TERMS_BATCH)
        for user in found:
            if user.confirmed and user.approved and not user.disabled and not user.suspended:
                letter = letters.terms(user, title=title, domain=ctx.config.local_domain, day=day, link=link)
                await write_mail(tx, user.email, *letter, once=f"terms-{day}-{user.id}")
        if len(found) == TERMS_BATCH:
            await later(tx, tell_further_of_terms, effective_on, found[-1].id)
