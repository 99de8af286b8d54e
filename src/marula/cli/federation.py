"""`marula federation`: whether what people here said arrived elsewhere, and why not; and what came from there."""

import re
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from marula.base.kernel import ids
from marula.base.kernel.errors import NotFound, Refused
from marula.base.kernel.ids import PostId
from marula.cli import received
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import actors, boundaries, deliveries, intake, servers
from marula.domain.context import Context
from marula.domain.deliveries import Receipt
from marula.domain.servers import Health
from marula.faces.activitypub import ingest
from marula.faces.activitypub.doctor import examine
from marula.faces.activitypub.reading.post import KINDS

LISTED = 10_000
LAST = 20

_PAGE = re.compile(r"/@[^/]+/([0-9]{1,19})/?")

_STATES = {"delivered": "delivered", "waiting": "waiting", "given_up": "given up", "dropped": "not sent"}

_ADVICE = (
    ("certificate", "Its certificate is not valid. Only those who run it can repair that; it is tried again."),
    ("name is not known", "Its name is not known. It is gone, or the name server of this machine does not work."),
    ("must not be called", "Its name leads to a private address. See ALLOWED_PRIVATE_ADDRESSES, if that is meant."),
    ("(401)", "It does not accept our signatures. Is the clock of this machine right, and can {url}/actor be read?"),
    ("(403)", "It may block this server or the sender. Ask those who run it."),
    ("(410)", "The inbox is gone for good."),
    ("(429)", "It gets more than it takes. It is sent less, and later; nothing is to be done."),
    ("in time", "It is too slow or overloaded; it is tried again."),
    ("cannot be reached", "Nothing answers there. It is down, or a firewall is between."),
)


def declare(parser: ArgumentParser) -> None:
    """The verbs of federation."""
    known = verbs(parser)
    one = known.add_parser("receipts", help="tell which servers got a post, and why others did not")
    one.add_argument("post", metavar="POST", help="the id or address of a post, or of an activity")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=receipts)

    one = known.add_parser("host", help="tell how another server does, and what it did not get")
    one.add_argument("name", metavar="NAME", help="its domain, with the port where it has one")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=host)

    one = known.add_parser("retry", help="send again what a server, or a post, is still lacking")
    one.add_argument("what", metavar="HOST|POST", help="a domain, or the id or address of a post")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=retry)

    one = known.add_parser("doctor", help="try everything with another server, and say in words what is wrong")
    one.add_argument("what", metavar="DOMAIN|URL|@HANDLE")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=doctor)

    one = known.add_parser("reread", help="read the posts of other servers anew as they were sent, after an upgrade")
    one.add_argument("--host", metavar="NAME", help="only those of this server")
    one.add_argument("--type", metavar="TYPE", choices=KINDS, help=f"only those of one type: {', '.join(KINDS)}")
    one.set_defaults(run=reread)

    received.declare(known)


@in_session
async def receipts(ctx: Context, options: Namespace) -> None:
    """What became of a post, server by server."""
    post = _post(ctx, options.post)
    async with ctx.db.reading() as db:
        found = await deliveries.of_uri(db, options.post, LISTED)
        if not found and post is not None:
            found = await deliveries.of_post(db, post, LISTED)
    if not found:
        days = ctx.config.deliveries_kept
        raise NotFound(f"Nothing about this was owed to any other server within the last {days} days.")
    if options.json:
        print_json(found)
        return
    counted = Counter(receipt.state for receipt in found)
    print(", ".join(f"{counted[state]} {word}" for state, word in _STATES.items() if counted[state]) + ".\n")
    _print(found)


@in_session
async def host(ctx: Context, options: Namespace) -> None:
    """How another server does."""
    name = options.name.lower()
    async with ctx.db.reading() as db:
        health = await servers.one(db, name)
        number, next_at = await deliveries.waiting_at(db, name)
        lost = await deliveries.lost_at(db, name, LAST)
        refused = await intake.refusals_of(db, name, LAST)
    if health is None and not number and not lost and not refused:
        raise NotFound(f"Nothing is known of {name}: nothing came from there, and nothing went there.")
    health = health or Health(host=name)
    blocked = (await boundaries.stance(ctx, name)).suspended
    advice = _advice(ctx, health, lost, blocked=blocked)
    if options.json:
        print_json(
            {"health": health, "suspended": blocked, "waiting": number, "next_at": next_at}
            | {"lost": lost, "refused": refused, "advice": advice}
        )
        return
    rows = (
        ("state", _state(health, blocked=blocked)),
        ("heard of", f"{_when(health.last_heard_at)} (first {_when(health.first_heard_at)})"),
        ("reached", _when(health.last_reached_at)),
        ("failed", f"{_when(health.last_failed_at)}: {health.last_error}" if health.last_error else "-"),
        ("waiting", f"{number}, next try {_when(next_at)}" if number else "nothing"),
    )
    for label, text in rows:
        print(f"{label:10}{text}")
    for sentence in advice:
        print(f"\n{sentence}")
    if lost:
        print("\nWhat it did not get, the latest first:\n")
        _print(lost)
    if refused:
        print("\nWhat was not taken from it (who sent it is only claimed), the latest first:\n")
        rows = [(_when(one.last_at), str(one.number), str(one.status), one.why) for one in refused]
        print_table(("last", "times", "status", "why"), rows)


@in_session
async def doctor(ctx: Context, options: Namespace) -> None:
    """Examine a server, an account or a post."""
    steps = await examine(ctx, options.what)
    if options.json:
        print_json([{"step": one.name, "ok": one.ok, "words": one.words, "advice": one.advice} for one in steps])
    else:
        for one in steps:
            print(f"{'well ' if one.ok else 'WRONG'}  {one.name}: {one.words}")
            if one.advice is not None:
                print(f"       {one.advice}")
    if not all(one.ok for one in steps):
        raise Refused("Not everything is well.")


@in_session
async def retry(ctx: Context, options: Namespace) -> None:
    """Owe again what did not arrive."""
    what: str = options.what
    post = _post(ctx, what)
    async with ctx.db.transaction() as tx:
        if post is None and "/" not in what:
            number = await deliveries.retry_host(tx, what.lower())
        else:
            number = await deliveries.retry_parcels(tx, what, post)
    if options.json:
        print_json({"retried": number})
    elif number:
        print(f"{number} {'delivery is' if number == 1 else 'deliveries are'} tried again.")
    else:
        print("Nothing was lost there within what is still kept. What waited is tried now.")


@in_session
async def reread(ctx: Context, options: Namespace) -> None:
    """Have the documents that are kept read anew."""
    host: str | None = options.host
    async with ctx.db.transaction() as tx:
        await ingest.reread_all(tx, host=None if host is None else host.lower(), kind=options.type)
    print("The worker reads them anew, a hundred at a time. What it finds stands in its log.")


def _post(ctx: Context, text: str) -> PostId | None:
    """The post with this id or address; None when it can be neither."""
    found = ids.parse(PostId, text) or actors.post_of(ctx.config, text)
    page = _PAGE.fullmatch(text.removeprefix(ctx.config.web_url))
    return found or (ids.parse(PostId, page[1]) if page is not None else None)


def _print(found: Sequence[Receipt]) -> None:
    heads = ("host", "what", "state", "when", "tries", "next try", "why")
    rows = [
        (
            *(one.host or one.inbox, one.kind, _STATES[one.state]),
            *(_when(one.tried_at or one.owed_at), one.attempts, _when(one.next_at), one.why),
        )
        for one in found
    ]
    print_table(heads, rows)


def _state(health: Health, *, blocked: bool) -> str:
    if blocked:
        return "suspended here: nothing goes out to it and nothing comes in"
    if health.unavailable_since is not None:
        return f"unavailable since {_when(health.unavailable_since)}, probed from {_when(health.next_probe_at)}"
    if health.failing_days:
        return f"failing, {health.failing_days} of {servers.DAYS} days after which it is unavailable"
    return "well"


def _advice(ctx: Context, health: Health, lost: Sequence[Receipt], *, blocked: bool) -> list[str]:
    """What the operator may do, in sentences."""
    if blocked:
        return [f"It is suspended by a domain block of this server ({health.host})."]
    errors = " ".join(filter(None, [health.last_error, *(receipt.why for receipt in lost)]))
    sentences = [words.format(url=ctx.config.web_url) for mark, words in _ADVICE if mark in errors]
    if health.unavailable_since is not None or lost:
        sentences.append(f"When it is repaired: marula federation retry {health.host}")
    return sentences


def _when(moment: datetime | None) -> str:
    return "-" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"
