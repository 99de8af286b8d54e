"""Signed HTTP messages, in the two forms that servers of the Fediverse use.

`sign` says which headers to send, `claims` reads what a received message claims, and a claim is proven by a public key.
Nothing here fetches keys or knows whose they are.

Spec: draft-cavage-http-signatures-12; RFC 9421; RFC 9530 (digests)
"""

from marula.base.crypto.signatures.message import Claim, Malformed, Message, Unacceptable, joined
from marula.base.crypto.signatures.signing import Form, sign
from marula.base.crypto.signatures.verifying import claims, covers

__all__ = ["Claim", "Form", "Malformed", "Message", "Unacceptable", "claims", "covers", "joined", "sign"]
