"""What mails say: subject and body, in plain words. Pure."""

from typing import TypeAlias

from marula.domain.users.types import User

Letter: TypeAlias = tuple[str, str]


def confirmation(user: User, *, title: str, domain: str, link: str) -> Letter:
    """To an address that is to be confirmed."""
    subject = f"Confirm your e-mail address for {title}"
    body = (
        f"Hello {user.username},\n\n"
        f"this address was given for the account @{user.username} on {domain}.\n"
        f"Open this link within two days to confirm that it is yours:\n\n{link}\n\n"
        "If you did not ask for this, ignore this message: without the link nothing happens.\n"
    )
    return subject, body


def welcome(user: User, *, title: str, domain: str, link: str) -> Letter:
    """To somebody whose sign-up was approved."""
    subject = f"Welcome to {title}"
    body = (
        f"Hello {user.username},\n\n"
        f"your sign-up on {domain} was approved. You are @{user.username}@{domain} now.\n"
        f"Sign in here, or with any app for Mastodon:\n\n{link}\n"
    )
    return subject, body


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
