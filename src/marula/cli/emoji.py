"""`marula emoji`: the custom emoji of this server, and what is kept of those of others."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from marula.base.files import scratch
from marula.base.imaging import TooLarge, Undecodable, stop
from marula.base.kernel.errors import Invalid, NotFound, Refused
from marula.cli.calling import verbs
from marula.cli.printing import print_json, print_table
from marula.cli.session import in_session
from marula.domain import boundaries, emoji
from marula.domain.context import Context
from marula.domain.emoji import Changes, Entry

if TYPE_CHECKING:
    from marula.cli.calling import Nouns

ARCHIVE = "export.tar.gz"
"""What a pack is called when only a folder is named. Spec: Mastodon documentation, admin/tootctl (emoji export)"""

BATCH = 500


def declare(parser: ArgumentParser) -> None:
    """The verbs of emoji."""
    known = verbs(parser)
    one = known.add_parser("add", help="make an emoji of a PNG, GIF or WebP file, of at most 256 KB")
    one.add_argument("shortcode", metavar="SHORTCODE")
    one.add_argument("file", metavar="FILE", type=Path)
    one.add_argument("--category", metavar="NAME")
    one.add_argument("--unlisted", action="store_true", help="leave it out where people choose emoji")
    one.add_argument("--overwrite", action="store_true", help="give one of this name the new picture")
    one.set_defaults(run=add)

    one = known.add_parser("list", help="list the emoji of this server")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=list_all)

    one = known.add_parser("change", help="rename an emoji, or change its category")
    one.add_argument("shortcode", metavar="SHORTCODE")
    one.add_argument("--shortcode", dest="name", metavar="NAME", help="the new name")
    one.add_argument("--category", metavar="NAME", help="the category, empty for none")
    one.add_argument("--listed", dest="listed", action="store_true", default=None)
    one.add_argument("--unlisted", dest="listed", action="store_false")
    one.set_defaults(run=change)

    for name, purpose in (("disable", "show an emoji nowhere"), ("enable", "show it again")):
        one = known.add_parser(name, help=purpose)
        one.add_argument("shortcode", metavar="SHORTCODE")
        one.add_argument("--domain", metavar="DOMAIN", help="of another server")
        one.set_defaults(run=switch, disabled=name == "disable")

    one = known.add_parser("remove", help="remove an emoji")
    one.add_argument("shortcode", metavar="SHORTCODE")
    one.add_argument("--domain", metavar="DOMAIN", help="of another server")
    one.set_defaults(run=remove)
    _declare_packs(known)


def declare_for_tootctl(parser: ArgumentParser) -> None:
    """Those that Mastodon has. Spec: Mastodon documentation, admin/tootctl (emoji)"""
    _declare_packs(verbs(parser))


def _declare_packs(known: "Nouns") -> None:
    one = known.add_parser("import", help="take the emoji of a pack: .tar.gz, .tar or .zip")
    one.add_argument("file", metavar="PATH", type=Path)
    one.add_argument("--prefix", default="", help="before each shortcode")
    one.add_argument("--suffix", default="", help="behind each shortcode")
    one.add_argument("--category", help="for all of them, instead of what the pack says")
    one.add_argument("--unlisted", action="store_true")
    one.add_argument("--overwrite", action="store_true", help="give those of the same name the new picture")
    one.set_defaults(run=take)

    one = known.add_parser("export", help="write the emoji of this server as a pack")
    one.add_argument("path", metavar="PATH", type=Path, help=f"a folder, for {ARCHIVE} in it, or a file")
    one.add_argument("--category", help="only those of this one")
    one.add_argument("--overwrite", action="store_true", help="replace a file of this name")
    one.set_defaults(run=give)

    one = known.add_parser("purge", help="remove all emoji")
    one.add_argument("--remote-only", action="store_true", help="only those of other servers")
    one.add_argument("--suspended-only", action="store_true", help="only those of servers that are suspended")
    one.set_defaults(run=purge)


@in_session
async def add(ctx: Context, options: Namespace) -> None:
    """Make an emoji."""
    emoji.rules.check_shortcode(options.shortcode)
    if not options.file.is_file():
        raise NotFound(f"There is no file {options.file}")
    try:
        picture = await emoji.make(ctx, options.file)
    finally:
        await stop()
    async with ctx.db.transaction() as tx:
        await emoji.add(
            tx,
            options.shortcode,
            picture,
            category=options.category,
            listed=not options.unlisted,
            overwrite=options.overwrite,
        )
    print("OK")


@in_session
async def list_all(ctx: Context, options: Namespace) -> None:
    """List emoji."""
    async with ctx.db.reading() as db:
        found = await emoji.everything(ctx, db)
    if options.json:
        print_json([msgspec.to_builtins(one) for one in found])
        return
    rows = [(one.shortcode, one.category or "", one.visible_in_picker, one.disabled, one.url) for one in found]
    print_table(("shortcode", "category", "listed", "disabled", "picture"), rows)


@in_session
async def change(ctx: Context, options: Namespace) -> None:
    """Rename an emoji, or change its category."""
    changes = Changes(
        shortcode=UNSET if options.name is None else options.name,
        category=UNSET if options.category is None else options.category,
        visible_in_picker=UNSET if options.listed is None else options.listed,
    )
    async with ctx.db.transaction() as tx:
        await emoji.change(tx, options.shortcode, changes)
    print("OK")


@in_session
async def switch(ctx: Context, options: Namespace) -> None:
    """Switch an emoji off or on."""
    async with ctx.db.transaction() as tx:
        await emoji.change(tx, options.shortcode, Changes(disabled=options.disabled), domain=options.domain)
    print("OK")


@in_session
async def remove(ctx: Context, options: Namespace) -> None:
    """Remove an emoji."""
    async with ctx.db.transaction() as tx:
        await emoji.remove(tx, options.shortcode, domain=options.domain)
    print("OK")


@in_session
async def take(ctx: Context, options: Namespace) -> None:
    """Import a pack. Those that are not taken are named, with the reason; the others are imported all the same."""
    if not options.file.is_file():
        raise NotFound(f"There is no file {options.file}")
    imported, skipped, failed = 0, 0, 0
    async with ctx.db.reading() as db:
        known = {one.shortcode for one in await emoji.everything(ctx, db)}
    try:
        for entry in emoji.packs.read(options.file):
            name = f"{options.prefix}{entry.shortcode}{options.suffix}"
            if name in known and not options.overwrite:
                skipped += 1
                continue
            try:
                await _take_one(ctx, name, entry, options)
            except (Invalid, Undecodable, TooLarge) as error:
                failed += 1
                print(f"Failure/Error: {name!a}: {error.why}")
                continue
            known.add(name)
            imported += 1
    finally:
        await stop()
    print(f"Imported {imported}, skipped {skipped}, failed to import {failed}")


async def _take_one(ctx: Context, name: str, entry: Entry, options: Namespace) -> None:
    emoji.rules.check_shortcode(name)
    if entry.data is None:
        raise TooLarge("the picture is larger than 256 KB")
    async with scratch(ctx.config.incoming_dir) as folder:
        path = folder / "picture"
        path.write_bytes(entry.data)
        picture = await emoji.make(ctx, path)
    async with ctx.db.transaction() as tx:
        await emoji.add(
            tx,
            name,
            picture,
            category=options.category or entry.category,
            listed=not options.unlisted,
            overwrite=options.overwrite,
        )


@in_session
async def give(ctx: Context, options: Namespace) -> None:
    """Export a pack."""
    path = options.path / ARCHIVE if options.path.is_dir() else options.path
    if path.exists() and not options.overwrite:
        raise Refused("Archive already exists! Use '--overwrite' to overwrite it!")
    async with ctx.db.reading() as db:
        found = await emoji.kept(ctx, db, category=options.category)
    async with scratch(path.parent) as folder:
        given: list[tuple[Entry, Path]] = []
        for one, key in found:
            file = folder / f"{len(given)}.{key.rpartition('.')[2]}"
            with file.open("wb") as to:
                async for piece in ctx.files.read(key):
                    to.write(piece)
            given.append((Entry(one.shortcode, one.category, None), file))
        count = emoji.packs.write(folder / ARCHIVE, _filled(given))
        (folder / ARCHIVE).replace(path)
    print(f"Exported {count} to {path}")


def _filled(given: list[tuple[Entry, Path]]) -> Iterator[tuple[Entry, str]]:
    for entry, file in given:
        yield msgspec.structs.replace(entry, data=file.read_bytes()), file.suffix.removeprefix(".")


@in_session
async def purge(ctx: Context, options: Namespace) -> None:
    """Remove many emoji."""
    blocked = await boundaries.blocks(ctx) if options.suspended_only else ()
    servers = [one.domain for one in blocked if one.severity == "suspend"] if options.suspended_only else None
    removed, last = 0, BATCH
    while last == BATCH:
        async with ctx.db.transaction() as tx:
            last = await emoji.purge(tx, remote_only=options.remote_only, servers=servers, batch=BATCH)
        removed += last
    print(f"OK, removed {removed}")
