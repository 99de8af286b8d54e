"""Documents that prove by themselves who made them, and the keys that do it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from marula.base.crypto.multikeys import decoded, encoded, key_of, multikey
from marula.base.crypto.proofs import prove, proven, prover
from tests.contract.reference import FOLDER, needs_reference

NOW = datetime(2026, 3, 1, tzinfo=UTC)
KEY = ed25519.Ed25519PrivateKey.generate()
KEY_ID = "https://beta.example/users/bob#ed25519-key"
SAID: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/activitystreams"],
    "id": "https://beta.example/1",
    "type": "Like",
    "actor": "https://beta.example/users/bob",
    "object": "https://marula.example/1",
}


def test_what_is_proven_is_what_was_said() -> None:
    document = prove(SAID, KEY_ID, KEY, NOW)
    assert prover(document) == KEY_ID
    assert proven(document, KEY.public_key()) == SAID


@pytest.mark.parametrize("change", [{"object": "https://marula.example/2"}, {"to": []}, {"@context": "x"}])
def test_a_change_is_noticed(change: dict[str, Any]) -> None:
    assert proven(prove(SAID, KEY_ID, KEY, NOW) | change, KEY.public_key()) is None


def test_another_key_proves_nothing() -> None:
    document = prove(SAID, KEY_ID, KEY, NOW)
    assert proven(document, ed25519.Ed25519PrivateKey.generate().public_key()) is None
    assert proven(document, rsa.generate_private_key(65537, 2048).public_key()) is None


@pytest.mark.parametrize("name", ["type", "cryptosuite", "verificationMethod", "proofPurpose", "proofValue", "created"])
@pytest.mark.parametrize("value", [None, 1, "", "z0", [], {}, "\ud800"])
def test_anything_may_stand_in_a_proof(name: str, value: Any) -> None:
    document = prove(SAID, KEY_ID, KEY, NOW)
    document["proof"] = document["proof"] | {name: value}
    assert proven(document, KEY.public_key()) is None


@pytest.mark.parametrize("key", [KEY.public_key(), rsa.generate_private_key(65537, 2048).public_key()])
def test_a_key_comes_back_from_its_word(key: Any) -> None:
    found = key_of(multikey(key))
    assert found is not None
    assert multikey(found) == multikey(key)


@pytest.mark.parametrize("word", ["", "z", "zzz", "m6Mk", "z6Mk0", "z" + "1" * 3000, encoded(b"\x85\x24garbage")])
def test_a_word_that_is_no_key(word: str) -> None:
    assert key_of(word) is None


def test_leading_zeros_are_kept() -> None:
    assert decoded(encoded(b"\0\0a")) == b"\0\0a"


@needs_reference
def test_the_vectors_of_the_proposals_come_out_as_they_say() -> None:
    folder = FOLDER / "fixtures" / "vectors-fep-8b32"
    first = json.loads((folder / "vector__fep8b32_sign_verify.json").read_text())
    key = key_of(first["actor"]["assertionMethod"][0]["publicKeyMultibase"])
    assert key is not None
    assert proven(first["signed"], key) == first["unsigned"]
    word = json.loads((folder / "vector__fep521a_0.json").read_text())
    raw = bytes.fromhex(word["hex"])
    assert multikey(ed25519.Ed25519PublicKey.from_public_bytes(raw)) == word["multikey"]["publicKeyMultibase"]
    claimed = json.loads((folder / "vector__fepc390_0.json").read_text())["documents"][1]
    held = key_of(claimed["subject"].removeprefix("did:key:"))
    assert held is not None
    assert proven(claimed, held) is not None
    standard = json.loads((folder / "vector__w3c_eddsa_jcs_2022.json").read_text())
    published = key_of(standard["keyPair.json"]["publicKeyMultibase"])
    assert published is not None
    assert proven(standard["signedJCS.json"], published) == standard["unsigned.json"]
