import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import log


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level = before, level


def test_lines_reach_the_file_and_the_tail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tail = log.start(tmp_path / "logs", "phone")
    logging.getLogger("desktop.x").info("registered")
    logging.getLogger("desktop.x").debug("not said")
    file = tmp_path / "logs" / "phone.log"
    assert file.read_text("utf-8").endswith("INFO desktop.x: registered\n")
    assert [line.endswith("registered") for line in tail.lines] == [True]
    assert capsys.readouterr().err == ""
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BYTES_PER_FILE", 2000)
    log.start(tmp_path, "desk")
    for number in range(200):
        logging.getLogger("desktop").info("line %d %s", number, "x" * 50)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["desk.log", "desk.log.1", "desk.log.2", "desk.log.3"]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 4 * 2000
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_leaves_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    tail = log.start(tmp_path / "file" / "logs", "desk")
    logging.getLogger("desktop").warning("still here")
    assert "still here" in tail.lines[-1]
    err = capsys.readouterr().err
    assert "no log file in" in err
    assert "still here" in err


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call from 010-1234-5678", "call from ***78"),
        ("call from +821012345678", "call from ***78"),
        ("From: <sip:01012345678@10.0.0.1>", "From: <sip:***78@10.0.0.1>"),
        ("to tel:0212345678", "to tel:***78"),
        ('password="top secret" next', "password=*** next"),
        ("Password: hunter2", "Password: ***"),
        ('Digest username="a", response="0af3"', 'Digest username="a", response=***'),
        (
            "call 5f3c2a10-1234-4000-8000-0123456789ab ended",
            "call 5f3c2a10-1234-4000-8000-0123456789ab ended",
        ),
        ("port 5060 at 2026-11-22 10:00:00,123", "port 5060 at 2026-11-22 10:00:00,123"),
        ("sip:agent@127.0.0.1:5060", "sip:agent@127.0.0.1:5060"),
    ],
)
def test_numbers_and_secrets_are_masked(said: str, kept: str) -> None:
    assert log.masked(said) == kept


def test_a_traceback_is_masked_too(tmp_path: Path) -> None:
    tail = log.start(tmp_path, "desk")
    try:
        raise ValueError("password=geheim")
    except ValueError:
        logging.getLogger("desktop").exception("it broke")
    assert "geheim" not in tail.lines[-1]
    assert "Traceback" in tail.lines[-1]
