"""The settings of the voice reach the phone at its start, and while it runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desktop.adapters.phone.desk_phone import DeskPhone
from desktop.domain.voice import VoiceWishes
from desktop.paths import Folders
from desktop.processes import live_settings
from desktop.processes.desk_core import Desk, PhoneAudio, _phone_command
from desktop.processes.live_settings import LiveSettings
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.settings import Settings, SettingsFile


def test_a_phone_starts_with_what_the_settings_wish(tmp_path: Path) -> None:
    where = Folders(tmp_path, tmp_path)
    wished = _phone_command(where, Settings(echo_cancellation=True, automatic_gain=True), PhoneAudio())
    assert wished[wished.index("--voice") + 1 :] == ["echo", "gain"]
    plain = _phone_command(where, Settings(), PhoneAudio())
    assert plain[plain.index("--voice") + 1 :] == []


class Listening(DeskPhone):
    """A phone that keeps what it is told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, lambda account: [])
        self.told: list[VoiceWishes] = []

    async def treat_voice(self, wishes: VoiceWishes) -> None:
        self.told.append(wishes)


async def changed(folder: Path) -> list[VoiceWishes]:
    """What the phone is told of three changes."""
    phone, background = Listening(folder), Background()
    services = SimpleNamespace(
        calls=SimpleNamespace(),
        agent=None,
        bus=EventBus(),
        background=background,
        wrap_up=SimpleNamespace(),
        help=SimpleNamespace(),
        transcript=SimpleNamespace(),
        line=SimpleNamespace(phone=phone),
    )
    settings = SettingsFile(folder / "settings.toml")
    LiveSettings(cast(Desk, cast(Any, SimpleNamespace(services=services, phone=phone))), settings)
    settings.change(noise_suppression=True)
    settings.change(text_size=110)
    settings.change(noise_suppression=False, echo_cancellation=True)
    await background.settle()
    return phone.told


def test_a_change_holds_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_settings, "AutoAnswer", lambda *parts: None)
    assert asyncio.run(changed(tmp_path)) == [VoiceWishes(noise=True), VoiceWishes(echo=True)]
