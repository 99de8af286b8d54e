"""Signed messages: the vectors of the field, our own both ways, and what must not be trusted."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from marula.base.crypto.keys import PrivateKey, proves, public_key
from marula.base.crypto.signatures import Claim, Form, Malformed, Message, Unacceptable, claims, joined, rfc9421, sign
from tests.contract.reference import FOLDER, needs_reference

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = ed25519.Ed25519PrivateKey.generate()
INBOX = "https://marula.example/users/ann/inbox"
KEY_ID = "https://peer.example/users/ben#main-key"
FORMS: tuple[Form, ...] = ("cavage", "rfc9421")

VECTORS = sorted(FOLDER.glob("fixtures/vectors-http-signature-*/vector__mastodon_*.json"))


def post(url: str = INBOX, headers: dict[str, str] | None = None) -> Message:
    kind = {"content-type": "application/activity+json"}
    return Message(method="POST", url=url, headers=kind | (headers or {}), body=b'{"type":"Follow"}')


def sent(message: Message, form: Form, key: PrivateKey = KEY, at: datetime = NOW) -> Message:
    """The message with its signature."""
    return altered(message, headers={**message.headers, **sign(message, KEY_ID, key, at, form)})


def altered(message: Message, **changes: Any) -> Message:
    return msgspec.structs.replace(message, **changes)


def proven(message: Message, key: PrivateKey = KEY, at: datetime = NOW) -> bool:
    found = claims(message, at)
    return bool(found) and all(claim.key_id == KEY_ID and claim.proven_by(key.public_key()) for claim in found)


@needs_reference
@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem.removeprefix("vector__mastodon_"))
def test_what_mastodon_accepts_is_accepted_and_nothing_else(path: Any) -> None:
    vector = json.loads(path.read_text())
    request, body = vector["request"], vector["request"]["body"]
    message = Message(
        method=request["method"],
        url=request["target_uri"],
        headers={name.lower(): value for name, value in request["headers"].items()},
        body=None if body is None else body.encode(),
    )
    key = public_key(vector["key"]["public_pem"])
    assert key is not None
    now = datetime.fromisoformat(vector["now"])
    try:
        accepted = any(_known(claim, vector["key"]["id"]) and claim.proven_by(key) for claim in claims(message, now))
    except (Malformed, Unacceptable):
        accepted = False
    assert accepted == vector["expect"]["accepted"]


def _known(claim: Claim, key_id: str) -> bool:
    """Whether the key can be found: by its address, or by the handle of its owner, as older servers name it."""
    return claim.key_id in (key_id, "acct:bob@remote.domain")


@needs_reference
def test_the_vectors_of_the_rfc_have_our_text_and_verify() -> None:
    folder = FOLDER / "fixtures" / "vectors-http-signature-rfc9421"
    keys = json.loads((folder / "vector__rfc9421_B1_keys.json").read_text())["keys"]
    vector = json.loads((folder / "vector__rfc9421_Signing-a-Request-using-ed25519.json").read_text())
    written = vector["headers"]["Signature-Input"]
    message = Message(
        method="POST",
        url="https://example.com/foo?param=Value&Pet=dog",
        headers={
            "date": "Tue, 20 Apr 2021 02:07:55 GMT",
            "content-type": "application/json",
            "content-length": "18",
            "signature-input": written,
            "signature": vector["headers"]["Signature"],
        },
    )
    label, given = next(iter(rfc9421.parse(written).items()))
    text = rfc9421.base(message, given)
    assert text.decode() == vector["signature_base"]
    pem = next(block for block in keys["test-key-ed25519"]["blocks"] if "PUBLIC" in block)
    key = public_key(pem[pem.index("-----BEGIN PUBLIC") : pem.index("-----END PUBLIC") + 24])
    assert key is not None
    assert proves(key, rfc9421._signatures(message.headers["signature"])[label], text)  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "url", [INBOX, f"{INBOX}?page=1&x=%20", "https://marula.example:8443/inbox", "http://m.example"]
)
def test_what_we_sign_is_proven(form: Form, url: str) -> None:
    assert proven(sent(post(url=url), form))
    assert proven(sent(Message(method="GET", url=url, headers={}), form))


@pytest.mark.parametrize("form", FORMS)
def test_the_signature_of_another_key_proves_nothing(form: Form) -> None:
    assert not proven(sent(post(), form), rsa.generate_private_key(public_exponent=65537, key_size=2048))
    assert not proven(sent(post(), form), OTHER)


def test_ed25519_signs_too() -> None:
    assert proven(sent(post(), "rfc9421", OTHER), OTHER)


@pytest.mark.parametrize("form", FORMS)
def test_another_body_is_refused(form: Form) -> None:
    with pytest.raises(Unacceptable):
        claims(altered(sent(post(), form), body=b'{"type":"Block"}'), NOW)


@pytest.mark.parametrize("form", FORMS)
def test_another_address_or_method_proves_nothing(form: Form) -> None:
    signed = sent(post(), form)
    assert not proven(altered(signed, url="https://marula.example/users/eve/inbox"))
    assert not proven(altered(signed, method="PUT"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("age", "fresh"), [(-59, True), (-61, False), (60, True), (66, False), (24 * 60, False)])
def test_signatures_count_for_about_an_hour(form: Form, age: int, fresh: bool) -> None:
    signed = sent(post(), form, at=NOW - timedelta(minutes=age))
    if fresh:
        assert proven(signed)
    else:
        with pytest.raises(Unacceptable):
            claims(signed, NOW)


def test_a_query_may_be_missing_from_the_older_form() -> None:
    without = sent(Message(method="GET", url="https://marula.example/actor", headers={}), "cavage")
    assert proven(altered(without, url="https://marula.example/actor?page=1"))
    newer = sent(Message(method="GET", url="https://marula.example/actor", headers={}), "rfc9421")
    assert not proven(altered(newer, url="https://marula.example/actor?page=1"))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        'keyId="a"',
        'keyId="a",headers="(request-target) host date digest",signature="!"',
        'keyId="a",keyId="b",signature="YQ=="',
        'keyId="a",algorithm="rsa-sha256",headers="(created) (request-target) host digest",created=1,signature="YQ=="',
        'keyId="a",headers="(request-target) host date digest x-none",signature="YQ=="',
    ],
)
def test_a_header_that_cannot_be_read_is_malformed(header: str) -> None:
    signed = sent(post(), "cavage")
    with pytest.raises(Malformed):
        claims(altered(signed, headers={**signed.headers, "signature": header}), NOW)


@pytest.mark.parametrize(
    "covered", ["date", "(request-target) host date", "host date", "(request-target) host digest", "digest"]
)
def test_a_signature_that_covers_too_little_is_refused(covered: str) -> None:
    signed = sent(post(), "cavage")
    weak = f'keyId="{KEY_ID}",headers="{covered}",signature="YQ=="'
    with pytest.raises(Unacceptable):
        claims(altered(signed, headers={**signed.headers, "signature": weak}), NOW)


def test_of_several_labels_each_is_tried() -> None:
    signed = sent(post(), "rfc9421")
    both = {
        **signed.headers,
        "signature-input": f'old=("@method");created=1;keyid="x", {signed.headers["signature-input"]}',
        "signature": f"old=:YQ==:, {signed.headers['signature']}",
    }
    assert proven(altered(signed, headers=both))


def test_headers_sent_twice_are_one_list() -> None:
    raw = [(b"X-One", b" a "), (b"x-one", b"b"), (b"Host", b"m")]
    assert joined(raw) == {"x-one": "a, b", "host": "m"}


def test_keys_of_other_kinds_are_none() -> None:
    assert public_key("") is None
    assert public_key("-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----") is None


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_header_makes_it_fail(one: str, two: str) -> None:
    for headers in ({"signature": one}, {"signature-input": one, "signature": two}):
        try:
            found = claims(post(headers=headers | {"date": "Sun, 01 Mar 2026 12:00:00 GMT"}), NOW)
        except (Malformed, Unacceptable):
            continue
        assert not any(claim.proven_by(KEY.public_key()) for claim in found)


def test_the_url_is_what_the_client_sees() -> None:
    message = Message(method="GET", url="https://m.example/a?b", headers={})
    assert (message.path, message.target, urlsplit(message.url).query) == ("/a", "/a?b", "b")
