"""Mail, handed to the mail server over SMTP.

Spec: RFC 5321, RFC 5322, RFC 3834 (Auto-Submitted)
"""

import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr

import aiosmtplib

from marula.base.kernel.config import Config, MailConfig
from marula.base.kernel.errors import Unreachable
from marula.domain.context import Mail, Mailer

TIMEOUT = 20.0
"""Seconds that each step of the conversation may take."""

_STARTTLS: dict[str, bool | None] = {"always": True, "auto": None, "never": False}


class NoMailer:
    """No mail server is configured: mail stays in the outbox page."""

    async def send(self, mail: Mail) -> bool:
        return False


class SmtpMailer:
    """A mail server. Each mail is a conversation of its own: nothing is kept that could be lost."""

    def __init__(self, config: MailConfig) -> None:
        self._config = config

    async def send(self, mail: Mail) -> bool:
        """Hand a mail over. Raises Unreachable, in words, when the server refuses it or does not answer."""
        config = self._config
        try:
            await aiosmtplib.send(
                _message(mail, config),
                sender=parseaddr(config.sender)[1],
                recipients=[mail.recipient],
                hostname=config.server,
                port=config.port,
                username=config.login,
                password=config.password,
                use_tls=config.tls,
                start_tls=False if config.tls else _STARTTLS[config.starttls],
                validate_certs=config.verify,
                cert_bundle=config.ca_file,
                timeout=TIMEOUT,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unreachable(_in_words(error, config)) from error
        return True


def mailer_for(config: Config) -> Mailer:
    """The mail server of this configuration, or the one that keeps everything in the outbox."""
    return NoMailer() if config.mail is None else SmtpMailer(config.mail)


def _message(mail: Mail, config: MailConfig) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = config.sender
    message["To"] = mail.recipient
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = make_msgid(domain=parseaddr(config.sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if config.reply_to is not None:
        message["Reply-To"] = config.reply_to
    message.set_content(mail.body)
    return message


def _in_words(error: Exception, config: MailConfig) -> str:
    """What went wrong, for the owner to read. Never holds the password."""
    place = f"{config.server}:{config.port}"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return f"The mail server {place} does not accept SMTP_LOGIN and SMTP_PASSWORD: {error.code} {error.message}"
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return f"The mail server {place} refuses the recipient: {error.recipients[0].message}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"The mail server {place} refuses: {error.code} {error.message}"
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        return f"The mail server {place} does not answer"
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return f"No encrypted connection to the mail server {place}: {error}"
    if isinstance(error, aiosmtplib.SMTPConnectError | OSError):
        return f"The mail server {place} cannot be reached: {error}"
    return f"The mail server {place} cannot take the mail: {error}"
