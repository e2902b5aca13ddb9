"""`dasan-desk account password`: into the keyring, and nowhere else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import keyring
import pytest

from desktop.adapters.phone.account_file import account_of
from desktop.cli.account import with_password
from desktop.cli.main import main
from tests.peers.file_keyring import FileKeyring


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a keyring that works."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("TEST_KEYRING", str(file))
    monkeypatch.setattr(keyring.core, "_keyring_backend", FileKeyring())
    return file


def write(folder: Path, *lines: str) -> Path:
    file = folder / "account.toml"
    file.write_text("\n".join(['id = "sip:desk@pbx.test"', 'registrar = "pbx.test"', *lines]) + "\n")
    return file


def keep(file: Path, typed: str, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["account", "password", str(file), *options])


def test_a_password_is_kept_and_found_again(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    before = file.read_bytes()
    assert keep(file, "se cret\n", monkeypatch, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["event"], told["account"], told["kept"]) == ("password", "sip:desk@pbx.test", True)
    assert json.loads(kept.read_text()) == {"dasan-desk sip:desk@pbx.test": "se cret"}
    assert file.read_bytes() == before
    account = account_of({"id": "sip:desk@pbx.test", "registrar": "pbx.test"}, {})
    assert with_password(account).password == "se cret"


def test_a_password_of_the_file_is_used_without_asking_a_keyring(kept: Path) -> None:
    kept.write_text('{"dasan-desk sip:desk@pbx.test": "kept"}')
    values = {"id": "sip:desk@pbx.test", "registrar": "pbx.test", "password": "own"}
    assert with_password(account_of(values, {})).password == "own"
    assert with_password(account_of({"id": "sip:desk@pbx.test"}, {})).password == ""


def test_without_a_keyring_nothing_is_said_to_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert keep(write(tmp_path), "secret\n", monkeypatch) == 1
    said = capsys.readouterr()
    assert ("no keyring" in said.err, "secret" in said.err, said.out) == (True, False, "")


@pytest.mark.parametrize(
    ("lines", "typed", "words"),
    [
        (['password = "x"'], "secret\n", "password"),
        (['password_env = "HOME"'], "secret\n", "password"),
        (['transport = "pigeon"'], "secret\n", "transport"),
        ([], "", "characters"),
        ([], "\n", "characters"),
        ([], "x" * 300 + "\n", "characters"),
        ([], "a\tb\n", "characters"),
    ],
)
def test_wrong_use_is_told_in_one_sentence(
    tmp_path: Path,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: list[str],
    typed: str,
    words: str,
) -> None:
    assert keep(write(tmp_path, *lines), typed, monkeypatch) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not kept.exists()
