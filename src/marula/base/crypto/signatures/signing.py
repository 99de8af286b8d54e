"""Signing what is sent."""

import base64
from datetime import datetime
from email.utils import format_datetime
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from marula.base.crypto.keys import PrivateKey, signed
from marula.base.crypto.signatures import cavage, rfc9421
from marula.base.crypto.signatures.digests import content_digest, digest
from marula.base.crypto.signatures.message import Message

ALSO = ("content-type", "collection-synchronization")
"""Headers that are covered where they are sent; the first one only by the older form."""

Form: TypeAlias = Literal["cavage", "rfc9421"]


def sign(message: Message, key_id: str, key: PrivateKey, now: datetime, form: Form = "cavage") -> dict[str, str]:
    """The headers to send so that the holder of the key has signed the message; those it has are covered too."""
    return _cavage(message, key_id, key, now) if form == "cavage" else _rfc9421(message, key_id, key, now)


def _cavage(message: Message, key_id: str, key: PrivateKey, now: datetime) -> dict[str, str]:
    headers = {"host": _host(message.url), "date": format_datetime(now, usegmt=True)}
    if message.body is not None:
        headers["digest"] = digest(message.body)
    sent = msgspec.structs.replace(message, headers={**message.headers, **headers})
    names = ["(request-target)", *headers, *(name for name in ALSO if name in message.headers)]
    signature = base64.b64encode(signed(key, cavage.text(sent, names, message.target, {}))).decode()
    headers["signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{signature}"'
    )
    return headers


def _rfc9421(message: Message, key_id: str, key: PrivateKey, now: datetime) -> dict[str, str]:
    headers = {"host": _host(message.url)}
    names = ["@method", "@target-uri"]
    if message.body is not None:
        headers["content-digest"] = content_digest(message.body)
        names.append("content-digest")
    names += [name for name in ALSO[1:] if name in message.headers]
    listed = " ".join(f'"{name}"' for name in names)
    written = f'({listed});created={int(now.timestamp())};keyid="{key_id}"'
    given = rfc9421.Input(components=tuple((name, {}) for name in names), parameters={}, written=written)
    sent = msgspec.structs.replace(message, headers={**message.headers, **headers})
    signature = base64.b64encode(signed(key, rfc9421.base(sent, given))).decode()
    return headers | {"signature-input": f"sig1={written}", "signature": f"sig1=:{signature}:"}


def _host(url: str) -> str:
    """The host with its port, unless that is the usual one of the scheme."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].lower()
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return host.removesuffix(usual) if usual else host
