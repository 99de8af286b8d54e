"""The API as a page to read, made from its description."""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2

from marula import __version__
from marula.faces.api.call import Call
from marula.faces.api.openapi import description
from marula.faces.api.route import route
from marula.views import Rendered

POLICY = b"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


@route("GET", "/api/docs", auth="none", cache="public, max-age=300", sends="text/html; charset=utf-8")
async def show(call: Call) -> Rendered[str]:
    """Every endpoint, its parameters and what it answers."""
    call.headers.append((b"content-security-policy", POLICY))
    return Rendered(_page())


@cache
def _page() -> bytes:
    document = description()
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    operations = [
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    by_group = sorted(operations, key=lambda one: one["group"])
    return (
        environment.get_template("docs.html")
        .render(
            info=document["info"],
            groups=[(name, list(ones)) for name, ones in groupby(by_group, key=lambda one: one["group"])],
            schemas=sorted(document["components"]["schemas"].items()),
            version=__version__,
        )
        .encode()
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody")
    security = operation.get("security", [])
    return {
        "group": operation["tags"][0],
        "path": path,
        "method": method.upper(),
        "operationId": operation["operationId"],
        "summary": operation["summary"],
        "description": operation["description"],
        "scopes": [scope for one in security for scope in one.get("token", [])],
        "parameters": operation.get("parameters", []),
        "body": None if body is None else body["content"]["application/json"]["schema"],
        "answer": next((one["schema"] for one in operation["responses"]["200"].get("content", {}).values()), None),
    }
