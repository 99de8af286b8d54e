"""Saying no to a sender."""


class Refusal(Exception):
    """What was sent is not taken: the HTTP status, and the reason in words."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
