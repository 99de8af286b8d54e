"""`marula show`: what the program is made of."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import marula.main.context as everything_registered
from marula.base.events.log import Fact, reactions_of
from marula.base.jobs import jobs, timers
from marula.base.kernel.config import Config
from marula.cli import configuration
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table

if TYPE_CHECKING:
    from marula.faces.api.coverage import Coverage

assert everything_registered


def declare(parser: ArgumentParser) -> None:
    """What can be shown."""
    known = verbs(parser)
    for name, purpose, run in (
        ("routes", "the endpoints of the API", show_routes),
        ("openapi", "the description of the API, as JSON (OpenAPI 3.1)", show_openapi),
        ("events", "the facts that are recorded, and what reacts to them", show_events),
        ("jobs", "the kinds of jobs, with their lanes and timers", show_jobs),
        ("inbox", "the activities of other servers that are understood", show_inbox),
        ("config", "the settings in force and where they come from", configuration.show),
    ):
        one = known.add_parser(name, help=purpose)
        one.add_argument("--json", action="store_true")
        one.set_defaults(run=run)
        if name == "routes":
            one.add_argument(
                "--coverage", action="store_true", help="those of Mastodon that are absent, each with the reason"
            )


def show_routes(config: Config, options: Namespace) -> None:
    """The endpoints of the API."""
    import marula.main.web as every_route  # the web, which nothing else here needs
    from marula.faces.api.coverage import coverage
    from marula.faces.api.route import routes

    if options.coverage:
        _show_coverage(coverage(every_route.answered()), options)
        return
    found = [
        {
            "method": route.method,
            "path": route.path,
            "who": route.auth,
            "scopes": " ".join(route.scopes),
            "page": route.page,
            "summary": route.summary,
        }
        for route in sorted(routes, key=lambda route: (route.path, route.method))
    ]
    _print(found, ("method", "path", "who", "scopes", "page", "summary"), options)


def _show_coverage(found: "Coverage", options: Namespace) -> None:
    rows = [
        {
            "tier": one.endpoint.tier,
            "method": one.endpoint.method,
            "path": one.endpoint.path,
            "reason": one.reason,
        }
        for one in found.absent
    ]
    tiers = Counter(one.tier for one in found.served)
    whole = tiers + Counter(one.endpoint.tier for one in found.absent)
    _print(rows, ("tier", "method", "path", "reason"), options)
    if not options.json:
        print("\nServed: " + ", ".join(f"{tiers[tier]} of {whole[tier]} {tier}" for tier in sorted(whole)) + ".")


def show_openapi(config: Config, options: Namespace) -> None:
    """The description of the API."""
    import marula.main.web as every_route
    from marula.faces.api.openapi import description

    assert every_route
    print_json(description() | {"servers": [{"url": config.web_url}]})


def show_events(config: Config, options: Namespace) -> None:
    """The facts and their reactions."""
    found = [
        {
            "fact": kind.__name__,
            "feature": kind.__module__.split(".")[-2],
            "reactions": [reaction.job.name for reaction in reactions_of(kind)],
            "summary": _first_line(kind.__doc__),
        }
        for kind in sorted(_facts(), key=lambda kind: (kind.__module__, kind.__name__))
    ]
    _print(found, ("fact", "feature", "reactions", "summary"), options)


def show_jobs(config: Config, options: Namespace) -> None:
    """The kinds of jobs."""
    found = [
        {
            "job": job.name,
            "lane": job.lane,
            "attempts": job.attempts,
            "every": str(timers[job.name].period) if job.name in timers else None,
            "summary": _first_line(job.run.__doc__),
        }
        for job in sorted(jobs.values(), key=lambda job: job.name)
    ]
    _print(found, ("job", "lane", "attempts", "every", "summary"), options)


def show_inbox(config: Config, options: Namespace) -> None:
    """The types of activities that other servers send, and what is done with them."""
    from marula.faces.activitypub.activities import received, undone  # which nothing else here needs

    handled = [*received.items(), *((f"Undo {kind}", run) for kind, run in undone.items())]
    found = [
        {"activity": kind, "module": run.__module__.rpartition(".")[2], "summary": _first_line(run.__doc__)}
        for kind, run in sorted(handled, key=lambda one: one[0])
    ]
    _print(found, ("activity", "module", "summary"), options)


def _print(found: Sequence[Mapping[str, object]], columns: tuple[str, ...], options: Namespace) -> None:
    if options.json:
        print_json(found)
        return
    print_table(columns, [[_joined(row[column]) for column in columns] for row in found])


def _joined(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]


def _facts(kind: type[Fact] = Fact) -> Iterator[type[Fact]]:
    for below in kind.__subclasses__():
        yield below
        yield from _facts(below)
