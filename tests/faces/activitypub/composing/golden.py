"""Comparing what goes on the wire with what was agreed, to the letter: golden/*.json.

Ids and keys differ from run to run, so they are named in the order in which they appear. To write the files anew:
`MARULA_RECORD_GOLDEN=on`, then read the difference.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "golden"

_IDS = re.compile(r"[0-9]{8,19}")
_KEY = re.compile(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----\\n", re.DOTALL)
_SIGNED = re.compile(r'("(?:signatureValue|proofValue|publicKeyMultibase)": )"(?!sec:)[^"]*"')


def compare(name: str, document: Any) -> None:
    """Assert that a document is what the file of this name says."""
    found = _named(json.dumps(document, indent=1, ensure_ascii=False))
    path = FOLDER / f"{name}.json"
    if os.environ.get("MARULA_RECORD_GOLDEN"):
        path.write_text(found + "\n")
    assert found == path.read_text().rstrip("\n"), name


def _named(text: str) -> str:
    names: dict[str, str] = {}
    for found in _IDS.findall(text):
        names.setdefault(found, f"ID{len(names) + 1}")
    return _SIGNED.sub(r'\1"SIGNED"', _KEY.sub("PEM", _IDS.sub(lambda match: names[match[0]], text)))
