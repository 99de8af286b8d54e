"""Signatures of documents by what they mean."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from marula.base.crypto.keys import PublicKey, public_key
from marula.base.crypto.linked_data import creator, sign, verified
from marula.base.crypto.linked_data.contexts import ACTIVITY_STREAMS, CONTEXTS, IDENTITY, SECURITY
from marula.base.crypto.linked_data.graphs import Unclear, canonical
from tests.contract.reference import FOLDER, needs_reference

NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY_ID = "https://beta.example/users/bob#main-key"
CONTEXT = [ACTIVITY_STREAMS, SECURITY]
SAID: dict[str, Any] = {
    "@context": ACTIVITY_STREAMS,
    "id": "https://beta.example/1",
    "type": "Create",
    "actor": "https://beta.example/users/bob",
    "object": {"id": "https://beta.example/2", "type": "Note", "content": "Hello", "tag": [{"type": "Mention"}]},
}


def _key(actor: dict[str, Any]) -> PublicKey:
    found = public_key(actor["publicKey"]["publicKeyPem"])
    assert found is not None
    return found


def test_what_is_signed_is_verified_and_read_anew() -> None:
    document = sign(SAID, KEY_ID, KEY, NOW)
    assert creator(document) == KEY_ID
    found = verified(document, KEY.public_key(), NOW, CONTEXT)
    assert found is not None
    assert found["object"]["content"] == "Hello"
    assert "signature" not in found


@pytest.mark.parametrize("change", [{"actor": "https://beta.example/users/eve"}, {"to": "https://beta.example/x"}])
def test_a_change_of_meaning_is_noticed(change: dict[str, Any]) -> None:
    assert verified(sign(SAID, KEY_ID, KEY, NOW) | change, KEY.public_key(), NOW, CONTEXT) is None


def test_a_change_of_order_is_none() -> None:
    document = sign(SAID, KEY_ID, KEY, NOW)
    turned = dict(reversed(document.items()))
    assert verified(turned, KEY.public_key(), NOW, CONTEXT) is not None


def test_it_counts_for_two_days() -> None:
    document = sign(SAID, KEY_ID, KEY, NOW)
    assert verified(document, KEY.public_key(), NOW + timedelta(days=3), CONTEXT) is None


def test_another_key_proves_nothing() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert verified(sign(SAID, KEY_ID, KEY, NOW), other.public_key(), NOW, CONTEXT) is None


def test_a_context_that_is_not_known_is_never_fetched() -> None:
    document = sign(SAID, KEY_ID, KEY, NOW) | {"@context": "https://evil.example/context"}
    assert verified(document, KEY.public_key(), NOW, CONTEXT) is None


def test_a_graph_that_takes_forever_is_given_up() -> None:
    alike = [{"type": "Note"} for _ in range(40)]
    poisoned = SAID | {"object": {"type": "Note", "tag": [{"type": "Note", "tag": alike} for _ in range(40)]}}
    with pytest.raises(Unclear):
        canonical(poisoned)
    document = poisoned | {"signature": sign(SAID, KEY_ID, KEY, NOW)["signature"]}
    assert verified(document, KEY.public_key(), NOW, CONTEXT) is None


def test_a_document_with_many_nameless_parts_is_read() -> None:
    tags = [{"type": "Mention", "href": f"https://beta.example/{number}"} for number in range(100)]
    document = sign(SAID | {"object": {"type": "Note", "tag": tags}}, KEY_ID, KEY, NOW)
    assert verified(document, KEY.public_key(), NOW, CONTEXT) is not None


@pytest.mark.parametrize("given", [None, 1, "", {}, [], {"type": "RsaSignature2017"}, {"type": ["RsaSignature2017"]}])
def test_anything_may_stand_where_the_signature_should(given: Any) -> None:
    assert verified(SAID | {"signature": given}, KEY.public_key(), NOW, CONTEXT) is None


@pytest.mark.parametrize("name", ["created", "creator", "expires", "signatureValue"])
@pytest.mark.parametrize("value", [None, 1, "", [], {}, "é"])
def test_anything_may_stand_within_it(name: str, value: Any) -> None:
    document = sign(SAID, KEY_ID, KEY, NOW)
    document["signature"] = document["signature"] | {name: value}
    assert verified(document, KEY.public_key(), NOW, CONTEXT) is None


def _vector(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / "fixtures" / "vectors-ld-signature" / f"vector__{name}.json").read_text())


@needs_reference
def test_the_statements_of_a_document_come_in_the_order_that_all_agree_upon() -> None:
    vector = _vector("canonicalization_steps")
    assert canonical(vector["unsigned_activity"]).decode().strip() == vector["activity_normalized"].strip()
    assert canonical(vector["options"]).decode().strip() == vector["options_normalized"].strip()


@needs_reference
def test_what_others_signed_is_verified() -> None:
    for name in ("mastodon_signed_create", "mastodon_signed_create_tampered"):
        vector = _vector(name)
        found = verified(vector["document"], _key(vector["creator_actor"]), NOW, CONTEXT)
        assert (found is not None) is vector["expect_valid"], name


@needs_reference
def test_a_document_whose_names_lie_is_read_by_its_meaning() -> None:
    vector = _vector("fabricated_status_context_trick")
    key = public_key(vector["creator_public_key_pem"])
    assert key is not None
    found = verified(vector["document"], key, NOW, CONTEXT)
    assert found is None or "fake-status" not in json.dumps(found)


@needs_reference
def test_the_contexts_are_those_of_the_vocabularies() -> None:
    for url, name in ((ACTIVITY_STREAMS, "activitystreams"), (SECURITY, "security-v1"), (IDENTITY, "identity-v1")):
        path = FOLDER / "fixtures" / "contexts" / f"jsonld-context__{name}.json"
        assert CONTEXTS[url] == json.loads(path.read_text())["@context"], name
