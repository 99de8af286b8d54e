"""The terms of service: versions, each from its day on.

Tables owned: terms_of_service.
"""

from marula.domain.terms import rules
from marula.domain.terms.actions import publish, withdraw
from marula.domain.terms.events import TermsPublished, TermsWithdrawn
from marula.domain.terms.store import published, versions
from marula.domain.terms.types import Terms

__all__ = ["Terms", "TermsPublished", "TermsWithdrawn", "publish", "published", "rules", "versions", "withdraw"]
