"""Messages for push services, read by the letter of the specifications and by another implementation."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from marula.base.crypto import web_push
from marula.base.crypto.web_push import Receiver, Sealed
from marula.base.kernel import vapid
from tests.push_reader import CURVE, octets, point, read_before, read_standard
from tests.world import START

AUTH = b"0123456789abcdef"
WORDS = "Grüße, asleep telephone".encode()


def program() -> tuple[ec.EllipticCurvePrivateKey, Receiver]:
    private = ec.generate_private_key(CURVE)
    return private, Receiver(point(private), AUTH)


def lower(sealed: Sealed) -> dict[str, str]:
    return {name.lower(): value for name, value in sealed.headers.items()}


def test_the_reader_reads_the_example_of_the_specification() -> None:
    """Spec: RFC 8291, 5"""
    key = octets("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")
    body = octets(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    private = ec.derive_private_key(int.from_bytes(key), CURVE)
    text = read_standard(body, private, octets("BTBZMqHH6r4Tts7J_aSIgg"))
    assert text == b"When I grow up, I want to be a watermelon"


def test_a_message_is_read_by_its_program() -> None:
    private, to = program()
    sealed = web_push.encrypted(WORDS, to)
    assert sealed.headers == {"Content-Encoding": "aes128gcm"}
    assert read_standard(sealed.body, private, AUTH) == WORDS


def test_a_message_in_the_encoding_of_before_is_read_by_its_program() -> None:
    private, to = program()
    sealed = web_push.encrypted_as_before(WORDS, to)
    assert sealed.headers["Content-Encoding"] == "aesgcm"
    assert read_before(sealed.body, lower(sealed), private, AUTH) == WORDS


def test_another_implementation_reads_both() -> None:
    other = pytest.importorskip("http_ece", reason="http_ece is not installed: the other implementation is not asked")
    private, to = program()
    sealed = web_push.encrypted(WORDS, to)
    assert other.decrypt(sealed.body, private_key=private, auth_secret=AUTH, version="aes128gcm") == WORDS
    before = web_push.encrypted_as_before(WORDS, to)
    read = other.decrypt(
        before.body,
        salt=octets(before.headers["Encryption"].removeprefix("salt=")),
        dh=octets(before.headers["Crypto-Key"].removeprefix("dh=")),
        private_key=private,
        auth_secret=AUTH,
        version="aesgcm",
    )
    assert read == WORDS


def test_nobody_else_reads_it() -> None:
    (private, to), (other, _) = program(), program()
    sealed, before = web_push.encrypted(WORDS, to), web_push.encrypted_as_before(WORDS, to)
    for key, auth in ((other, AUTH), (private, b"x" * 16)):
        with pytest.raises(InvalidTag):
            read_standard(sealed.body, key, auth)
        with pytest.raises(InvalidTag):
            read_before(before.body, lower(before), key, auth)


def test_a_compressed_key_is_the_same_key() -> None:
    private, to = program()
    numbers = private.public_key().public_numbers()
    compressed = bytes([2 + numbers.y % 2]) + numbers.x.to_bytes(32)
    assert web_push.receiver(vapid.text_of(compressed), vapid.text_of(AUTH)) == to


@pytest.mark.parametrize(
    ("endpoint", "audience"),
    [
        ("https://Push.example/send/1?x=y", "https://push.example"),
        ("https://push.example:443/1", "https://push.example"),
        ("https://push.example:8443/1", "https://push.example:8443"),
        ("https://[2001:DB8::1]:8443/1", "https://[2001:db8::1]:8443"),
    ],
)
def test_a_proof_is_for_the_origin_of_the_push_service(endpoint: str, audience: str) -> None:
    key = vapid.new_private_key()
    sealed = web_push.encrypted(WORDS, program()[1])
    headers = web_push.proved(sealed, endpoint, key, subject="mailto:ann@mail.example", now=START)
    claims = json.loads(octets(headers["Authorization"].partition("t=")[2].split(".")[1]))
    exp = int(START.timestamp()) + 12 * 3600
    assert claims == {"aud": audience, "exp": exp, "sub": "mailto:ann@mail.example"}
