"""Work that goes on after an answer was given."""

from typing import Literal

from marula.entities.entity import Entity


class AsyncRefresh(Entity, kw_only=True):
    """How far such work is.

    Spec: Mastodon documentation, entities/AsyncRefresh
    """

    id: str
    status: Literal["running", "finished"]
    result_count: int | None


class WrappedAsyncRefresh(Entity, kw_only=True):
    """The same under a key, as its endpoint answers.

    Spec: Mastodon documentation, methods/async_refreshes
    """

    async_refresh: AsyncRefresh
