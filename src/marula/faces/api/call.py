"""A call: the request, who makes it, and what the answer's headers will say."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from marula.base.kernel.ids import AccountId
from marula.base.kernel.paging import Page
from marula.domain.apps import Bearer
from marula.domain.context import Context
from marula.faces.http.request import Request

T = TypeVar("T")


class Call:
    """One API request on its way to its handler and back."""

    __slots__ = ("bearer", "content_type", "ctx", "headers", "known", "params", "request", "status")

    def __init__(self, ctx: Context, request: Request, known: frozenset[str] = frozenset()) -> None:
        """`known`: the parameters that the route understands."""
        self.ctx = ctx
        self.request = request
        self.known = known
        self.bearer: Bearer | None = None
        self.params: dict[str, Any] = {}
        self.headers: list[tuple[bytes, bytes]] = []
        self.status = 200
        self.content_type = b"application/json; charset=utf-8"

    @property
    def viewer(self) -> AccountId | None:
        """The account that looks, or None for an anonymous call or an app token."""
        return None if self.bearer is None else self.bearer.account_id

    @property
    def me(self) -> AccountId:
        """The signed-in account of a route with `auth="user"`."""
        if self.bearer is None or self.bearer.account_id is None:
            raise RuntimeError("this route did not ask for a user")
        return self.bearer.account_id

    @property
    def token(self) -> Bearer:
        """The token of a route that asks for one."""
        if self.bearer is None:
            raise RuntimeError("this route did not ask for a token")
        return self.bearer

    def link(self, page: Page, cursors: Sequence[int], *, prev: str = "min_id", short_ends: bool = True) -> None:
        """Send a Link header: `next` below the last cursor, `prev` above the first.

        `prev` is min_id for posts and notifications, since_id for lists of accounts. With `short_ends` a page that
        is not full has no next one; timelines and notifications send both while the page is not empty. Only known
        parameters are repeated.
        Spec: Mastodon documentation, "Pagination"; GOTCHAS, Pagination.
        """
        if not cursors:
            return
        links: list[str] = []
        if not short_ends or len(cursors) >= page.limit:
            links.append(f'<{self._url("max_id", cursors[-1])}>; rel="next"')
        links.append(f'<{self._url(prev, cursors[0])}>; rel="prev"')
        self.headers.append((b"link", ", ".join(links).encode()))

    def link_offset(self, limit: int, offset: int, found: int) -> None:
        """Send a Link header for a list that is paged by offset: `next` while pages are full, `prev` after the first.

        Spec: GOTCHAS, Pagination
        """
        links: list[str] = []
        if found and found >= limit:
            links.append(f'<{self._url("offset", offset + limit)}>; rel="next"')
        if offset > 0:
            links.append(f'<{self._url("offset", max(0, offset - limit))}>; rel="prev"')
        if links:
            self.headers.append((b"link", ", ".join(links).encode()))

    def _url(self, cursor: str, value: int) -> str:
        known = self.known - {cursor}
        kept = [(name, text) for name, text in self.request.query_pairs() if name.partition("[")[0] in known]
        before = f"{urlencode(kept)}&" if kept else ""
        return f"{self.ctx.config.web_url}{self.request.path}?{before}{cursor}={value}"
