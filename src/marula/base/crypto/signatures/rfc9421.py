"""The newer form: `Signature-Input` and `Signature`, several by label.

Spec: RFC 9421; RFC 8941 (structured fields), as far as they are needed
"""

import base64
import binascii
import re
from datetime import datetime
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

from marula.base.crypto.signatures import window
from marula.base.crypto.signatures.digests import check_content_digest
from marula.base.crypto.signatures.message import Claim, Malformed, Message, Unacceptable

MOST = 5
"""Labels that are looked at."""

_LABEL = re.compile(r"[a-z*][a-z0-9_.*-]*")
_PARAMETER = re.compile(r';\s*([a-z*][a-z0-9_.*-]*)(?:=(?:"((?:[^"\\]|\\.)*)"|(-?[A-Za-z0-9.+/*:?-]+)))?')
_ITEM = re.compile(r'\s*"((?:[^"\\]|\\.)*)"')
_BYTES = re.compile(r"([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """One label of Signature-Input: its covered components with their parameters, its own parameters, and as sent."""

    components: tuple[tuple[str, dict[str, str]], ...]
    parameters: dict[str, str]
    written: str


def read(message: Message, now: datetime) -> list[Claim]:
    """What the message claims, for each label that is acceptable.

    Raises: Malformed when the headers cannot be read, Unacceptable when no label is acceptable.
    """
    inputs = parse(message.headers["signature-input"])
    signatures = _signatures(message.headers.get("signature", ""))
    found: list[Claim] = []
    refused: list[ValueError] = []
    for label in [label for label in inputs if label in signatures][:MOST]:
        try:
            found.append(_claim(message, inputs[label], signatures[label], now))
        except (Malformed, Unacceptable) as error:
            refused.append(error)
    if not found:
        raise refused[0] if refused else Malformed("no label of Signature-Input has a signature")
    return found


def parse(value: str) -> dict[str, Input]:
    """The labels of Signature-Input. Raises Malformed."""
    found: dict[str, Input] = {}
    place = 0
    while place < len(value):
        label = _LABEL.match(value, place)
        if label is None or value[label.end() : label.end() + 2] != "=(":
            raise Malformed("Signature-Input is no dictionary of lists")
        begin = label.end() + 1
        components, place = _components(value, begin + 1)
        parameters, place = _parameters(value, place)
        found[label[0]] = Input(components=components, parameters=parameters, written=value[begin:place])
        rest = value[place:]
        if rest and not rest.lstrip().startswith(","):
            raise Malformed("Signature-Input is no dictionary of lists")
        place = len(value) - len(rest.lstrip().removeprefix(",").lstrip())
    return found


def base(message: Message, given: Input) -> bytes:
    """The text that is signed. Raises: Malformed for a component that the message lacks. Spec: RFC 9421, 2.5"""
    lines = [
        f'"{name}"{_written(parameters)}: {_value(message, name, parameters)}' for name, parameters in given.components
    ]
    return "\n".join([*lines, f'"@signature-params": {given.written}']).encode("latin-1", "replace")


def _claim(message: Message, given: Input, signature: bytes, now: datetime) -> Claim:
    parameters = given.parameters
    if "keyid" not in parameters or "created" not in parameters:
        raise Unacceptable("a signature needs keyid and created")
    covered = {name for name, _ in given.components}
    if "@method" not in covered or not covered & {"@target-uri", "@request-target", "@path"}:
        raise Unacceptable("@method and @target-uri are not signed")
    if message.method == "POST" and "content-digest" not in covered:
        raise Unacceptable("Content-Digest is not signed")
    expires = window.moment(parameters["expires"]) if "expires" in parameters else None
    window.check_time(window.moment(parameters["created"]), expires, now)
    if message.body is not None and "content-digest" in covered:
        check_content_digest(message.headers.get("content-digest", ""), message.body)
    return Claim(
        key_id=parameters["keyid"],
        algorithm=parameters.get("alg"),
        texts=(base(message, given),),
        signature=signature,
    )


def _components(value: str, place: int) -> tuple[tuple[tuple[str, dict[str, str]], ...], int]:
    found: list[tuple[str, dict[str, str]]] = []
    while not value[place:].lstrip().startswith(")"):
        item = _ITEM.match(value, place)
        if item is None:
            raise Malformed("Signature-Input lists something that is no component")
        parameters, place = _parameters(value, item.end())
        if (item[1], parameters) in found:
            raise Malformed("a component is listed twice")  # spec: rfc9421 2
        found.append((item[1], parameters))
    return tuple(found), value.index(")", place) + 1


def _parameters(value: str, place: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while one := _PARAMETER.match(value, place):
        found[one[1]] = one[2] if one[2] is not None else one[3] or ""
        place = one.end()
    return found, place


def _written(parameters: dict[str, str]) -> str:
    return "".join(f';{name}="{value}"' if value else f";{name}" for name, value in parameters.items())


def _value(message: Message, name: str, parameters: dict[str, str]) -> str:
    if not name.startswith("@"):
        if parameters or name not in message.headers:
            raise Malformed(f"the component {name[:60]!r} was not sent, or has parameters that are not known here")
        return message.headers[name]
    parts = urlsplit(message.url)
    values = {
        "@method": message.method,
        "@target-uri": message.url,
        "@authority": parts.netloc.lower(),
        "@scheme": parts.scheme,
        "@request-target": message.target,
        "@path": message.path,
        "@query": f"?{parts.query}",
    }
    if name == "@query-param" and set(parameters) == {"name"}:
        return _query_parameter(parts.query, parameters["name"])
    if name not in values or parameters:
        raise Malformed(f"the component {name[:60]!r} is not known here")
    return values[name]


def _query_parameter(query: str, name: str) -> str:
    values = [value for key, value in parse_qsl(query, keep_blank_values=True) if quote(key, safe="*-._") == name]
    if len(values) != 1:
        raise Malformed("@query-param names a parameter that is not there once")  # spec: rfc9421 2.2.8
    return quote(values[0], safe="*-._")


def _signatures(value: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for label, encoded in _BYTES.findall(value):
        try:
            found[label] = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise Malformed("the signature is no base64") from error
    return found
