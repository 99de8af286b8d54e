"""The log of facts: `record()` writes one in the caller's transaction, `@reacts_to` makes jobs follow from it.

A fact says what happened, in the past tense, with ids and only that content which cannot be read again later.
Tables are the truth; the log explains them and may be pruned. For each reaction that wants the fact a job row is
inserted in the same transaction, so nothing that follows from a committed change can be lost.

Tables owned: facts.
"""

from marula.base.events.live import Live, announce
from marula.base.events.log import BROADCAST, Fact, broadcast, facts, reactions_of, reacts_to, record
from marula.base.events.memory import Memory, Remembered, RememberedEach, changed, changed_each

__all__ = [
    "BROADCAST",
    "Fact",
    "Live",
    "Memory",
    "Remembered",
    "RememberedEach",
    "announce",
    "broadcast",
    "changed",
    "changed_each",
    "facts",
    "reactions_of",
    "reacts_to",
    "record",
]
