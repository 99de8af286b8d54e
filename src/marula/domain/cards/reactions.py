"""How cards come to posts."""

import secrets
from datetime import timedelta

from marula.base.db import Tx
from marula.base.events import reacts_to
from marula.base.jobs import every, job, later, later_once
from marula.base.kernel import ids
from marula.base.kernel.errors import Unreachable
from marula.base.kernel.ids import AccountId, LinkId, PostId
from marula.base.observe import logs
from marula.domain import posts
from marula.domain.accounts import ProfileRevised
from marula.domain.cards import actions, fetching, rules, store
from marula.domain.cards.events import LinkDescribed
from marula.domain.context import Context
from marula.domain.posts import PostPublished, PostRevised

log = logs.logger("cards")

BATCH = 500


@reacts_to(PostPublished, lane="feeds", when=lambda event: event.reblog_of_id is None)
async def link_published(ctx: Context, event: PostPublished) -> None:
    """Find the link of which a new post shows a card."""
    await _link(ctx, event.post_id, local=event.local)


@reacts_to(PostRevised, lane="feeds")
async def link_revised(ctx: Context, event: PostRevised) -> None:
    """Find the link that a post has now."""
    await _link(ctx, event.post_id, local=event.local)


async def _link(ctx: Context, post: PostId, *, local: bool) -> None:
    """What is written here is fetched at once; what all servers get that follow somebody, at a moment by lot."""
    home = frozenset((ctx.config.web_domain, ctx.config.local_domain, *ctx.config.alternate_domains))
    async with ctx.db.transaction("relaxed") as tx:
        link = await actions.attach(tx, post, home=home)
        if link is not None:
            span = timedelta(0) if local else rules.SPREAD_OFFERED if link.offered else rules.SPREAD
            delay = span * (1 + secrets.randbelow(999)) / 1000
            await later_once(tx, tx.now + delay, _once(link.id, span), fetch, link.id)


def _once(link: LinkId, span: timedelta) -> str:
    """For each link one job waits of those that are equally urgent."""
    return f"cards:{link}:{span // timedelta(seconds=1)}"


@job(lane="cards", attempts=3)
async def fetch(ctx: Context, link: LinkId) -> None:
    """Fetch what is behind a link, unless somebody does or did so, or its host must wait."""
    await _fetch(ctx, link, in_turn=False)


@job(lane="cards", attempts=3)
async def fetch_in_turn(ctx: Context, link: LinkId) -> None:
    """The same when the host of the page has waited for this moment."""
    await _fetch(ctx, link, in_turn=True)


async def _fetch(ctx: Context, link: LinkId, *, in_turn: bool) -> None:
    async with ctx.db.transaction() as tx:
        claim = await actions.claim(tx, link, in_turn=in_turn)
        if claim.again_at is not None:
            await later_once(tx, claim.again_at, f"cards:{link}:turn", fetch_in_turn, link)
        known = None if claim.url is None else await store.by_id(tx, link)
    if known is None:
        return
    try:
        found = await fetching.look(ctx, known.url)
        named = await fetching.creator(ctx, None if found is None else found.card)
    except Unreachable as error:
        log.info("a link cannot be looked at", url=known.url, reason=str(error))
        await _retry(ctx, link)
        return
    async with ctx.db.transaction() as tx:
        author = await fetching.account(ctx, tx, named) if named else None
        image = None if found is None or found.image is None else found.image.id
        await actions.describe(tx, known, None if found is None else found.card, image=image, creator=author)


async def _retry(ctx: Context, link: LinkId) -> None:
    async with ctx.db.transaction() as tx:
        failed = await actions.fail(tx, link)
        if failed is not None and failed.retry_at is not None:
            await later_once(tx, failed.retry_at, f"cards:{link}:again", fetch, link)


@reacts_to(LinkDescribed, lane="feeds")
async def show_card(ctx: Context, event: LinkDescribed) -> None:
    """Let all posts with a link show what is known of it now. Nobody is told: the posts say the same."""
    await renew_posts(ctx, event.link_id, PostId(ids.LARGEST))


@job(lane="feeds")
async def renew_posts(ctx: Context, link: LinkId, below: PostId) -> None:
    """Make a new version of the posts with a link, the newest first, a batch in each job."""
    async with ctx.db.transaction("relaxed") as tx:
        batch = await store.with_link(tx, link, below, BATCH)
        await posts.renew(tx, batch)
        if len(batch) == BATCH:
            await later(tx, renew_posts, link, batch[-1])


@reacts_to(ProfileRevised)
async def credit(ctx: Context, event: ProfileRevised) -> None:
    """Show or stop showing somebody as the author of pages that name them, and how they look now."""
    async with ctx.db.transaction("relaxed") as tx:
        await _credit(tx, event.account_id, LinkId(ids.LARGEST))


@job(lane="upkeep")
async def credit_more(ctx: Context, account: AccountId, below: LinkId) -> None:
    """The same for the pages that come after a batch."""
    async with ctx.db.transaction("relaxed") as tx:
        await _credit(tx, account, below)


async def _credit(tx: Tx, account: AccountId, below: LinkId) -> None:
    batch = await store.credited_to(tx, account, below, BATCH)
    for link in batch:
        await later_once(tx, tx.now, f"cards:{link}:renew", renew_posts, link, PostId(ids.LARGEST))
    if len(batch) == BATCH:
        await later(tx, credit_more, account, batch[-1])


@every(timedelta(days=1))
@job(lane="upkeep")
async def forget_hosts(ctx: Context) -> None:
    """Forget when hosts were asked last."""
    async with ctx.db.transaction("relaxed") as tx:
        await store.forget_hosts(tx)
