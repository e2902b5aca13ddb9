"""High contrast and notifications by the desktop portal, over a real bus; and what happens without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.peers.portal import FakePortal, session_bus

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs a D-Bus daemon")

PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.adapters.system.portal import ContrastWatch, notify

application = QCoreApplication([])
told = []
watch = ContrastWatch(lambda high: (told.append(high), print(high, flush=True)))
notify("Incoming call: 010-••••-4720")
notify("")
timer = QTimer()
timer.timeout.connect(lambda: len(told) == int(sys.argv[1]) and application.quit())
timer.start(10)
QTimer.singleShot(10000, application.quit)
application.exec()
"""


def program(address: str, answers: int) -> subprocess.Popen[str]:
    """The desk's part in a process of its own, that ends after so many answers."""
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROGRAM, str(answers)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def until(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_wish_for_high_contrast_is_heard_at_the_start_and_when_it_changes() -> None:
    with session_bus() as address:
        portal = FakePortal(address, contrast=1)
        desk = program(address, answers=3)
        assert portal.asked.wait(10)
        assert desk.stdout is not None
        heard = [desk.stdout.readline().strip()]
        for contrast in (0, 1):
            portal.change(contrast)
            heard.append(desk.stdout.readline().strip())
        until(lambda: len(portal.shown) == 2)
        assert desk.wait(10) == 0
        desk.stdout.close()
        portal.close()
    assert heard == ["True", "False", "True"]
    (added, arguments), removed = portal.shown
    assert (added, arguments[0]) == ("AddNotification", "call")
    assert arguments[1] == {"title": ("s", "Incoming call: 010-••••-4720"), "priority": ("s", "urgent")}
    assert removed == ("RemoveNotification", ("call",))


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "none"])
def test_without_a_portal_nothing_is_told_and_nothing_fails(address: str) -> None:
    if address == "none":
        with session_bus() as real:
            desk = program(real, answers=0)
            assert desk.communicate(timeout=15)[0] == ""
    else:
        desk = program(address, answers=0)
        assert desk.communicate(timeout=15)[0] == ""
    assert desk.returncode == 0
