"""Public keys as Multikeys: a base, a kind and the key in one word.

Spec: Controlled Identifiers 1.0, 2.2.2 (Multikey); FEP-521a
"""

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from marula.base.crypto.keys import LONGEST, SHORTEST, PublicKey

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}

_ED25519, _RSA = b"\xed\x01", b"\x85\x24"
"""What a key begins with. Spec: Multicodec, ed25519-pub and rsa-pub as variable-length numbers"""

MOST = 2000
"""Characters of a word that is read."""


def multikey(key: PublicKey) -> str:
    """The word for a public key."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return encoded(_ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return encoded(_RSA + key.public_bytes(Encoding.DER, PublicFormat.PKCS1))


def key_of(word: str) -> PublicKey | None:
    """The public key in a word; None when it is none, or none that is taken here."""
    raw = decoded(word)
    try:
        if raw is not None and raw.startswith(_ED25519):
            return ed25519.Ed25519PublicKey.from_public_bytes(raw[2:])
        if raw is not None and raw.startswith(_RSA):
            key = load_der_public_key(_as_pkix(raw[2:]))
            return key if isinstance(key, rsa.RSAPublicKey) and SHORTEST <= key.key_size <= LONGEST else None
    except ValueError:
        return None
    return None


def encoded(raw: bytes) -> str:
    """Bytes as base58btc, with the letter that says so. Spec: Multibase, z"""
    number, word = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        word = _ALPHABET[rest] + word
    return "z" + "1" * (len(raw) - len(raw.lstrip(b"\0"))) + word


def decoded(word: str) -> bytes | None:
    """The bytes in a word of base58btc; None when it is none."""
    letters = word[1:]
    if not word.startswith("z") or len(word) > MOST or not set(letters) <= set(_ALPHABET):
        return None
    number = 0
    for letter in letters:
        number = number * 58 + _VALUES[letter]
    zeros = len(letters) - len(letters.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _as_pkix(pkcs1: bytes) -> bytes:
    """An RSA key in the wrapping that says that it is one. Spec: RFC 5280, 4.1.2.7"""
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return _tagged(0x30, algorithm + _tagged(0x03, b"\0" + pkcs1))


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content
