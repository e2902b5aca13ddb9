"""A practice call taken by somebody who does not see: the real desk, read and pressed over AT-SPI alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import resources
from tests.peers.portal import session_bus
from tests.peers.screen_reader import CHECKED, ScreenReader, wait
from tests.peers.sound_server import SoundServer
from tools.dev.testing import display

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
NEEDED = all(shutil.which(name) for name in ("Xvfb", "dbus-daemon", "pulseaudio")) and LAUNCHER.is_file()
pytestmark = pytest.mark.skipif(not NEEDED, reason="needs Xvfb, a D-Bus daemon, PulseAudio and at-spi2-core")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[tuple[ScreenReader, SoundServer]]:
    """A screen reader beside a desk that a practice call comes to; and the headset."""
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "run").mkdir(mode=0o700)
    settings = 'language = "en"\nread_transcript = true\n'
    (tmp_path / "config" / "settings.toml").write_text(settings, encoding="utf-8")
    with session_bus() as address, display() as shown, SoundServer() as sound:
        own = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(tmp_path / "run")}
        more = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
        environment = {**os.environ, **shown, **sound.environment, **own, **more}
        launcher = subprocess.Popen([str(LAUNCHER), "--launch-immediately"], env=environment)
        listening = ScreenReader(address)
        command = [sys.executable, "-m", "desktop", "--practice", "S01"]
        command += ["--data", str(tmp_path / "data"), "--config", str(tmp_path / "config")]
        desk = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            yield listening, sound
        finally:
            listening.close()
            desk.terminate()
            desk.wait(20)
            launcher.terminate()
            launcher.wait(10)


@pytest.mark.long
@pytest.mark.timeout(240)
def test_a_practice_call_over_at_spi_alone(reader: tuple[ScreenReader, SoundServer]) -> None:
    listening, sound = reader
    answer = listening.find("Answer", "push button", seconds=60)
    root = listening.tree()
    assert root is not None
    parts = list(root.all())
    assert [part.role for part in root.children] == ["frame"]
    assert not [part for part in parts if part.role == "layered pane"], "readers name those at every step"
    names = {part.name for part in parts}
    assert {"Incoming call", "Call", "Notes", "Practice — not a real call"} <= names
    assert any(name.startswith("Practice S01 · ") for name in names), "who rings"
    listening.hears("Incoming call: Practice S01", urgent=True)

    listening.press(answer)
    listening.press(listening.find("Mute", "push button"))
    muted = listening.find("Muted", "push button")
    listening.hears("the caller can't hear you", urgent=False)
    listening.press(muted)
    listening.find("Mute", "push button")
    listening.hears("the caller hears you", urgent=False)

    sound.play(resources() / "practice" / "voices" / "S01" / "01-agent.flac")
    listening.find("Caller ", "list item", seconds=60)
    listening.hears("Caller: ", urgent=False)

    listening.write(listening.find("Search answers", "text"), "수도")
    listening.find("이사할 때 수도요금은", "list item")
    listening.write(listening.find("Search answers", "text"), "")
    listening.press(listening.find("Hang up", "push button"))
    listening.hears("Call ended", urgent=True)
    chosen = listening.find("Answered in full", "radio button")
    assert "Outcome" in chosen.description
    listening.press(chosen)
    wait(lambda: CHECKED in listening.find("Answered in full", "radio button").states)
    listening.press(listening.find("Done", "push button"))
    listening.find("Choose a type", "label")
