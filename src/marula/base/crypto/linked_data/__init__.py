"""Signatures of documents by what they mean, not by their bytes: relays and forwarded replies carry them.

Whoever trusts one must go on with what `verified` gives, not with the document: its names may mean other things than
they say.
Spec: RsaSignature2017, as servers of the Fediverse use it; FEP-ae0c; RDF Dataset Normalization (URDNA2015)
"""

from marula.base.crypto.linked_data.signature import creator, sign, verified

__all__ = ["creator", "sign", "verified"]
