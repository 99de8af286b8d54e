"""The older form: one `Signature` header.

Spec: draft-cavage-http-signatures-12
"""

import base64
import binascii
import re
from datetime import datetime

from marula.base.crypto.signatures import window
from marula.base.crypto.signatures.digests import check_digest
from marula.base.crypto.signatures.message import Claim, Malformed, Message, Unacceptable

ALGORITHMS = ("rsa-sha256", "hs2019")

_PAIR = re.compile(r'\s*([A-Za-z]+)\s*=\s*(?:"([^"]*)"|([^\s",]+))\s*(?:,|$)')


def read(message: Message, now: datetime) -> Claim:
    """What the message claims. Raises: Malformed, Unacceptable."""
    given = _pairs(message.headers["signature"])
    if "keyId" not in given or "signature" not in given:
        raise Malformed("Signature needs keyId and signature")
    algorithm = given.get("algorithm", "hs2019").lower()
    if algorithm not in ALGORITHMS:
        raise Unacceptable(f"the algorithm {algorithm[:30]!r} is not known here")
    names = given.get("headers", "(created)" if "created" in given else "date").lower().split()
    _check_cover(message, names)
    _check_time(message, given, algorithm, names, now)
    if message.body is not None and "digest" in names:
        check_digest(_header(message, "digest"), message.body)
    return Claim(
        key_id=given["keyId"],
        algorithm=None,
        texts=_texts(message, names, given),
        signature=_decoded(given["signature"]),
    )


def text(message: Message, names: list[str], target: str, given: dict[str, str]) -> bytes:
    """The text that is signed. Spec: draft-cavage 2.3"""
    lines: list[str] = []
    for name in names:
        if name == "(request-target)":
            lines.append(f"{name}: {message.method.lower()} {target}")
        elif name in ("(created)", "(expires)"):
            lines.append(f"{name}: {given[name[1:-1]]}")
        else:
            lines.append(f"{name}: {_header(message, name)}")
    return "\n".join(lines).encode("latin-1", "replace")


def _texts(message: Message, names: list[str], given: dict[str, str]) -> tuple[bytes, ...]:
    """With the query, and as some peers write it, without."""
    targets = dict.fromkeys((message.target, message.path)) if "(request-target)" in names else (message.target,)
    return tuple(text(message, names, target, given) for target in targets)


def _check_cover(message: Message, names: list[str]) -> None:
    if "date" not in names and "(created)" not in names:
        raise Unacceptable("neither Date nor (created) is signed")
    if "(request-target)" not in names and "digest" not in names:
        raise Unacceptable("neither (request-target) nor Digest is signed")
    if message.method == "GET" and "host" not in names:
        raise Unacceptable("Host is not signed")
    if message.method == "POST" and "digest" not in names:
        raise Unacceptable("Digest is not signed")


def _check_time(message: Message, given: dict[str, str], algorithm: str, names: list[str], now: datetime) -> None:
    for name in ("(created)", "(expires)"):
        if name in names and (algorithm != "hs2019" or name[1:-1] not in given):
            raise Malformed(f"{name} needs hs2019 and its parameter")  # spec: draft-cavage 2.3
    expires = window.moment(given["expires"]) if "expires" in given and "(expires)" in names else None
    if "(created)" in names:
        window.check_time(window.moment(given["created"]), expires, now)
    else:
        window.check_time(window.date(_header(message, "date")), expires, now)


def _pairs(value: str) -> dict[str, str]:
    """The parameters of the header. Raises: Malformed also when one stands twice."""
    rest = value.removeprefix("Signature ").strip()
    found: dict[str, str] = {}
    place = 0
    while place < len(rest):
        pair = _PAIR.match(rest, place)
        if pair is None or pair[1] in found:
            raise Malformed("the Signature header cannot be read")
        found[pair[1]] = pair[2] if pair[2] is not None else pair[3]
        place = pair.end()
    return found


def _header(message: Message, name: str) -> str:
    if name not in message.headers:
        raise Malformed(f"{name} is signed and was not sent")
    return message.headers[name]


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("the signature is no base64") from error
