"""Why a phone does not start, in a word that the window can translate."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from desktop.adapters.phone.account_file import Account, account_of
from desktop.adapters.phone.phone import Phone
from desktop.adapters.phone.phone_options import PhoneOptions
from desktop.domain.errors import PhoneError
from desktop.processes.phone_watch import phone_trouble


def test_a_wrong_account_is_told_from_another_reason(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('id = "sip:agent@127.0.0.1"\n', encoding="utf-8")
    bad.write_text('id = "nobody"\n', encoding="utf-8")
    assert phone_trouble("it ended", bad).kind == "account"
    assert phone_trouble("it ended", tmp_path / "missing.toml").kind == "account"
    assert phone_trouble("it ended", good).kind == ""
    assert phone_trouble("it ended", None).kind == ""


async def reason_of(account: Account) -> str:
    """What a phone says that cannot listen."""
    phone = Phone(PhoneOptions(account, "unix:/nowhere", "token", "null"), ["false"])
    with pytest.raises(PhoneError) as caught:
        await phone.start()
    await phone.close()
    return str(caught.value)


def test_the_phones_own_sentence_names_the_port() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        account = account_of({"id": "sip:agent@127.0.0.1", "bind": "127.0.0.1", "port": port})
        trouble = phone_trouble(asyncio.run(reason_of(account)), None)
    assert (trouble.subject, trouble.kind, trouble.detail) == ("phone", "port_taken", str(port))
