"""What the mail about a post that was not published says. Pure."""

from marula.domain.scheduling.types import Scheduled

SHOWN = 200
"""Characters of the post that the mail repeats."""


def not_published(username: str, kept: Scheduled, *, title: str) -> tuple[str, str]:
    """Subject and body."""
    text = kept.asked.text
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    body = (
        f"Hello {username},\n\n"
        f"this post was to be published on {title} at {kept.scheduled_at:%Y-%m-%d %H:%M} UTC and could not be:\n\n"
        f"{shown}\n\n"
        f"The reason: {kept.failure}\n\n"
        "It is kept among your scheduled posts. Give it another time to have it tried again, or remove it.\n"
    )
    return "A scheduled post was not published", body
