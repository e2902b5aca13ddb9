"""Keys in a keyring, without one, and with one that is locked for a while."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from desktop.adapters.evidence.keys import KeyRing, SealError, keys_in_file
from desktop.adapters.evidence.sealing import KeyVault


class FakeStore:
    """A keyring: open, absent or locked."""

    def __init__(self, there: bool = True) -> None:
        self.there, self.kept = there, dict[str, str]()

    async def keep_for_good(self, account: str, password: str) -> bool:
        if self.there:
            self.kept[account] = password
        return self.there

    async def find(self, account: str) -> str:
        return self.kept.get(account, "") if self.there else ""


def test_a_key_in_the_keyring_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    async def work() -> None:
        store = FakeStore()
        key = await KeyRing(tmp_path, store).current()
        assert keys_in_file(tmp_path) == 0
        assert key.secret.hex() not in (tmp_path / "keys.json").read_text()
        assert await KeyRing(tmp_path, store).current() == key
        assert await KeyRing(tmp_path, store).find(key.id) == key

    asyncio.run(work())


def test_without_a_keyring_the_key_lies_in_a_private_file_and_moves_later(tmp_path: Path) -> None:
    async def work() -> None:
        store = FakeStore(there=False)
        key = await KeyRing(tmp_path, store).current()
        assert keys_in_file(tmp_path) == 1
        if sys.platform != "win32":
            assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
        store.there = True
        assert await KeyRing(tmp_path, store).current() == key
        assert keys_in_file(tmp_path) == 0
        assert await KeyRing(tmp_path, store).find(key.id) == key

    asyncio.run(work())


def test_a_locked_keyring_keeps_nobody_from_saving(tmp_path: Path) -> None:
    async def work() -> None:
        store = FakeStore()
        first = KeyVault(KeyRing(tmp_path, store))
        one = await first.seal("e1/1", "하나")
        store.there = False
        second = KeyVault(KeyRing(tmp_path, store))
        two = await second.seal("e1/2", "둘")
        assert await second.unseal("e1/2", two) == "둘"
        with pytest.raises(SealError, match="can't be reached"):
            await second.unseal("e1/1", one)
        store.there = True
        third = KeyVault(KeyRing(tmp_path, store))
        assert [await third.unseal("e1/1", one), await third.unseal("e1/2", two)] == ["하나", "둘"]

    asyncio.run(work())


@pytest.mark.parametrize("damage", [b"", b"{", b'{"keys": 3}', b'{"keys": [{"id": 1}]}', b'["x"]'])
def test_a_damaged_list_of_keys_stops_nothing(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "keys.json").write_bytes(damage)
    vault = KeyVault(KeyRing(tmp_path, FakeStore()))
    assert asyncio.run(vault.seal("e1/1", "x"))
    with pytest.raises(SealError):
        asyncio.run(KeyRing(tmp_path, FakeStore()).find("00000000"))


def test_a_key_never_shows_itself(tmp_path: Path) -> None:
    key = asyncio.run(KeyRing(tmp_path, FakeStore()).current())
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)


def test_every_changed_byte_of_a_sealed_text_is_found(tmp_path: Path) -> None:
    async def work() -> None:
        vault = KeyVault(KeyRing(tmp_path, FakeStore()))
        sealed = await vault.seal("e1/1", "원래 말: 010-1234-5678")
        assert b"1234" not in sealed
        assert await vault.seal("e1/1", "원래 말: 010-1234-5678") != sealed
        for at in range(len(sealed)):
            changed = bytes([*sealed[:at], sealed[at] ^ 1, *sealed[at + 1 :]])
            with pytest.raises(SealError):
                await vault.unseal("e1/1", changed)
        for cut in range(len(sealed)):
            with pytest.raises(SealError):
                await vault.unseal("e1/1", sealed[:cut])
        with pytest.raises(SealError, match="belongs elsewhere"):
            await vault.unseal("e1/2", sealed)

    asyncio.run(work())
