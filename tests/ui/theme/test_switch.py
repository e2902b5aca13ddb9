"""A window whose theme has changed looks as one that began with it, without another style sheet."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import apply, look
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def _drawn(desk: Desk, window: MainWindow) -> QImage:
    desk.settle()
    return window.grab().toImage()


@pytest.mark.parametrize("page", ["display", "account", "answers"])
def test_another_theme_colours_every_part_anew(
    make_window: WindowFactory, qapp: QApplication, page: str
) -> None:
    window, desk = make_window()
    desk.do(lambda: window.open_settings(page))
    for part in window.findChildren(QPlainTextEdit):  # only an import that leaves rows out shows it
        desk.do(part.show)
    sheet, seen = qapp.styleSheet(), []
    for theme in ("dark", "light"):
        desk.settings.change(theme=theme)
        desk.do(window.settings_changed)
        seen.append(_drawn(desk, window))
        assert qapp.styleSheet() == sheet
        qapp.setStyleSheet("")
        apply(qapp, look())
        assert seen[-1] == _drawn(desk, window)
    assert seen[0] != seen[1]
