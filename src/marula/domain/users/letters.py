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
RESET = Sentence("Choose a new password for {title}")
RESET_ASKED = Sentence(
    "somebody asked for a new password for your account @{username} on {domain}.\n"
    "Open this link within six hours to choose one:"
)
MOVING = Sentence("Your e-mail address for {title} is to change")
MOVING_TO = Sentence(
    "somebody signed in to your account @{username} on {domain} asked to use this address instead of yours:\n\n"
    "{address}\n\n"
    "It counts as soon as the link that we sent there is opened."
)
MOVING_NOT_ASKED = Sentence("If this was not you, choose another password at once:")
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


def reset(user: User, *, title: str, domain: str, link: str, locale: str) -> Letter:
    """To somebody who may have forgotten their password."""
    hello = HELLO.say(locale, username=user.username)
    asked = RESET_ASKED.say(locale, username=user.username, domain=domain)
    return RESET.say(locale, title=title), f"{hello}\n\n{asked}\n\n{link}\n\n{NOT_ASKED.say(locale)}\n"


def moving(user: User, address: str, *, title: str, domain: str, link: str, locale: str) -> Letter:
    """To the address that somebody has, when they want another. `link`: where they choose another password."""
    hello = HELLO.say(locale, username=user.username)
    told = MOVING_TO.say(locale, username=user.username, domain=domain, address=address)
    return MOVING.say(locale, title=title), f"{hello}\n\n{told}\n\n{MOVING_NOT_ASKED.say(locale)}\n\n{link}\n"


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
