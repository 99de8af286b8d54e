"""Parameters: every way to send them gives the same values, and nothing that is sent breaks their reader."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marula.faces.http.params import DEEPEST, nest, read
from marula.faces.http.request import BODY_LIMIT, MOST_PAIRS, BadRequest, Request

FORM = "application/x-www-form-urlencoded"


def request(
    method: str = "POST",
    *,
    query: bytes = b"",
    body: bytes | Sequence[bytes] = b"",
    kind: str | None = None,
    token: bool = False,
) -> Request:
    """A request as the server hands it over; a body of several parts arrives in pieces."""
    parts = [body] if isinstance(body, bytes) else list(body)

    async def receive() -> dict[str, Any]:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    headers = [] if kind is None else [(b"content-type", kind.encode("latin-1"))]
    if token:
        headers.append((b"authorization", b"Bearer secret"))
    return Request({"method": method, "path": "/", "query_string": query, "headers": headers}, receive)


async def sent(body: bytes, kind: str | None) -> dict[str, Any]:
    return await read(request(body=body, kind=kind))


def multipart(*parts: tuple[str, bytes]) -> bytes:
    """A multipart body with the boundary `b`; each part is its disposition and its content."""
    made = [f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n" for head, data in parts]
    return b"".join(made) + b"--b--\r\n"


async def test_a_name_and_a_list_arrive_alike_in_every_way() -> None:
    wanted = {"status": "grüße", "media_ids": ["1", "2"]}
    pairs = urlencode([("status", "grüße"), ("media_ids[]", "1"), ("media_ids[]", "2")]).encode()
    form = multipart(('name="status"', "grüße".encode()), ('name="media_ids[]"', b"1"), ('name="media_ids[]"', b"2"))
    assert await read(request("GET", query=pairs)) == wanted
    assert await sent(pairs, FORM) == wanted
    assert await sent(pairs, None) == wanted
    assert await sent(form, "multipart/form-data; boundary=b") == wanted
    assert await sent(json.dumps(wanted).encode(), "application/json") == wanted
    assert await sent(json.dumps(wanted).encode(), "Application/JSON; charset=utf-8") == wanted


async def test_the_body_wins_over_the_query_and_both_count() -> None:
    given_twice = request(query=b"a=query&b=query", body=b"a=body&c=body", kind=FORM)
    assert await read(given_twice) == {"a": "body", "b": "query", "c": "body"}


async def test_a_body_may_arrive_in_pieces() -> None:
    assert await read(request(body=[b"a=", b"", b"1&b", b"=2"], kind=FORM)) == {"a": "1", "b": "2"}


async def test_the_body_of_a_get_is_not_read() -> None:
    assert await read(request("GET", body=b"a=1", kind=FORM)) == {}


async def test_json_sent_with_a_get_is_read_beside_a_token_only() -> None:
    for kind in ("application/json", "application/json; charset=utf-8"):
        assert await read(request("GET", query=b"b=2", body=b'{"a": [1]}', kind=kind, token=True)) == {
            "a": [1],
            "b": "2",
        }
        assert await read(request("GET", body=b'{"a": [1]}', kind=kind)) == {}
    assert await read(request("GET", body=b"a=1", kind=FORM, token=True)) == {}
    assert await read(request("GET", kind="application/json", token=True)) == {}


async def test_a_body_of_an_unknown_kind_holds_no_parameters() -> None:
    assert await sent(b"a=1", "text/plain") == {}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (
            "poll[options][]=a&poll[options][]=b&poll[expires_in]=5",
            {"poll": {"options": ["a", "b"], "expires_in": "5"}},
        ),
        ("f[0][name]=a&f[0][value]=b&f[1][name]=c", {"f": [{"name": "a", "value": "b"}, {"name": "c"}]}),
        ("f[2][name]=late&f[0][name]=early", {"f": [{"name": "early"}, {"name": "late"}]}),
        ("f[][n]=a&f[][v]=b&f[][n]=c&f[][v]=d", {"f": [{"n": "a", "v": "b"}, {"n": "c", "v": "d"}]}),
        ("f[][n][x]=a&f[][n][x]=b", {"f": [{"n": {"x": "a"}}, {"n": {"x": "b"}}]}),
        ("f[][n][]=a&f[][n][]=b", {"f": [{"n": ["a", "b"]}]}),
        ("a=1&a=2", {"a": "2"}),
        ("a=", {"a": ""}),
        ("a", {"a": ""}),
        ("a[b]=1&a=2", {"a": "2"}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[=1&]b=2", {"a[": "1", "]b": "2"}),
        ("0=a", {"0": "a"}),
        ("0=a&1=b", {"0": "a", "1": "b"}),
        ("a+b=c%20d", {"a b": "c d"}),
        ("", {}),
    ],
)
async def test_brackets_build_nested_values(query: str, wanted: dict[str, Any]) -> None:
    assert await read(request("GET", query=query.encode())) == wanted


async def test_numbered_hashes_of_json_are_lists_below_the_top() -> None:
    assert await sent(b'{"f": {"1": {"n": 2}, "0": {"n": 1}}}', "application/json") == {"f": [{"n": 1}, {"n": 2}]}
    assert await sent(b'{"0": 1}', "application/json") == {"0": 1}


async def test_json_that_is_no_object_is_kept_as_it_is() -> None:
    assert await sent(b"[1, null]", "application/json") == {"_json": [1, None]}


def test_names_nest_to_a_depth_and_no_deeper() -> None:
    assert nest([("a" + "[b]" * (DEEPEST - 1), "x")])
    with pytest.raises(BadRequest):
        nest([("a" + "[b]" * DEEPEST, "x")])


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("depth", [40, 200, 400, 700, 950, 5_000, 65_536 // 5])
async def test_deep_json_is_refused_and_breaks_nothing(opening: bytes, depth: int) -> None:
    body = opening * depth + b"1" + (b"]" if opening == b"[" else b"}") * depth
    if depth == 40:
        assert await sent(body, "application/json")
        return
    with pytest.raises(BadRequest):
        await sent(body, "application/json")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"a=\x00", FORM),
        (b"a=%00", FORM),
        (b"a%00=1", FORM),
        (b'{"a": ["\\u0000"]}', "application/json"),
        (b'{"a": {"\\u0000": 1}}', "application/json"),
        (multipart(('name="a"', b"\x00")), "multipart/form-data; boundary=b"),
        (b"a=%ff", FORM),
        (b"a=\xff", FORM),
        (b"%ff=a", FORM),
        (b'{"a": "\xff"}', "application/json"),
        (b'{"a": "\\ud800"}', "application/json"),
        (multipart(('name="a"', b"\xff")), "multipart/form-data; boundary=b"),
        (b"{", "application/json"),
        (b"nonsense", "multipart/form-data; boundary=b"),
        (b"nonsense", "multipart/form-data"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\ncut off", "multipart/form-data; boundary=b"),
        (multipart(*[(f'name="a{number}"', b"") for number in range(300)]), "multipart/form-data; boundary=b"),
    ],
)
async def test_what_cannot_be_text_or_be_read_is_a_bad_request(body: bytes, kind: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await sent(body, kind)
    assert caught.value.status == 400


async def test_two_thousand_parameters_are_read_and_one_more_is_not() -> None:
    assert len(await sent(b"&".join(b"a%d=1" % number for number in range(MOST_PAIRS)), FORM)) == MOST_PAIRS
    for body in (b"&".join([b"a=1"] * (MOST_PAIRS + 1)), b"&" * MOST_PAIRS):
        with pytest.raises(BadRequest):
            await sent(body, FORM)
        with pytest.raises(BadRequest):
            await read(request("GET", query=body))


async def test_a_body_above_the_limit_is_too_large() -> None:
    assert len((await sent(b"a=" + b"x" * (BODY_LIMIT - 2), FORM))["a"]) == BODY_LIMIT - 2
    with pytest.raises(BadRequest) as caught:
        await read(request(body=[b"a=" + b"x" * (BODY_LIMIT - 2), b"x"], kind=FORM))
    assert caught.value.status == 413


async def test_a_client_that_goes_away_is_a_bad_request() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(BadRequest):
        await read(Request({"method": "POST", "path": "/", "query_string": b"", "headers": []}, receive))


KINDS = st.sampled_from([FORM, "application/json", "multipart/form-data; boundary=b", "a/b+json", ""]) | st.text(
    st.characters(max_codepoint=255), max_size=40
)
NAMES = st.text("ab[]019\x00é\n", max_size=14)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.tuples(NAMES, st.text(max_size=5))).map(lambda pairs: urlencode(pairs, errors="replace").encode()),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    ).map(lambda value: json.dumps(value).encode()),
    st.lists(st.tuples(st.text(max_size=30), st.binary(max_size=20)), max_size=4).map(
        lambda parts: multipart(*[(head.encode("utf-8", "replace").decode(), data) for head, data in parts])
    ),
    st.text("-b\r\n;:=\"Content-Disposition: form-data; name='", max_size=120).map(
        lambda text: b"--b\r\n" + text.encode()
    ),
)


@given(method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]), query=BODIES, body=BODIES, kind=KINDS)
@example(method="POST", query=b"", body=b'{"0": 1}', kind="application/json")
@example(method="GET", query=b"0=a", body=b"", kind="")
async def test_nothing_that_is_sent_raises_anything_but_bad_request(
    method: str, query: bytes, body: bytes, kind: str
) -> None:
    try:
        params = await read(request(method, query=query, body=body, kind=kind))
    except BadRequest:
        return
    assert isinstance(params, dict)
    json.dumps(params, default=repr, ensure_ascii=False).encode()
