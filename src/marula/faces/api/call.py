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

    __slots__ = ("bearer", "ctx", "headers", "known", "params", "request", "status")

    def __init__(self, ctx: Context, request: Request, known: frozenset[str] = frozenset()) -> None:
        """`known`: the parameters that the route understands."""
        self.ctx = ctx
        self.request = request
        self.known = known
        self.bearer: Bearer | None = None
        self.params: dict[str, Any] = {}
        self.headers: list[tuple[bytes, bytes]] = []
        self.status = 200

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
        links = [("prev", prev, cursors[0])]
        if not short_ends or len(cursors) >= page.limit:
            links.insert(0, ("next", "max_id", cursors[-1]))
        self._link(links)

    def link_offset(self, limit: int, offset: int, found: int) -> None:
        """Send a Link header for a list that is paged by offset: `next` while pages are full, `prev` after the first.

        Spec: GOTCHAS, Pagination
        """
        links: list[tuple[str, str, int]] = []
        if found and found >= limit:
            links.append(("next", "offset", offset + limit))
        if offset > 0:
            links.append(("prev", "offset", max(0, offset - limit)))
        if links:
            self._link(links)

    def _link(self, links: Sequence[tuple[str, str, int]]) -> None:
        """Send links to the pages at which these cursors stand."""
        known = self.known - {cursor for _, cursor, _ in links}
        kept = [(name, text) for name, text in self.request.query_pairs() if name.partition("[")[0] in known]
        url = f"{self.ctx.config.web_url}{self.request.path}?{urlencode(kept) + '&' if kept else ''}"
        text = ", ".join(f'<{url}{cursor}={value}>; rel="{rel}"' for rel, cursor, value in links)
        self.headers.append((b"link", text.encode()))
