"""Reports by mail: over STARTTLS with a checked certificate or not at all, the key in the Message-ID."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from io import BufferedReader
from typing import Any

from desktop.adapters.delivery.secret import FindSecret, NotReadyError, secret_of, tls_context
from desktop.adapters.delivery.threads import OneAtATime
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import SmtpTarget

CONNECT_S = 10.0
SILENCE_S = 20.0
LONGEST_S = 90.0
LONGEST_TALK = 65_536
TOO_LARGE = 552
TEXT = (
    "A report of the call centre is attached as JSON ({name}). It holds personal data: open it only where\n"
    "it is dealt with, and do not forward this message.\n\n"
    "{title}\nKey: {key}\n\n"
    "The same key may come twice when a connection broke off; it is the same report.\n"
)


class SmtpSender:
    """Implements `services.delivery_ports.Sender` for one mailbox."""

    def __init__(self, target: SmtpTarget, find: FindSecret) -> None:
        self._target, self._find = target, find
        self._turns = OneAtATime(target.name)

    async def send(self, message: Message) -> Outcome:
        """Hand the report to the mail server; delivered once the server has taken it."""
        mail = mail_of(self._target, message)
        return await self._talk(lambda session: session.deliver(mail))

    async def probe(self) -> Outcome:
        """Greet, encrypt, log in, leave."""
        return await self._talk(lambda session: Delivered())

    async def _talk(self, then: Callable[[_Session], Outcome]) -> Outcome:
        try:
            password = await secret_of(self._target.name, self._find) if self._target.user else ""
            context = await tls_context(self._target.ca_file)
        except NotReadyError as error:
            return Retry(error.trouble, error.detail)
        session = _Session(self._target, password, context)
        return await self._turns.run(lambda: session.run(then), LONGEST_S, session.abort)


def mail_of(target: SmtpTarget, message: Message) -> EmailMessage:
    """The mail: a short text that names nobody, the report as an attachment."""
    mail, name = EmailMessage(), f"{message.key}.json"
    mail["From"], mail["To"], mail["Subject"] = target.sender, target.recipient, message.title
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{message.key}@{target.sender.rpartition('@')[2]}>"
    mail["X-Idempotency-Key"] = message.key
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(TEXT.format(title=message.title, key=message.key, name=name))
    mail.add_attachment(message.body, maintype="application", subtype="json", filename=name)
    return mail


class _Bounded:
    """What the server says, up to `LONGEST_TALK` bytes."""

    def __init__(self, file: BufferedReader) -> None:
        self._file, self._left = file, LONGEST_TALK

    def readline(self, limit: int) -> bytes:
        line = self._file.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the mail server talks without end")
        return line

    def close(self) -> None:
        self._file.close()


class _Connection(smtplib.SMTP):
    """smtplib's connection, made but not opened, with the certificate's name known and a bounded server."""

    def __init__(self, host: str) -> None:
        super().__init__(timeout=CONNECT_S)
        self._host = host  # what starttls() holds the certificate against

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file: Any = _Bounded(self.sock.makefile("rb"))
        return super().getreply()


@dataclass(slots=True)
class _Refusal:
    """Which trouble a refusal at this point of the talk is: `later` for 4xx, `never` for 5xx."""

    never: Trouble
    later: Trouble = Trouble.BUSY

    def outcome(self, code: int) -> Outcome:
        return Retry(self.later if 400 <= code < 500 else self.never, f"SMTP {code}")


class _Session:
    """One talk with the server, on a thread of its own; `abort` ends it from another."""

    def __init__(self, target: SmtpTarget, password: str, context: ssl.SSLContext) -> None:
        self._target, self._password, self._context = target, password, context
        self._connection = _Connection(target.host.strip("[]"))
        self._step = _Refusal(Trouble.SERVER_ERROR)

    def run(self, then: Callable[[_Session], Outcome]) -> Outcome:
        """The whole talk; everything that a server or a network does is an outcome."""
        try:
            code, _words = self._connection.connect(self._target.host.strip("[]"), self._target.port)
            if code != 220:
                return self._step.outcome(code)
        except OSError as error:  # smtplib's own are OSErrors too
            return Retry(Trouble.UNREACHABLE, type(error).__name__)
        try:
            assert self._connection.sock is not None
            self._connection.sock.settimeout(SILENCE_S)
            return self._encrypt() or self._log_in() or then(self)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return self._failure(error)
        finally:
            self._leave()

    def deliver(self, mail: EmailMessage) -> Outcome:
        """Hand the mail over."""
        self._step = _Refusal(Trouble.MAILBOX)
        self._connection.send_message(mail, self._target.sender, [self._target.recipient])
        return Delivered(str(mail["Message-ID"]))

    def abort(self) -> None:
        """End the talk from outside; the thread finds its connection closed."""
        with contextlib.suppress(OSError, AttributeError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None before it is open

    def _encrypt(self) -> Outcome | None:
        self._connection.ehlo()
        if not self._connection.has_extn("starttls"):
            return Retry(Trouble.NO_ENCRYPTION)
        self._step = _Refusal(Trouble.NO_ENCRYPTION)
        self._connection.starttls(context=self._context)
        self._connection.ehlo()
        return None

    def _log_in(self) -> Outcome | None:
        if not self._target.user:
            return None
        self._step = _Refusal(Trouble.NOT_ALLOWED)
        if not self._password:
            return Retry(Trouble.TOKEN)
        self._connection.login(self._target.user, self._password)
        return None

    def _leave(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._connection.quit()
        self._connection.close()

    def _failure(self, error: Exception) -> Outcome:
        if isinstance(error, ssl.SSLCertVerificationError):
            return Retry(Trouble.CERTIFICATE, f"certificate check {error.verify_code}")
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _words in error.recipients.values()]
            return self._step.outcome(codes[0] if codes else 550)
        if isinstance(error, smtplib.SMTPResponseException):
            code = error.smtp_code
            if code >= 500 and (isinstance(error, smtplib.SMTPDataError) or code == TOO_LARGE):
                return Dead(Trouble.REFUSED, f"SMTP {code}")
            return self._step.outcome(code)
        name = type(error).__name__
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return Retry(Trouble.TIMEOUT, name)
        if isinstance(error, smtplib.SMTPServerDisconnected | ssl.SSLError):
            return Retry(Trouble.BROKEN_OFF, name)
        if isinstance(error, smtplib.SMTPException | ValueError):
            return Retry(self._step.never, name)
        return Retry(Trouble.BROKEN_OFF, name)
