"""Messages for push services, read by another implementation and by the letter of RFC 8291."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marula.base.crypto import web_push
from marula.base.crypto.web_push import Receiver
from marula.base.kernel import vapid

http_ece = pytest.importorskip("http_ece", reason="http_ece, another implementation, comes with Mastodon.py[webpush]")

AUTH = b"0123456789abcdef"
WORDS = "Grüße, asleep telephone".encode()


def program() -> tuple[ec.EllipticCurvePrivateKey, Receiver]:
    private = ec.generate_private_key(vapid.CURVE)
    return private, Receiver(vapid.public_octets(private.public_key()), AUTH)


def test_the_standard_encoding_is_read_by_another_implementation() -> None:
    private, to = program()
    sealed = web_push.encrypted(WORDS, to)
    assert sealed.headers == {"Content-Encoding": "aes128gcm"}
    read = http_ece.decrypt(sealed.body, private_key=private, auth_secret=AUTH, version="aes128gcm")
    assert read == WORDS


def test_the_encoding_of_before_is_read_by_another_implementation() -> None:
    private, to = program()
    sealed = web_push.encrypted_as_before(WORDS, to)
    read = http_ece.decrypt(
        sealed.body,
        salt=vapid.octets(sealed.headers["Encryption"].removeprefix("salt=")),
        dh=vapid.octets(sealed.headers["Crypto-Key"].removeprefix("dh=")),
        private_key=private,
        auth_secret=AUTH,
        version="aesgcm",
    )
    assert read == WORDS


def test_nobody_else_reads_it() -> None:
    (_, to), (other, _) = program(), program()
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(web_push.encrypted(WORDS, to).body, private_key=other, auth_secret=AUTH, version="aes128gcm")
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(
            web_push.encrypted(WORDS, Receiver(to.p256dh, b"x" * 16)).body,
            private_key=other,
            auth_secret=AUTH,
            version="aes128gcm",
        )


def test_a_message_is_one_record_by_the_letter() -> None:
    private, to = program()
    body = web_push.encrypted(WORDS, to).body
    salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
    sender = body[21 : 21 + length]
    assert (size, length, len(body)) == (4096, 65, 86 + len(WORDS) + 1 + 16)
    agreed = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(vapid.CURVE, sender))
    key = HKDF(SHA256(), 32, AUTH, b"WebPush: info\0" + to.p256dh + sender).derive(agreed)
    cipher = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(key)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(key)
    assert AESGCM(cipher).decrypt(nonce, body[86:], None) == WORDS + b"\x02"


def test_a_compressed_key_is_the_same_key() -> None:
    private, to = program()
    numbers = private.public_key().public_numbers()
    compressed = bytes([2 + numbers.y % 2]) + numbers.x.to_bytes(32)
    assert web_push.receiver(vapid.text_of(compressed), vapid.text_of(AUTH)) == to
