import argparse
import io
import json
import os
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.cli import main as cli
from desktop.cli import output
from desktop.cli.output import CommandError, UsageError
from desktop.domain.errors import DeskError
from desktop.processes import spawn


class Command(types.ModuleType):
    """A command that only remembers what it was called with."""

    SUMMARY = "remember"

    def __init__(self) -> None:
        super().__init__("command")
        self.seen: argparse.Namespace | None = None
        self.answer: int | Exception = 0

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("words", nargs="*")

    def run(self, args: argparse.Namespace) -> int:
        self.seen = args
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    made = Command()
    monkeypatch.setattr(cli, "load", lambda name: made)
    return made


@pytest.fixture(autouse=True)
def unchanged_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize(
    "argv",
    [
        ["--data", "d", "--config=c", "--verbose", "--json", "faq", "--limit", "3", "주민등록", "등본"],
        ["faq", "--limit", "3", "주민등록", "등본", "--data", "d", "--config", "c", "--verbose", "--json"],
        ["--data=d", "faq", "--json", "주민등록", "등본", "--limit=3", "--config", "c", "--verbose"],
    ],
)
def test_common_options_stand_before_or_after(command: Command, argv: list[str]) -> None:
    assert cli.main(argv) == 0
    seen = command.seen
    assert seen is not None
    assert (seen.data, seen.config) == (Path("d").absolute(), Path("c").absolute())
    assert (seen.verbose, seen.json, seen.limit, seen.words) == (True, True, 3, ["주민등록", "등본"])


def test_folders_are_the_platforms_own(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert cli.main(["faq"]) == 0
    assert command.seen is not None
    if sys.platform == "linux":
        assert command.seen.data == tmp_path / "share" / "dasan-desk"
        assert command.seen.config == tmp_path / "settings" / "dasan-desk"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["nonsense"], "no command nonsense"),
        (["faq", "--unknown"], "--unknown"),
        (["faq", "--limit", "many"], "--limit"),
        (["faq", "--data"], "--data"),
        (["--practise", "S01"], "--practise"),
        (["--json"], "--json belongs to a command"),
        (["_process"], "name of a process"),
        (["_process", "teapot"], "teapot"),
    ],
)
def test_wrong_usage_is_one_sentence(
    command: Command, capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    assert cli.main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.startswith("dasan-desk: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            CommandError("the pack is gone; build it again."),
            1,
            "dasan-desk: the pack is gone; build it again.\n",
        ),
        (UsageError("two files are needed."), 2, "dasan-desk: two files are needed.\n"),
        (DeskError("the disk is full."), 1, "dasan-desk: the disk is full.\n"),
        (
            KeyError("x"),
            1,
            "dasan-desk: internal error (KeyError: 'x'); run again with --verbose and report it.\n",
        ),
    ],
)
def test_errors_become_a_sentence_and_a_code(
    command: Command, capsys: pytest.CaptureFixture[str], error: Exception, code: int, words: str
) -> None:
    command.answer = error
    assert cli.main(["faq"]) == code
    assert capsys.readouterr().err == words


def test_a_command_gives_its_own_exit_code(command: Command) -> None:
    command.answer = 1
    assert cli.main(["faq"]) == 1


def test_no_command_is_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []

    def remember(name: str, argv: list[str]) -> int:
        started.append((name, argv))
        return 0

    monkeypatch.setattr(cli, "run_process", remember)
    assert cli.main(["--data", "/d", "--practice", "S01", "--config", "/c"]) == 0
    assert cli.main(["--practice=S05", "--data=/d", "--config=/c", "--verbose"]) == 0
    where = ["--data", str(Path("/d").absolute()), "--config", str(Path("/c").absolute())]
    assert started[0] == ("desk", [*where, "--practice", "S01"])
    assert started[1] == ("desk", [*where, "--verbose", "--practice", "S05"])


def test_a_process_gets_its_own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    process = types.ModuleType("desktop.processes.phone")

    def remember(argv: list[str]) -> int:
        given.append(argv)
        return 0

    process.main = remember  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "desktop.processes.phone", process)
    assert cli.main(["_process", "phone", "--port", "0"]) == 0
    assert given == [["--port", "0"]]
    assert spawn.command("phone", "--port", "0") == [
        sys.executable,
        "-m",
        "desktop",
        "_process",
        "phone",
        "--port",
        "0",
    ]


def test_what_is_written_is_private(command: Command, tmp_path: Path) -> None:
    assert cli.main(["faq"]) == 0
    (tmp_path / "file").write_text("")
    if sys.platform != "win32":
        assert (tmp_path / "file").stat().st_mode & 0o077 == 0


def test_events_carry_version_name_and_both_clocks(capsys: pytest.CaptureFixture[str]) -> None:
    output.emit_event("ready", uri="sip:다산@127.0.0.1", port=5060)
    line = capsys.readouterr().out
    assert "다산" in line
    event = json.loads(line)
    assert (event["v"], event["event"], event["uri"], event["port"]) == (
        1,
        "ready",
        "sip:다산@127.0.0.1",
        5060,
    )
    assert len(event["time"]) == len("2026-11-22T21:30:00.000Z")
    assert event["time"].endswith("Z")
    assert event["mono"] > 0


def test_answer_lines_carry_only_their_fields(capsys: pytest.CaptureFixture[str]) -> None:
    output.emit({"query": "a\nb", "hits": []})
    assert capsys.readouterr().out == '{"query": "a\\nb", "hits": []}\n'


def test_not_a_number_never_reaches_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(ValueError, match="JSON"):
        output.emit({"cer": float("nan")})


ENDLESS = """
from desktop.cli.output import emit
while True:
    emit({"line": "x" * 1000})
"""


def test_a_reader_that_leaves_ends_the_program_quietly() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(10) == 0


def test_a_sentence_is_one_line_whatever_strangers_are_called(capsys: pytest.CaptureFixture[str]) -> None:
    output.say("no file \x1b[2Ja\nb\u202ec\u0085 다산")
    assert capsys.readouterr().err == "no file  [2Ja b c  다산\n"


def test_a_reader_that_leaves_a_command_for_people_is_no_failure(
    command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(cli, "forget_output", lambda: forgotten.append(True))
    command.answer = BrokenPipeError()
    assert cli.main(["faq"]) == 0
    assert forgotten == [True]
    assert capsys.readouterr().err == ""


def run_program(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], capture_output=True, text=True, timeout=60
    )


def test_help_lists_the_commands_and_loads_no_engine() -> None:
    program = (
        "import sys\n"
        "from desktop.cli.main import main\n"
        "code = main(['--help'])\n"
        "heavy = {'torch', 'whisper', 'pjsua2', 'PySide6'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    for name in cli.COMMANDS:
        assert f"\n    {name} " in done.stdout


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_helps(name: str) -> None:
    done = run_program(name, "--help")
    assert done.returncode == 0
    assert "--data" in done.stdout
    assert "--json" in done.stdout


def test_the_version_is_told() -> None:
    assert run_program("--version").stdout.startswith("dasan-desk 0.")
