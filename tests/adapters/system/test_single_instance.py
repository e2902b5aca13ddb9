import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.adapters.system.single_instance import SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.adapters.system.single_instance import SingleInstance
application = QCoreApplication([])
print(SingleInstance(Path(sys.argv[1])).claim(sys.argv[2:]))
"""


def test_the_second_start_hands_over_its_wish(tmp_path: Path, qtbot: QtBot) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    command = [sys.executable, "-c", SECOND, str(tmp_path), "--practice", "S01"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second:
        with qtbot.waitSignal(first.asked, timeout=20_000) as asked:
            pass
        said, _ = second.communicate()
    assert asked.args == [["--practice", "S01"]]
    assert said.strip() == "False"
    assert second.returncode == 0
    first.release()


def test_another_folder_is_another_window(tmp_path: Path, qtbot: QtBot) -> None:
    first, other = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert other.claim()
    first.release()
    other.release()


def test_what_a_dead_window_left_is_no_obstacle(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "window.sock").write_text("")
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.release()
    assert first.claim()
    first.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_a_long_folder_gets_a_socket_that_only_this_user_can_open(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test's own folder may be too long for a socket as well, so the temporary folder is a short one.
    with tempfile.TemporaryDirectory(prefix="dd-") as short:
        monkeypatch.setattr("tempfile.tempdir", short)
        first = SingleInstance(tmp_path / ("x" * 120))
        assert first.claim()
        (socket,) = Path(short).glob("dasan-desk-*/window.sock")
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
        first.release()
