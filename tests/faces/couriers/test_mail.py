"""Mail over SMTP, to a server of our own on this machine."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from marula.base.kernel import config
from marula.base.kernel.config import MailConfig
from marula.base.kernel.errors import Unreachable
from marula.domain.context import Mail
from marula.faces.couriers import NoMailer, SmtpMailer, mailer_for
from tests.world import START

MAIL = Mail(
    recipient="ann@mail.example",
    subject="Grüße\nBcc: bob@mail.example",
    body="Ein Link:\n\nhttps://marula.example/auth/confirm?token=" + "x" * 120 + "\n",
    created_at=START,
)


class Inbox:
    """Keeps what arrives; refuses one recipient."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 There is no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.envelopes.append(envelope)
        return "250 OK"

    def messages(self) -> list[Message]:
        contents = [envelope.content for envelope in self.envelopes]
        return [message_from_bytes(raw, policy=default) for raw in contents if isinstance(raw, bytes)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configured(port: int, **changes: object) -> MailConfig:
    values = MailConfig(
        server="127.0.0.1",
        port=port,
        login=None,
        password=None,
        sender="Marula <notifications@marula.example>",
        reply_to=None,
        tls=False,
        starttls="auto",
        verify=True,
        ca_file=None,
    )
    return msgspec.structs.replace(values, **changes)


Serve = Callable[..., tuple[Inbox, int]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts mail servers that end with the test."""
    running: list[Controller] = []

    def start(**options: Any) -> tuple[Inbox, int]:
        inbox, port = Inbox(), free_port()
        controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return inbox, port

    yield start
    for controller in running:
        controller.stop()


async def test_a_mail_arrives_as_it_was_written(serve: Serve) -> None:
    inbox, port = serve()
    assert await SmtpMailer(configured(port, reply_to="admin@marula.example")).send(MAIL)
    (envelope,), (message,) = inbox.envelopes, inbox.messages()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("notifications@marula.example", ["ann@mail.example"])
    assert message["From"] == "Marula <notifications@marula.example>"
    assert (message["To"], message["Reply-To"]) == ("ann@mail.example", "admin@marula.example")
    assert message["Date"] == "Sun, 01 Mar 2026 12:00:00 +0000"
    assert message["Message-ID"].endswith("@marula.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n") == MAIL.body


async def test_a_line_break_in_a_subject_makes_no_header(serve: Serve) -> None:
    inbox, port = serve()
    await SmtpMailer(configured(port)).send(MAIL)
    (message,) = inbox.messages()
    assert message["Subject"] == "Grüße Bcc: bob@mail.example"
    assert message["Bcc"] is None


async def test_the_mail_server_is_told_who_sends(serve: Serve) -> None:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data == LoginPassword(b"marula", b"right"), handled=False)

    inbox, port = serve(authenticator=check, auth_require_tls=False)
    await SmtpMailer(configured(port, login="marula", password="right")).send(MAIL)
    assert len(inbox.envelopes) == 1
    with pytest.raises(Unreachable, match="does not accept SMTP_LOGIN and SMTP_PASSWORD") as refusal:
        await SmtpMailer(configured(port, login="marula", password="secret-word")).send(MAIL)
    assert "secret-word" not in refusal.value.why


async def test_a_recipient_who_is_refused_is_told_in_words(serve: Serve) -> None:
    inbox, port = serve()
    with pytest.raises(Unreachable, match="refuses the recipient: There is no such person"):
        await SmtpMailer(configured(port)).send(msgspec.structs.replace(MAIL, recipient="nobody@mail.example"))
    assert inbox.envelopes == []


async def test_without_encryption_nothing_goes_out_where_it_is_demanded(serve: Serve) -> None:
    inbox, port = serve()
    for changes in ({"starttls": "always"}, {"tls": True}):
        with pytest.raises(Unreachable, match=f"127.0.0.1:{port}"):
            await SmtpMailer(configured(port, **changes)).send(MAIL)
    assert inbox.envelopes == []


async def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with pytest.raises(Unreachable, match="cannot be reached"):
        await SmtpMailer(configured(free_port())).send(MAIL)


async def test_the_configuration_says_which_courier_goes() -> None:
    without = config.load({"LOCAL_DOMAIN": "marula.example"}, None)
    with_server = config.load({"LOCAL_DOMAIN": "marula.example", "SMTP_SERVER": "mail.example"}, None)
    assert isinstance(mailer_for(with_server), SmtpMailer)
    assert isinstance(courier := mailer_for(without), NoMailer)
    assert await courier.send(MAIL) is False
