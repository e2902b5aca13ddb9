"""Reports by HTTPS, against a server that fails as servers do."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from desktop.adapters.delivery import https
from desktop.adapters.delivery.https import HttpsSender
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import HttpsTarget, secret_name
from tests.peers.certificates import Authority
from tests.peers.receiver import Receiver

MESSAGE = Message("e1-4-team", "Dasan Desk: report e1, version 4", '{"말":"값"}'.encode())
TOKEN = "s3cr3t-token"


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with Receiver(authority.server()) as listening:
        yield listening


def sender(url: str, ca_file: Path | str, token: str = "") -> HttpsSender:
    async def find(account: str) -> str:
        return token if account == secret_name("team") else ""

    return HttpsSender(HttpsTarget("team", "민원지원팀", url, str(ca_file)), find)


def sent(url: str, ca_file: Path | str, token: str = "") -> Outcome:
    return asyncio.run(sender(url, ca_file, token).send(MESSAGE))


def test_the_report_arrives_with_its_key(receiver: Receiver, authority: Authority) -> None:
    receiver.token = TOKEN
    assert sent(receiver.url, authority.ca_file, TOKEN) == Delivered("R-1")
    (request,) = receiver.requests
    assert request.body == MESSAGE.body
    assert request.path == "/reports"
    assert request.headers["Idempotency-Key"] == MESSAGE.key
    assert request.headers["Content-Type"] == "application/json"


def test_the_same_key_again_is_as_good(receiver: Receiver, authority: Authority) -> None:
    assert sent(receiver.url, authority.ca_file) == Delivered("R-1")
    assert sent(receiver.url, authority.ca_file) == Delivered("R-1")
    assert receiver.taken == {MESSAGE.key: 1}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (201, Delivered()),
        (204, Delivered()),
        (302, Retry(Trouble.REDIRECTED, "HTTP 302")),
        (400, Dead(Trouble.REFUSED, "HTTP 400")),
        (401, Retry(Trouble.NOT_ALLOWED, "HTTP 401")),
        (404, Retry(Trouble.NOT_THE_RECEIVER, "HTTP 404")),
        (409, Retry(Trouble.BUSY, "HTTP 409")),
        (413, Dead(Trouble.REFUSED, "HTTP 413")),
        (422, Dead(Trouble.CONFLICT, "HTTP 422")),
        (429, Retry(Trouble.BUSY, "HTTP 429")),
        (500, Retry(Trouble.SERVER_ERROR, "HTTP 500")),
        (503, Retry(Trouble.SERVER_ERROR, "HTTP 503")),
    ],
)
def test_the_status_decides(receiver: Receiver, authority: Authority, status: int, outcome: Outcome) -> None:
    receiver.script.append(status)
    assert sent(receiver.url, authority.ca_file) == outcome


def test_a_receiver_may_ask_for_a_pause(receiver: Receiver, authority: Authority) -> None:
    receiver.script += [503, 503, 503]
    receiver.retry_after = "120"
    assert sent(receiver.url, authority.ca_file) == Retry(Trouble.SERVER_ERROR, "HTTP 503", 120.0)
    receiver.retry_after = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    found = sent(receiver.url, authority.ca_file)
    assert isinstance(found, Retry)
    assert 90 < found.after_s <= 100
    receiver.retry_after = "soon, -1"
    assert sent(receiver.url, authority.ca_file) == Retry(Trouble.SERVER_ERROR, "HTTP 503")


def test_a_dropped_answer_is_tried_again(receiver: Receiver, authority: Authority) -> None:
    receiver.script += ["drop", "refuse"]
    for _ in range(2):
        found = sent(receiver.url, authority.ca_file)
        assert isinstance(found, Retry)
        assert found.trouble is Trouble.BROKEN_OFF
    assert sent(receiver.url, authority.ca_file) == Delivered("R-1")
    assert receiver.taken == {MESSAGE.key: 1}


def test_silence_ends(receiver: Receiver, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(https, "SILENCE_S", 0.3)
    receiver.script.append("hang")
    found = sent(receiver.url, authority.ca_file)
    assert found == Retry(Trouble.TIMEOUT, "ReadTimeout")


def test_a_dripping_answer_ends(
    receiver: Receiver, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(https, "LONGEST_S", 0.5)
    receiver.script.append("drip")
    assert sent(receiver.url, authority.ca_file) == Retry(Trouble.TIMEOUT)


def test_a_giant_answer_is_cut(receiver: Receiver, authority: Authority) -> None:
    receiver.script.append("giant")
    assert sent(receiver.url, authority.ca_file) == Delivered()


def test_a_page_to_log_in_is_no_receipt(receiver: Receiver, authority: Authority) -> None:
    receiver.script.append("html")
    assert sent(receiver.url, authority.ca_file) == Retry(Trouble.NOT_THE_RECEIVER, "HTTP 200")


def test_a_redirect_is_followed_on_the_same_host_only(receiver: Receiver, authority: Authority) -> None:
    with Receiver(authority.server()) as other:
        receiver.script.append(f"-> {other.url}")
        assert sent(receiver.url, authority.ca_file, TOKEN) == Retry(Trouble.REDIRECTED, "HTTP 307")
        assert other.requests == []
    receiver.script.append("-> /elsewhere")
    assert sent(receiver.url, authority.ca_file) == Delivered("R-1")
    assert [each.path for each in receiver.requests] == ["/reports", "/reports", "/elsewhere"]
    receiver.script += ["-> /a", "-> /b", "-> /c"]
    assert sent(receiver.url, authority.ca_file) == Retry(Trouble.REDIRECTED, "HTTP 307")


@pytest.mark.parametrize("case", ["stranger", "other name", "run out", "system"])
def test_who_is_not_trusted_gets_nothing(authority: Authority, tmp_path: Path, case: str) -> None:
    trusted: Path | str = authority.ca_file
    if case == "stranger":
        trusted = Authority.make(tmp_path, "stranger").ca_file
    tls = (
        authority.server("reports.example")
        if case == "other name"
        else authority.server(old=case == "run out")
    )
    with Receiver(tls) as listening:
        found = sent(listening.url, "" if case == "system" else trusted, TOKEN)
        assert isinstance(found, Retry)
        assert found.trouble is Trouble.CERTIFICATE
        assert listening.requests == []


def test_nobody_there(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = sent(f"https://localhost:{port}/", authority.ca_file)
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.UNREACHABLE


def test_what_is_missing_here_is_named(receiver: Receiver, authority: Authority, tmp_path: Path) -> None:
    gone = sent(receiver.url, tmp_path / "no-such.crt")
    assert isinstance(gone, Retry)
    assert gone.trouble is Trouble.CA_FILE
    assert sent(receiver.url, authority.ca_file, "two\nlines") == Retry(Trouble.TOKEN)
    assert receiver.requests == []


def test_a_probe_sends_nothing(receiver: Receiver, authority: Authority, tmp_path: Path) -> None:
    assert asyncio.run(sender(receiver.url, authority.ca_file, TOKEN).probe()) == Delivered()
    stranger = Authority.make(tmp_path, "stranger").ca_file
    found = asyncio.run(sender(receiver.url, stranger).probe())
    assert isinstance(found, Retry)
    assert found.trouble is Trouble.CERTIFICATE
    assert receiver.requests == []


def test_the_log_has_no_secret_and_no_address(
    receiver: Receiver, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiver.script += [200, 500, "drop"]
    for _ in range(3):
        sent(receiver.url, authority.ca_file, TOKEN)
    assert "reports" not in caplog.text
    assert TOKEN not in caplog.text
    assert "말" not in caplog.text
