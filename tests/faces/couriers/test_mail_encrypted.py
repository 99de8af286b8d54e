"""Mail over an encrypted connection, to a server of our own on this machine."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from marula.base.kernel.errors import Unreachable
from marula.faces.couriers import SmtpMailer, mail
from tests.faces.couriers.certificates import Certificate
from tests.faces.couriers.test_mail import MAIL, Inbox, configured, free_port


@pytest.fixture
def starttls(certificate: Certificate) -> Iterator[tuple[Inbox, int]]:
    """A mail server that takes mail only after STARTTLS."""
    yield from _running(tls_context=certificate.context, require_starttls=True)


@pytest.fixture
def implicit(certificate: Certificate) -> Iterator[tuple[Inbox, int]]:
    """A mail server that speaks TLS from the first byte."""
    yield from _running(ssl_context=certificate.context)


def _running(**options: Any) -> Iterator[tuple[Inbox, int]]:
    inbox, port = Inbox(), free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    yield inbox, port
    controller.stop()


@pytest.mark.parametrize("mode", ["always", "auto"])
async def test_a_plain_connection_becomes_encrypted(
    starttls: tuple[Inbox, int], certificate: Certificate, mode: str
) -> None:
    inbox, port = starttls
    assert await SmtpMailer(configured(port, starttls=mode, ca_file=str(certificate.path))).send(MAIL)
    assert len(inbox.envelopes) == 1


async def test_a_connection_is_encrypted_from_the_start(implicit: tuple[Inbox, int], certificate: Certificate) -> None:
    inbox, port = implicit
    assert await SmtpMailer(configured(port, tls=True, ca_file=str(certificate.path))).send(MAIL)
    assert len(inbox.envelopes) == 1


async def test_a_stranger_gets_no_mail_unless_nobody_minds(
    starttls: tuple[Inbox, int], implicit: tuple[Inbox, int]
) -> None:
    for (inbox, port), tls in ((starttls, False), (implicit, True)):
        with pytest.raises(Unreachable, match=f"No encrypted connection to the mail server 127.0.0.1:{port}"):
            await SmtpMailer(configured(port, tls=tls)).send(MAIL)
        assert inbox.envelopes == []
        assert await SmtpMailer(configured(port, tls=tls, verify=False)).send(MAIL)
        assert len(inbox.envelopes) == 1


async def test_a_server_that_is_silent_is_waited_for_no_longer_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="does not answer"):
            await SmtpMailer(configured(silent.getsockname()[1])).send(MAIL)
    assert time.monotonic() - began < 5
