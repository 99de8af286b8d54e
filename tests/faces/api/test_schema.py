"""Whatever fits the description of the API, or just does not, is answered as the description says; and never by a 500.

Requests are drawn by schemathesis from the document that programs read, the same ones each time.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from marula.faces.api.openapi import description
from marula.main.web import make_app
from tests.faces.api.caller import HOME, Caller, Crowd

assert make_app

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
Drawn: TypeAlias = "Case[Any]"
EACH = 4
"""Requests of each kind, fitting and unfitting, for each operation."""


def drawn(operation: Any, mode: GenerationMode) -> list[Drawn]:
    """The first requests that schemathesis draws for an operation. Not all operations can be asked wrongly."""
    found: list[Drawn] = []

    @settings(
        max_examples=EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def collect(case: Any) -> None:
        found.append(case)

    with contextlib.suppress(Unsatisfiable):
        collect()
    return found


def cases() -> Iterator[Drawn]:
    for found in schemathesis.openapi.from_dict(description()).get_all_operations():
        operation: Any = found.ok() if isinstance(found, Ok) else pytest.fail(str(found.err()))
        for mode in GenerationMode:
            yield from drawn(operation, mode)


async def things(ann: Caller, crowd: Crowd) -> dict[str, list[str]]:
    """What exists, by the word that stands before its id in addresses."""
    bob = await crowd.join("bob", locked=True)
    await crowd.follow(ann, bob)
    await crowd.follow(bob, ann)
    asked = {"poll": {"options": ["tea", "milk"], "expires_in": 3600}}
    theirs, own = await bob.write("@ann #tea", **asked), await ann.write("#milk", **asked)
    direct = await ann.write("@bob", visibility="direct", in_reply_to_id=theirs["id"])
    kept = await ann.post("/api/v1/lists", {"title": "some"})
    await crowd.world.settle()
    return {
        "statuses": [theirs["id"], own["id"], direct["id"]],
        "accounts": [str(bob.account), str(ann.account)],
        "polls": [theirs["poll"]["id"], own["poll"]["id"]],
        "lists": [kept["id"]],
        "notifications": [one["id"] for one in await ann.get("/api/v1/notifications")],
        "tags": ["tea", "Milk"],
        "follow_requests": [str(bob.account)],
    }


def lead_somewhere(case: Drawn, known: dict[str, list[str]], turn: int) -> None:
    """Put something that exists into the address."""
    before = case.path.partition("/{")[0].rpartition("/")[2]
    for name in case.path_parameters or {}:
        if before in known:
            case.path_parameters[name] = known[before][turn % len(known[before])]


async def answer_of(client: httpx.AsyncClient, case: Drawn, token: str | None) -> httpx.Response:
    kwargs = case.as_transport_kwargs(base_url=HOME)
    sent = requests.Request(**{name: value for name, value in kwargs.items() if name in WORDS}).prepare()
    headers = {name: str(value) for name, value in sent.headers.items() if name.lower() != "authorization"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    assert sent.url is not None
    body: Any = sent.body
    return await client.request(case.method, sent.url, headers=headers, content=body)


WORDS = {"method", "url", "headers", "files", "data", "params", "cookies", "json"}


@pytest.mark.parametrize("signed_in", [True, False])
async def test_every_answer_is_as_described(crowd: Crowd, signed_in: bool) -> None:
    ann = await crowd.join("ann")
    known = await things(ann, crowd)
    faults: list[str] = []
    for turn, case in enumerate(cases()):
        if turn % 2:
            lead_somewhere(case, known, turn // 2)
        response = await answer_of(crowd.client, case, ann.token if signed_in else None)
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as group:
            faults += [f"{case.method} {case.path}: {one}" for one in group.exceptions]
    assert not faults, "\n\n".join(faults)
