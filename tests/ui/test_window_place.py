"""Where the window comes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import window_place


@pytest.fixture
def window(qapp: QApplication) -> QWidget:
    return QWidget()


@pytest.fixture
def small_screen(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the screen is that the tests run on."""
    monkeypatch.setattr(window_place, "USUAL", room() + QSize(1, 1))


def room() -> QSize:
    return QGuiApplication.primaryScreen().availableGeometry().size()


@pytest.mark.usefixtures("small_screen")
def test_on_a_screen_that_it_does_not_fit_it_comes_up_maximised(window: QWidget, tmp_path: Path) -> None:
    window_place.place(window, tmp_path / "place")
    assert window.isMaximized()
    assert window.width() < room().width()


def test_where_there_is_room_it_has_its_usual_size(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_place, "USUAL", QSize(640, 480))
    window_place.place(window, tmp_path / "place")
    assert not window.isMaximized()
    assert window.size() == QSize(640, 480)


def test_it_comes_up_where_it_was_left(window: QWidget, tmp_path: Path) -> None:
    window.setGeometry(QRect(30, 40, 500, 400))
    window_place.keep(window, tmp_path / "place")
    again = QWidget()
    window_place.place(again, tmp_path / "place")
    assert again.size() == QSize(500, 400)


@pytest.mark.usefixtures("small_screen")
@pytest.mark.parametrize("content", [b"", b"\0" * 66, b"x" * 5000])
def test_a_broken_file_is_none(window: QWidget, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "place").write_bytes(content)
    window_place.place(window, tmp_path / "place")
    assert window.isMaximized()


def test_a_place_that_cannot_be_kept_is_no_trouble(window: QWidget, tmp_path: Path) -> None:
    window_place.keep(window, tmp_path / "no folder" / "place" / "deeper")
