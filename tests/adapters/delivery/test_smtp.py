"""Reports by mail, against a real mail server with and without STARTTLS."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from desktop.adapters.delivery import smtp
from desktop.adapters.delivery.smtp import SmtpSender
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import SmtpTarget, secret_name
from tests.peers.certificates import Authority

MESSAGE = Message("e1-4-team", "Dasan Desk: report e1, version 4", '{"말":"사는 곳 010-1234-4720"}'.encode())
PASSWORD = "s3cr3t"


class Mailbox:
    """Keeps what comes; answers as the test says."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipient_answer = self.data_answer = ""
        self.logins: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.data_answer:
            return self.data_answer
        assert session.ssl is not None
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def log_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@contextmanager
def mail_server(mailbox: Mailbox, tls: ssl.SSLContext | None, login: bool = False) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = int(found.getsockname()[1])
    needs: dict[str, Any] = {"authenticator": mailbox.log_in, "auth_required": True} if login else {}
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, tls_context=tls, require_starttls=tls is not None, **needs
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def sender(port: int, ca_file: Path, user: str = "", password: str = PASSWORD) -> SmtpSender:
    async def find(account: str) -> str:
        return password if account == secret_name("team") else ""

    target = SmtpTarget(
        "team", "민원지원팀", "localhost", "desk@city.example", "team@city.example", port, user, str(ca_file)
    )
    return SmtpSender(target, find)


def sent(port: int, ca_file: Path, user: str = "", password: str = PASSWORD) -> Outcome:
    return asyncio.run(sender(port, ca_file, user, password).send(MESSAGE))


def test_the_report_is_attached_and_the_text_names_nobody(authority: Authority) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, authority.server()) as port:
        assert sent(port, authority.ca_file) == Delivered("<e1-4-team@city.example>")
    (mail,) = mailbox.mails
    assert (mail["From"], mail["To"]) == ("desk@city.example", "team@city.example")
    assert mail["Message-ID"] == "<e1-4-team@city.example>"
    (attachment,) = mail.iter_attachments()
    assert isinstance(attachment, EmailMessage)
    assert attachment.get_content_type() == "application/json"
    assert attachment.get_filename() == "e1-4-team.json"
    assert attachment.get_payload(decode=True) == MESSAGE.body
    text = mail.get_body()
    assert isinstance(text, EmailMessage)
    words = f"{mail['Subject']} {text.get_content()}"
    assert "4720" not in words
    assert "사는 곳" not in words


def test_a_login_is_made_with_the_keyrings_password(authority: Authority) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, authority.server(), login=True) as port:
        assert isinstance(sent(port, authority.ca_file, "desk"), Delivered)
        assert sent(port, authority.ca_file, "desk", "wrong") == Retry(Trouble.NOT_ALLOWED, "SMTP 535")
        assert sent(port, authority.ca_file, "desk", "") == Retry(Trouble.TOKEN)
    assert set(mailbox.logins) == {"desk"}
    assert len(mailbox.mails) == 1


def test_without_encryption_nothing_is_said(authority: Authority) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, None) as port:
        assert sent(port, authority.ca_file, "desk") == Retry(Trouble.NO_ENCRYPTION)
    assert (mailbox.mails, mailbox.logins) == ([], [])


@pytest.mark.parametrize("case", ["stranger", "other name", "run out"])
def test_who_is_not_trusted_gets_nothing(authority: Authority, tmp_path: Path, case: str) -> None:
    trusted = Authority.make(tmp_path, "stranger").ca_file if case == "stranger" else authority.ca_file
    host = "mail.example" if case == "other name" else "localhost"
    mailbox = Mailbox()
    with mail_server(mailbox, authority.server(host, old=case == "run out"), login=True) as port:
        found = sent(port, trusted, "desk")
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.CERTIFICATE
    assert (mailbox.mails, mailbox.logins) == ([], [])


@pytest.mark.parametrize(
    ("where", "answer", "outcome"),
    [
        ("recipient_answer", "550 No such mailbox", Retry(Trouble.MAILBOX, "SMTP 550")),
        ("recipient_answer", "451 Later", Retry(Trouble.BUSY, "SMTP 451")),
        ("data_answer", "452 Full", Retry(Trouble.BUSY, "SMTP 452")),
        ("data_answer", "554 Not such things", Dead(Trouble.REFUSED, "SMTP 554")),
    ],
)
def test_the_answer_decides(authority: Authority, where: str, answer: str, outcome: Outcome) -> None:
    mailbox = Mailbox()
    setattr(mailbox, where, answer)
    with mail_server(mailbox, authority.server()) as port:
        assert sent(port, authority.ca_file) == outcome
    assert mailbox.mails == []


def test_a_probe_logs_in_and_sends_nothing(authority: Authority) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, authority.server(), login=True) as port:
        assert asyncio.run(sender(port, authority.ca_file, "desk").probe()) == Delivered()
    assert (mailbox.mails, mailbox.logins) == ([], ["desk"])


@contextmanager
def odd_server(greeting: bytes, goes_on: bool) -> Iterator[int]:
    """Says `greeting` to whoever comes, over and over where it `goes_on`, and answers nothing."""
    over = threading.Event()

    def serve(listening: socket.socket) -> None:
        connection, _address = listening.accept()
        with connection:
            try:
                connection.sendall(greeting)
                while goes_on and not over.is_set():
                    connection.sendall(greeting)
            except OSError:
                return
            over.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            over.set()
            thread.join(5)


def test_a_server_that_talks_without_end_is_left(authority: Authority) -> None:
    with odd_server(b"220-welcome to the mail server\r\n" * 50, goes_on=True) as port:
        found = sent(port, authority.ca_file)
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.UNREACHABLE


def test_a_server_that_falls_silent_does_not_hold_the_loop(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "LONGEST_S", 0.3)

    async def work(port: int) -> tuple[list[Outcome], int]:
        team, turns = sender(port, authority.ca_file), 0
        sending = asyncio.create_task(team.send(MESSAGE))
        while not sending.done():
            turns += 1
            await asyncio.sleep(0.01)
        return [await sending], turns

    with odd_server(b"220 mail\r\n", goes_on=False) as port:
        outcomes, turns = asyncio.run(work(port))
    assert outcomes == [Retry(Trouble.TIMEOUT)]
    assert turns > 10
