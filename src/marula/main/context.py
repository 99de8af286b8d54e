"""The context of a process, and the domain whole: importing this registers every fact, reaction and job."""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from marula.base import imaging
from marula.base.db import Database
from marula.base.events import Live, Memory
from marula.base.files import Disk, Files, clear
from marula.base.kernel.clock import SystemClock
from marula.base.kernel.config import Config
from marula.base.net import Http
from marula.domain import (
    accounts,
    actors,
    announcements,
    annual_reports,
    apps,
    boundaries,
    cards,
    collections,
    conversations,
    deliveries,
    departures,
    discovery,
    emoji,
    filters,
    intake,
    interactions,
    lists,
    media,
    moderation,
    moves,
    notifications,
    posts,
    push,
    refreshes,
    relationships,
    scheduling,
    servers,
    site,
    storage,
    tags,
    terms,
    timelines,
    upkeep,
    users,
)
from marula.domain.context import Context
from marula.faces.activitypub import composing
from marula.faces.activitypub.directory import RemoteDirectory
from marula.faces.couriers import mailer_for
from marula.faces.streaming import announcing

FEATURES = (
    site,
    terms,
    boundaries,
    storage,
    emoji,
    refreshes,
    servers,
    deliveries,
    intake,
    accounts,
    actors,
    announcements,
    users,
    apps,
    push,
    relationships,
    tags,
    collections,
    media,
    posts,
    cards,
    scheduling,
    interactions,
    filters,
    lists,
    moves,
    timelines,
    discovery,
    conversations,
    annual_reports,
    moderation,
    departures,
    upkeep,
    notifications,
)

ANNOUNCING = announcing
"""Imported for what it lets every process hear."""

COMPOSING = composing
"""Imported for what other servers are told."""


@asynccontextmanager
async def open_context(config: Config, dsn: str, *, name: str = "marula") -> AsyncGenerator[Context, None]:
    """The capabilities of one process, connected; closed when the block ends."""
    await asyncio.to_thread(clear, config.incoming_dir)
    clock = SystemClock()
    db = await Database.connect(dsn, clock, size=config.db_pool, name=name)
    live = Live(db)
    http = Http.of(config)
    listening = asyncio.create_task(live.listen())
    try:
        yield sociable(Context(config, db, clock, live, Memory(db, live), mailer_for(config), http, files_for(config)))
    finally:
        await imaging.stop()
        await http.close()
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
        await db.close()


def sociable(ctx: Context) -> Context:
    """The same context, with the directory that asks other servers."""
    return dataclasses.replace(ctx, directory=RemoteDirectory(ctx))


def files_for(config: Config) -> Files:
    """Where the files of this server are kept."""
    ours, s3 = f"{config.web_url}/media/", config.s3
    if s3 is None:
        return Disk(config.media_dir, ours)
    from marula.base.files.s3 import S3, Bucket  # here: it takes 5 MB of each process, and most keep files in a folder

    return S3(
        Bucket(
            name=s3.bucket,
            public=s3.public or ours,
            region=s3.region,
            endpoint=s3.endpoint,
            key_id=s3.key_id,
            secret=s3.secret,
            prefix=s3.prefix,
            storage_class=s3.storage_class,
            named_in_host=s3.bucket_in_host,
            parts_above=s3.parts_above,
            connect_within=timedelta(seconds=s3.open_timeout),
            read_within=timedelta(seconds=s3.read_timeout),
            retries=s3.retries,
        )
    )
