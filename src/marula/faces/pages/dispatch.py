"""From a visit to its page and back: the one way through which every page goes."""

import math
from urllib.parse import quote, urlsplit

from marula.base.kernel.errors import TooMany
from marula.base.observe import logs
from marula.domain.context import Context
from marula.faces.http import params
from marula.faces.http.limits import Limiter
from marula.faces.http.request import Receive, Request, Scope, Send
from marula.faces.pages import app, cookies, errors
from marula.faces.pages.page import Answer, File, PageRoute, Sent, Shell, Shown, Visit
from marula.faces.pages.rendering import render, render_shell, render_without_database

log = logs.logger("pages")

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'{0}; media-src 'self'{0}; base-uri 'none'"
"""`{0}`: the origin of the files that are kept, when that is another one."""
APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:{0}; "
    "media-src 'self' blob:{0}; connect-src 'self' {1}{0}; manifest-src 'self'; worker-src 'self'; base-uri 'none'"
)
"""`{1}`: where streams are."""
NEVER_FRAMED = b"; frame-ancestors 'none'"
FORMS_TO_SELF = b"; form-action 'self'"
IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]"
"""What may stand in a Location as it is, besides letters and digits. Spec: RFC 3986, 2.2"""
SAFETY = (b"referrer-policy", b"same-origin")
NO_FRAME = (b"x-frame-options", b"DENY")


class Pages:
    """The pages of one path, as an ASGI application. Without pages: the one that says that there is none."""

    def __init__(self, ctx: Context, limiter: Limiter, by_method: dict[str, PageRoute]) -> None:
        self._ctx = ctx
        self._limiter = limiter
        self._by_method = by_method

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        visit = Visit(self._ctx, self._limiter, request, scope.get("path_params", {}))
        route = self._by_method.get("GET" if request.method == "HEAD" else request.method)
        if route is not None:
            scope["route"] = route.path
        try:
            answer = await self._answer(visit, route)
            await self._send(send, visit, answer)
        except errors.EXPECTED as error:
            if isinstance(error, TooMany):
                wait = error.until - self._ctx.clock.now()
                visit.headers.append((b"retry-after", b"%d" % math.ceil(wait.total_seconds())))
            await self._send(send, visit, errors.answer(error))
        except Exception as error:
            log.error("a page failed", path=request.path, error=error)
            page = errors.of_status(500, request_id=scope.get("request_id"))
            data = render_without_database(visit, page.template, page.title, page.values)
            await _answer(send, 500, data, _html_headers(visit, FORMS_TO_SELF))

    async def _answer(self, visit: Visit, route: PageRoute | None) -> Answer:
        if route is None:
            return errors.of_status(404)
        visit.form = await params.read(visit.request)
        if not route.same_for_all:
            await cookies.recognise(visit)
        if route.method == "POST":
            cookies.check_form(visit)
        if route.members and visit.user is None:
            query = visit.request.scope["query_string"].decode("latin-1")
            here = visit.request.path + (f"?{query}" if query else "")
            return Sent(f"/sign-in?next={quote(here, safe='')}")
        if route.app and visit.user is not None and app.serves(visit):
            return await app.shell(visit)
        return await route.run(visit)

    async def _send(self, send: Send, visit: Visit, answer: Answer) -> None:
        match answer:
            case Sent(to=to):
                await _answer(send, 302, b"", [*visit.headers, (b"location", quote(to, safe=IN_ADDRESSES).encode())])
            case Shell():
                data = render_shell(answer.values)
                policy = APP_POLICY.format(_files_elsewhere(visit), answer.connects).encode()
                await _answer(send, 200, data, _html_headers(visit, FORMS_TO_SELF, policy))
            case File():
                await _send_file(send, visit, answer)
            case Shown():
                data = await render(visit, answer.template, answer.title, answer.values)
                # Chromium applies form-action to the redirect after a form. Consent ends in one to the program, whose
                # address may have a scheme of its own, which not even * would allow.
                forms = b"" if answer.template == "authorize.html" else FORMS_TO_SELF
                headers = _html_headers(visit, forms, framed=answer.framed)
                await _answer(send, answer.status, data, headers)


def _html_headers(
    visit: Visit, forms: bytes, policy: bytes | None = None, *, framed: bool = False
) -> list[tuple[bytes, bytes]]:
    policy = policy or POLICY.format(_files_elsewhere(visit)).encode()
    policy += (b"" if framed else NEVER_FRAMED) + forms
    return [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", policy),
        (b"cache-control", b"private, no-store"),
        SAFETY,
        *([] if framed else [NO_FRAME]),
        *visit.headers,
    ]


def _files_elsewhere(visit: Visit) -> str:
    files = urlsplit(visit.ctx.files.public)
    elsewhere = files.netloc not in ("", visit.ctx.config.web_domain)
    return f" {files.scheme}://{files.netloc}" if elsewhere else ""


async def _send_file(send: Send, visit: Visit, file: File) -> None:
    headers = [
        (b"content-type", file.kind.encode()),
        (b"cache-control", file.cache.encode()),
        (b"etag", file.etag.encode()),
    ]
    if file.encoding is not None:
        headers.append((b"vary", b"accept-encoding"))
    if file.encoding:
        headers.append((b"content-encoding", file.encoding.encode()))
    if visit.request.header(b"if-none-match") == file.etag:
        await _answer(send, 304, b"", headers)
        return
    await _answer(send, 200, file.data, headers)


async def _answer(send: Send, status: int, data: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    # spec: rfc9110 8.6; the length of a 304 would be that of the file
    length = [] if status == 304 else [(b"content-length", b"%d" % len(data))]
    await send({"type": "http.response.start", "status": status, "headers": [*length, *headers]})
    await send({"type": "http.response.body", "body": data})
