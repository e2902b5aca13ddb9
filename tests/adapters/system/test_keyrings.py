"""The keyring by a child: what was kept is found, a refusal has its name, and nothing secret stands in arguments."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop.adapters.system.keyrings import KeyringApart, RefusedError
from desktop.processes.spawn import command

ACCOUNT = "sip:desk@pbx.test"
REPEATS = "import sys; sys.stdout.write(repr(sys.argv[1:]))"
WRITES_DOWN = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(repr(sys.orig_argv)); print('{}')"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a keyring that works, for processes that start now."""
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.peers.file_keyring.FileKeyring")
    return tmp_path / "keyring.json"


def test_a_password_is_kept_and_found(kept: Path) -> None:
    ring = KeyringApart(command("keyring"))
    assert ring.find(ACCOUNT) is None
    ring.keep(ACCOUNT, '비밀 "1"')
    assert json.loads(kept.read_text()) == {f"dasan-desk {ACCOUNT}": '비밀 "1"'}
    assert ring.find(ACCOUNT) == '비밀 "1"'


def test_the_password_stands_in_no_argument(tmp_path: Path) -> None:
    seen = tmp_path / "argv"
    KeyringApart([sys.executable, "-c", WRITES_DOWN, str(seen)]).keep(ACCOUNT, "secret")
    assert str(seen) in seen.read_text()
    assert "secret" not in seen.read_text()


def test_a_keyring_that_refuses_is_told_by_the_name_of_its_error(capfd: pytest.CaptureFixture[str]) -> None:
    ring = KeyringApart(command("keyring"))
    with pytest.raises(RefusedError, match="NoKeyringError"):
        ring.keep(ACCOUNT, "secret")
    with pytest.raises(RefusedError, match="NoKeyringError"):
        ring.find(ACCOUNT)
    assert "secret" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("child", "told"),
    [
        (["/no/such/program"], "FileNotFoundError"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "exit 3"),
        ([sys.executable, "-c", REPEATS], "no answer"),
    ],
    ids=["not there", "fails", "says something else"],
)
def test_a_child_that_gives_no_answer_is_a_refusal(child: list[str], told: str) -> None:
    with pytest.raises(RefusedError) as caught:
        KeyringApart(child).keep(ACCOUNT, "secret")
    assert str(caught.value) == told
    assert caught.value.__context__ is None or "secret" not in str(caught.value.__context__)
