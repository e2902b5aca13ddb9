"""`dasan-desk phone` by its contract: events, verbs, exit codes and sentences."""

from __future__ import annotations

import asyncio
import errno
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from desktop.cli.phone import LONGEST_LINE, READ_BYTES, HeadlessFront, raw_lines, words_of
from tests.peers.headless import ROOT, HeadlessPhone
from tests.peers.tones import write_tone


def run_phone(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "desktop", "phone", "--data", str(tmp_path / "data"), *options]
    return subprocess.run(
        argv, capture_output=True, text=True, timeout=30, cwd=ROOT, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('message sip:b@c She said "no"  to it\'s\\n', ["message", "sip:b@c", 'She said "no"  to it\'s\\n']),
        ('message sip:b@c "all of it"', ["message", "sip:b@c", "all of it"]),
        ("message sip:b@c", ["message", "sip:b@c"]),
        ('announce "a b.wav" c1', ["announce", "a b.wav", "c1"]),
        ('dial "', ["dial", '"']),
        ("", []),
    ],
)
def test_a_line_becomes_words_and_a_text_stays_one(line: str, words: list[str]) -> None:
    assert words_of(line) == words


def test_ready_is_the_first_event_and_bye_the_last_and_the_end_of_input_is_quit(tmp_path: Path) -> None:
    done = run_phone(tmp_path, "--headless", "--audio", "null", "--json")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert '"event": "ready"' in lines[0]
    assert '"event": "bye"' in lines[-1]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('id = "sip:a@127.0.0.1"\nsrtp = "sometimes"', "srtp"),
        ('id = "sip:a@127.0.0.1"\ntransport = "tls"', "transport"),
        ("registrar = 1", "id"),
        ("= broken", "TOML"),
    ],
)
def test_a_wrong_account_is_wrong_usage_and_names_the_key(tmp_path: Path, content: str, named: str) -> None:
    account = tmp_path / "account.toml"
    account.write_text(content)
    done = run_phone(tmp_path, "--headless", "--audio", "null", "--account", str(account))
    assert done.returncode == 2
    assert done.stdout == ""
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 2),
        (("--headless", "--audio", "file"), 2),
        (("--headless", "--audio", "null", "--speaker", "x.wav"), 2),
        (("--headless", "--audio", "tape"), 2),
        (("--headless", "--audio", "file", "--microphone", "missing.wav"), 1),
        (("--headless", "--audio", "file", "--microphone", str(Path(__file__))), 1),
        (("--headless", "--audio", "file", "--microphone", os.devnull), 1),
        (("--headless", "--audio", "file", "--speaker", "/nowhere/at/all.wav"), 1),
        (("--headless", "--audio", "file", "--speaker", str(Path(__file__).parent)), 1),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    done = run_phone(tmp_path, *options)
    assert done.returncode == code
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("transport", "kind"), [("udp", socket.SOCK_DGRAM), ("tcp", socket.SOCK_STREAM)])
def test_a_taken_port_is_said_with_what_to_do(
    tmp_path: Path, transport: str, kind: socket.SocketKind
) -> None:
    account = tmp_path / "account.toml"
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            taken.listen()
        port = taken.getsockname()[1]
        account.write_text(f'id = "sip:a@127.0.0.1"\ntransport = "{transport}"\nport = {port}\n')
        done = run_phone(tmp_path, "--headless", "--audio", "null", "--account", str(account), "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert str(port) in done.stderr
    assert "port" in done.stderr


def test_verbs_that_make_no_sense_now_are_errors_with_a_reason(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        phone.ready()
        for line, reason in {
            "answer": "ringing",
            "hangup": "running",
            "hold c123": "id",
            "mute": "running",
            "dtmf 12": "answered",
            "dtmf xyz": "digits",
            "dial": "needs",
            "dial 120": "registrar",
            "dial sip:a@b'c": "address",
            "transfer c1 sip:x@127.0.0.1": "with this id",
            "transfer c1 c2": "with this id",
            "transfer": "needs",
            "conference c1 c2": "with this id",
            "conference c1": "ids of two calls",
            "swap": "two answered calls",
            "message sip:a@b hello": "IPv4",
            "message sip:a@127.0.0.1": "a text",
            "message sip:a@127.0.0.1 ' '": "a text",
            f"message sip:a@127.0.0.1 {'x' * 1001}": "at most 1000",
            "availability 999": "480",
            "fly": "unknown",
        }.items():
            phone.say(line)
            error = phone.wait(lambda event: event["event"] == "error")
            assert error["command"] == line.split()[0]
            assert reason in error["reason"], error
        phone.say("status")
        assert phone.wait(lambda event: event["event"] == "status")["calls"] == []
        assert phone.close() == 0


def test_a_registrar_that_is_not_found_is_an_event_and_not_an_exit(tmp_path: Path) -> None:
    account = tmp_path / "account.toml"
    account.write_text('id = "sip:a@pbx.invalid"\nregistrar = "pbx.invalid"\n')
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--account", str(account)) as phone:
        phone.ready()
        failed = phone.wait(lambda event: event["event"] == "registration" and event["state"] == "failed")
        assert failed["code"] == 503
        assert failed["retry_s"] > 0
        assert phone.close() == 0


def test_bytes_that_are_no_text_are_an_unknown_command(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "desktop", "phone", "--headless", "--audio", "null", "--json"]
    argv += ["--data", str(tmp_path / "data")]
    done = subprocess.run(argv, input=b"\xff\xfe 'x\nstatus\n", capture_output=True, timeout=30, cwd=ROOT)
    assert done.returncode == 0
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert "error" in events
    assert "status" in events


def test_a_spoken_file_is_reported_when_it_has_been_said(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "half.wav", 500, seconds=0.5)
    with (
        HeadlessPhone(tmp_path / "one", "--audio", "null") as one,
        HeadlessPhone(tmp_path / "two", "--audio", "null", "--auto-answer") as two,
    ):
        one.ready()
        one.say("dial", f"sip:x@127.0.0.1:{two.ready()['port']}")
        one.call_state("CONFIRMED")
        one.say("speak", str(tone))
        spoken = one.wait(lambda event: event["event"] == "spoken")
        assert spoken["seconds"] == pytest.approx(0.5, abs=0.01)
        one.say("hangup")
        two.call_state("DISCONNECTED")


def test_children_die_with_a_killed_phone(tmp_path: Path) -> None:
    phone = HeadlessPhone(tmp_path / "data", "--audio", "null")
    phone.ready()
    children = psutil.Process(phone.process.pid).children(recursive=True)
    assert children
    phone.process.kill()
    began = time.monotonic()
    _, alive = psutil.wait_procs(children, timeout=5)
    phone.close()
    assert alive == []
    assert time.monotonic() - began < 5


def running(tmp_path: Path) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "desktop", "phone", "--headless", "--json", "--audio", "null"]
    argv += ["--data", str(tmp_path / "data")]
    pipe = subprocess.PIPE
    return subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT)


def test_what_is_written_before_ready_waits_for_it(tmp_path: Path) -> None:
    with running(tmp_path) as phone:
        out, errors = phone.communicate(b"status\nhold\ndial sip:x@127.0.0.1:9\nquit\n", timeout=30)
    events = [json.loads(line) for line in out.splitlines()]
    names = [event["event"] for event in events if event["event"] not in ("devices", "audio")]
    assert names[:4] == ["ready", "status", "error", "call"]
    assert names[-1] == "bye"
    assert next(event for event in events if event["event"] == "error")["reason"] == "no answered call"
    assert (phone.returncode, errors) == (0, b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_orderly_stop_ends_it_in_order_while_its_input_is_open(tmp_path: Path, number: int) -> None:
    with running(tmp_path) as phone:
        assert phone.stdin is not None
        assert phone.stdout is not None
        assert phone.stderr is not None
        assert b'"ready"' in phone.stdout.readline()
        if sys.platform == "win32":
            phone.stdin.close()  # no signal is orderly there
        else:
            phone.send_signal(number)
        assert phone.wait(15) == 0
        assert b'"bye"' in phone.stdout.read().splitlines()[-1]
        assert phone.stderr.read() == b""


def test_a_reader_that_leaves_ends_it_in_order(tmp_path: Path) -> None:
    with running(tmp_path) as phone:
        assert phone.stdin is not None
        assert phone.stdout is not None
        assert phone.stderr is not None
        phone.stdout.readline()
        children = psutil.Process(phone.pid).children(recursive=True)
        phone.stdout.close()
        phone.stdin.write(b"status\n")
        phone.stdin.flush()
        assert phone.wait(15) == 0
        assert phone.stderr.read() == b""
        assert psutil.wait_procs(children, timeout=5)[1] == []


def test_output_that_cannot_be_written_ends_it_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    ended: list[bool] = []

    async def show() -> HeadlessFront:
        front = HeadlessFront(json_lines=True)
        front.end = lambda: ended.append(True)
        front.show({"event": "devices"})
        return front

    monkeypatch.setattr(sys, "stdout", Full())
    front = asyncio.run(show())
    assert ended == [True]
    assert "standard output cannot be written: No space left" in str(front.failure)


def test_a_line_without_end_costs_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [b"x" * READ_BYTES] * 50 + [b"\nsta", b"tus\n\nmute"]
    read = iter([*parts, b""])
    with open(os.devnull) as nothing, monkeypatch.context() as patch:
        patch.setattr("sys.stdin", nothing)
        patch.setattr("os.read", lambda _number, _most: next(read))
        first, *rest = raw_lines()
    assert len(first) <= LONGEST_LINE
    assert rest == [b"status", b"", b"mute"]


def test_a_second_phone_of_a_folder_is_refused_and_leaves_the_first_alone(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--serve") as first:
        first.ready()
        first.say("status")
        first.wait(lambda event: event["event"] == "status")
        before = {path: path.stat().st_ino for path in (tmp_path / "data").rglob("*.sock")}
        done = run_phone(tmp_path, "--headless", "--audio", "null", "--json", "--serve")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1
        assert "already running" in done.stderr
        after = {path: path.stat().st_ino for path in (tmp_path / "data").rglob("*.sock")}
        assert before.items() <= after.items()
        assert run_phone(tmp_path, "--headless", "--audio", "null").returncode == 0
        assert first.close() == 0
