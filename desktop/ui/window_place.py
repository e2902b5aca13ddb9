"""Where the window is on the screen: where it was left, at first whole on it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.paths import write_private

USUAL = QSize(1366, 768)
FRAME = QSize(16, 48)
"""What a system's frame and title take at most; Qt knows it only when the window is shown."""
LONGEST = 4096

_log = logging.getLogger(__name__)


def place(window: QWidget, kept: Path) -> None:
    """Before it is shown: as `keep` found it, else in its usual size, or maximised where that does not fit."""
    try:
        left = kept.read_bytes()
    except OSError:
        left = b""
    if len(left) <= LONGEST and window.restoreGeometry(left):
        return
    # Not `window.screen()`: PySide lets the widget own the screen, and Qt's one may be destroyed with the widget.
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    window.resize(USUAL.boundedTo(room - FRAME))
    if window.size() != USUAL:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def keep(window: QWidget, kept: Path) -> None:
    """Remember where it is. Losing that is no trouble that anybody needs to be told."""
    try:
        write_private(kept, bytes(window.saveGeometry().data()))
    except OSError as error:
        _log.info("the window's place is not kept: %s", error)
