"""The phone account as the window enters it: a file without the password, the password in the keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from desktop.adapters.phone.account_file import (
    PASSWORD_VARIABLE,
    account_of,
    account_without_password,
    address_in,
)
from desktop.adapters.phone.desk_phone import DeskPhone
from desktop.adapters.system.secrets import Secrets
from desktop.domain.errors import DeskError
from desktop.paths import Folders, write_private
from desktop.settings import SettingsError, SettingsFile
from desktop.toml_edit import toml_value

FILE_NAME = "account.toml"


class AccountDesk:
    """Implements the window's `AccountPort`, and tells the phone its account at the start."""

    def __init__(self, where: Folders, settings: SettingsFile, secrets: Secrets) -> None:
        self._file, self._settings, self._secrets = where.config / FILE_NAME, settings, secrets
        self._phone: DeskPhone | None = None

    def attach(self, phone: DeskPhone) -> None:
        """This phone uses the account."""
        self._phone = phone

    @property
    def path(self) -> Path | None:
        """The account file in use."""
        chosen = self._settings.current.account
        return Path(chosen) if chosen else None

    def address(self) -> str:
        """The SIP address of the account in use, "" for none."""
        if self.path is None:
            return ""
        try:
            return address_in(self.path)
        except DeskError:
            return ""

    async def environment(self) -> Mapping[str, str]:
        """What the phone process needs beside the file: the password, where the keyring has it."""
        address = self.address()
        password = await self._secrets.find(address) if address else ""
        password = password or os.environ.get(PASSWORD_VARIABLE, "")
        return {PASSWORD_VARIABLE: password} if address else {}

    async def give_password(self, password: str) -> bool:
        """Use this password with the account in use, at once; False where it is known for this run alone.

        Raises DeskError where the account file has one of its own.
        """
        if self.path is None:
            raise DeskError("There is no account yet.")
        if account_without_password(self.path) is None:
            raise DeskError(f"The password stands in {self.path}: IT must change it there.")
        kept = await self._secrets.keep(self.address(), password)
        if self._phone is not None:
            await self._phone.use_account(self.path, await self.environment())
        return kept

    async def save(self, address: str, registrar: str, user: str, password: str) -> bool:
        """Keep the account and use it at once; False: the password is kept for this run alone. Raises DeskError."""
        values = {"id": address, "registrar": registrar, "username": user}
        account_of({**values, "password": password})
        lines = [f"{key} = {toml_value(value)}" for key, value in values.items() if value]
        if password:
            lines.append(f"password_env = {toml_value(PASSWORD_VARIABLE)}")
        try:
            write_private(self._file, ("\n".join(lines) + "\n").encode())
            self._settings.change(account=str(self._file))
        except (OSError, SettingsError) as error:
            raise DeskError(f"The account could not be saved: {error}.") from error
        kept = await self._secrets.keep(self.address(), password) if password else True
        if self._phone is not None:
            await self._phone.use_account(self._file, await self.environment())
        return kept
