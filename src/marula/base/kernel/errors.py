"""What can go wrong, in words of the domain.

The domain raises these; each face owns one table that maps them to its own answers
(an HTTP status, an inbox outcome, an exit code). Anything else that is raised is a bug.
"""

from datetime import datetime
from typing import ClassVar

import msgspec


class MarulaError(Exception):
    """A refusal with a sentence that may be shown to whoever asked."""

    default: ClassVar[str] = ""

    def __init__(self, why: str = "") -> None:
        self.why = why or self.default
        super().__init__(self.why)


class NotFound(MarulaError):
    """What was named does not exist, or this viewer may not know that it does."""

    default = "Record not found"


class Gone(MarulaError):
    """It existed and was removed for good."""

    default = "Gone"


class Forbidden(MarulaError):
    """It exists, the viewer may know that, and still may not do this."""

    default = "This action is not allowed"


class Conflict(MarulaError):
    """Somebody else changed the same thing at the same time."""

    default = "Conflict during update, please try again"


class Refused(MarulaError):
    """Well-formed, allowed in principle, and not possible as things stand."""


class Unreachable(MarulaError):
    """Another server, the mail server or the storage did not answer."""

    default = "There was a temporary problem serving your request, please try again"


class TooMany(MarulaError):
    """A limit was reached; `until` is when it opens again."""

    default = "Too many requests"

    def __init__(self, until: datetime, why: str = "") -> None:
        super().__init__(why)
        self.until = until


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong with one field.

    `field` is the name the client knows, or None when `why` is a whole sentence.
    `code` is the machine-readable word of sign-up errors, such as ERR_TAKEN.
    """

    why: str
    field: str | None = None
    code: str = "ERR_INVALID"

    @property
    def sentence(self) -> str:
        if self.field is None:
            return self.why
        label = self.field.replace("_", " ")
        return f"{label[:1].upper()}{label[1:]} {self.why}"


class Invalid(MarulaError):
    """Input that cannot be accepted, with every problem that was found."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.sentence for problem in problems))

    @classmethod
    def field(cls, name: str, why: str, code: str = "ERR_INVALID") -> "Invalid":
        return cls(Problem(why, name, code))

    @classmethod
    def because(cls, sentence: str) -> "Invalid":
        return cls(Problem(sentence))
