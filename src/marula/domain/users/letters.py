"""What mails say: subject and body, in plain words. Pure."""

from typing import TypeAlias

from marula.base.text.sentences import Sentence
from marula.domain.users.types import User

Letter: TypeAlias = tuple[str, str]

HELLO = Sentence("Hello {username},")
CONFIRM = Sentence("Confirm your e-mail address for {title}")
GIVEN = Sentence(
    "this address was given for the account @{username} on {domain}.\n"
    "Open this link within two days to confirm that it is yours:"
)
NOT_ASKED = Sentence("If you did not ask for this, ignore this message: without the link nothing happens.")
WELCOME = Sentence("Welcome to {title}")
APPROVED = Sentence(
    "your sign-up on {domain} was approved. You are @{username}@{domain} now.\n"
    "Sign in here, or with any app for Mastodon:"
)


def confirmation(user: User, *, title: str, domain: str, link: str, locale: str) -> Letter:
    """To an address that is to be confirmed."""
    hello = HELLO.say(locale, username=user.username)
    given = GIVEN.say(locale, username=user.username, domain=domain)
    return CONFIRM.say(locale, title=title), f"{hello}\n\n{given}\n\n{link}\n\n{NOT_ASKED.say(locale)}\n"


def welcome(user: User, *, title: str, domain: str, link: str, locale: str) -> Letter:
    """To somebody whose sign-up was approved."""
    hello = HELLO.say(locale, username=user.username)
    approved = APPROVED.say(locale, username=user.username, domain=domain)
    return WELCOME.say(locale, title=title), f"{hello}\n\n{approved}\n\n{link}\n"


def waiting(user: User, *, title: str, domain: str, link: str) -> Letter:
    """To those who decide on sign-ups."""
    reason = f"They wrote:\n\n{user.reason}\n\n" if user.reason else "They gave no reason.\n\n"
    subject = f"{user.username} would like to join {title}"
    body = (
        f"@{user.username} ({user.email}) signed up on {domain} and waits for approval.\n{reason}"
        f"Decide here:\n\n{link}\n"
    )
    return subject, body


def terms(user: User, *, title: str, domain: str, day: str, link: str) -> Letter:
    """To everybody, when the terms of service change."""
    subject = f"The terms of service of {title} change"
    body = (
        f"Hello {user.username},\n\n"
        f"you have the account @{user.username} on {domain}. Its terms of service change on {day}.\n"
        f"Read them here:\n\n{link}\n\n"
        "Whoever goes on using the account from that day agrees to them.\n"
    )
    return subject, body
