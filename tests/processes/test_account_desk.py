"""The desk's account: the password from the keyring or for this run, and no other line of the file touched."""

from __future__ import annotations

import asyncio
from pathlib import Path

import keyring
import pytest

from desktop.adapters.phone.account_file import PASSWORD_VARIABLE
from desktop.adapters.system.secrets import Secrets
from desktop.domain.errors import DeskError
from desktop.paths import folders
from desktop.processes.account_desk import AccountDesk
from desktop.settings import SettingsFile
from tests.peers.file_keyring import FileKeyring


def desk(folder: Path, *lines: str) -> tuple[AccountDesk, Path]:
    where = folders(folder / "data", folder / "config")
    where.config.mkdir(parents=True)
    file = folder / "account.toml"
    file.write_text("\n".join(['id = "sip:desk@pbx.test"', *lines]) + "\n")
    settings = SettingsFile(where.settings_file)
    settings.change(account=str(file))
    return AccountDesk(where, settings, Secrets()), file


def test_a_password_is_given_and_the_file_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", FileKeyring())
    accounts, file = desk(tmp_path, 'registrar = "pbx.test"', 'transport = "tcp"')
    before = file.read_bytes()
    assert asyncio.run(accounts.environment()) == {PASSWORD_VARIABLE: ""}
    assert asyncio.run(accounts.give_password("secret")) is True
    assert asyncio.run(accounts.environment()) == {PASSWORD_VARIABLE: "secret"}
    assert file.read_bytes() == before


def test_without_a_keyring_it_is_known_for_this_run_alone(tmp_path: Path) -> None:
    accounts, _ = desk(tmp_path)
    assert asyncio.run(accounts.give_password("secret")) is False
    assert asyncio.run(accounts.environment()) == {PASSWORD_VARIABLE: "secret"}
    assert not any(b"secret" in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())


def test_a_file_with_a_password_of_its_own_is_its_writers_affair(tmp_path: Path) -> None:
    accounts, file = desk(tmp_path, 'password = "own"')
    with pytest.raises(DeskError, match=file.name):
        asyncio.run(accounts.give_password("secret"))


@pytest.mark.parametrize(
    "line", ['password_env = "NOT_SET_HERE"', 'turn_password_env = "NOT_SET_HERE"'], ids=["password", "turn"]
)
def test_a_variable_that_is_not_set_keeps_nobody_from_giving_the_password(tmp_path: Path, line: str) -> None:
    accounts, _ = desk(tmp_path, 'registrar = "pbx.test"', line)
    assert accounts.address() == "sip:desk@pbx.test"
    assert asyncio.run(accounts.give_password("secret")) is False
    assert asyncio.run(accounts.environment()) == {PASSWORD_VARIABLE: "secret"}


def test_a_variable_that_is_set_has_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SET_HERE", "own")
    accounts, file = desk(tmp_path, 'password_env = "SET_HERE"')
    with pytest.raises(DeskError, match=file.name):
        asyncio.run(accounts.give_password("secret"))


def test_a_keyring_that_never_answers_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    asked = threading.Event()

    def hang(*_: str) -> str:
        asked.set()
        threading.Event().wait(60)
        return ""

    monkeypatch.setattr(keyring, "get_password", hang)
    assert asyncio.run(Secrets(0.05).find("sip:desk@pbx.test")) == ""
    assert asked.wait(5)
