from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui.application import make_application
from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Chip, Choices, Mark, Notice, Paragraph, Toast
from desktop.ui.widgets.paragraph import lay_out


def _styled() -> None:
    make_application(Settings(language="en", theme="light"))


def _ink(widget: QWidget) -> int:
    """How many pixels differ from the corner of the picture."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    corner = image.pixel(image.width() // 2, image.height() - 4)
    return sum(
        image.pixel(x, y) != corner for x in range(4, image.width() - 4) for y in range(4, image.height() - 4)
    )


def test_a_narrow_button_drops_its_key_before_its_word(qtbot: QtBot) -> None:
    _styled()
    with_key, without = Button("Answer", "F2", fixed=True), Button("Answer", fixed=True)
    for button in (with_key, without):
        qtbot.addWidget(button)
        button.resize(200, button.height())
    assert _ink(with_key) > _ink(without)
    for button in (with_key, without):
        button.resize(80, button.height())
    assert abs(_ink(with_key) - _ink(without)) < 40


def test_a_button_says_its_name_key_and_reason(qtbot: QtBot) -> None:
    _styled()
    button = Button("Transfer", "F5")
    qtbot.addWidget(button)
    button.set_reason("Comes later.")
    assert button.accessibleName() == "Transfer"
    assert button.accessibleDescription() == "F5 · Comes later."
    assert button.toolTip() == "Transfer  F5\nComes later."


def test_enter_presses_a_button_and_arrows_do_not_walk_away(qtbot: QtBot) -> None:
    _styled()
    button = Button("Done")
    qtbot.addWidget(button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert pressed == [True]


def test_a_paragraph_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    _styled()
    paragraph = Paragraph("word " * 40, "speech")
    qtbot.addWidget(paragraph)
    one = Paragraph("word", "speech")
    qtbot.addWidget(one)
    assert one.heightForWidth(300) == round(look().leading("speech"))
    assert paragraph.heightForWidth(150) > paragraph.heightForWidth(600) > one.heightForWidth(600)
    paragraph.set("short")
    assert paragraph.heightForWidth(600) == one.heightForWidth(600)


def test_marks_and_long_words_stay_inside_the_width() -> None:
    _styled()
    layout, height = lay_out("x" * 300, "body", 100, [Mark(0, 5, "found"), Mark(6, 9, "unsure")])
    assert layout.lineCount() > 10
    assert height == pytest.approx(layout.lineCount() * look().leading("body"))
    assert len(layout.formats()) == 2


def test_a_chip_asks_for_what_its_words_need_and_may_shrink(qtbot: QtBot) -> None:
    _styled()
    chip = Chip("a rather long fact about a call", "warn", "warn")
    qtbot.addWidget(chip)
    assert chip.minimumSizeHint().width() < chip.sizeHint().width()
    assert chip.accessibleName() or chip.text()


def test_choices_walk_with_arrows_and_choose_with_enter(qtbot: QtBot) -> None:
    _styled()
    choices = Choices(["one", "two", "three"], ["1", "2", "3"])
    qtbot.addWidget(choices)
    with qtbot.waitExposed(choices):
        choices.show()
    choices.activateWindow()
    chosen: list[int] = []
    choices.chosen.connect(chosen.append)
    choices.buttons[0].setFocus()
    QTest.keyClick(choices.buttons[0], Qt.Key.Key_Down)
    assert chosen == []
    QTest.keyClick(choices.buttons[1], Qt.Key.Key_Return)
    assert chosen == [1]
    assert choices.index == 1
    choices.set_index(-1)
    assert choices.index == -1
    assert chosen == [1]


def test_a_notice_keeps_inside_its_slot(qtbot: QtBot) -> None:
    _styled()
    notice = Notice()
    qtbot.addWidget(notice)
    notice.set("a long sentence " * 20)
    assert notice.heightForWidth(280) <= 3 * look().leading("captionStrong") + 13
    notice.set("short", keys=[("F12", "start")])
    assert notice.accessibleDescription() == "F12 start"


def test_a_long_toast_is_shown_whole(qtbot: QtBot) -> None:
    toast = Toast("Alt+U")
    qtbot.addWidget(toast)
    toast.show_text("saved")
    toast.fit(300)
    one_line = toast.height()
    toast.show_text("The receiver does not accept this desk's token or password; tell IT. " * 2)
    toast.fit(300)
    assert toast.width() == 300
    assert toast.height() > one_line


def test_a_toast_undoes_once(qtbot: QtBot) -> None:
    _styled()
    toast = Toast("Alt+U")
    qtbot.addWidget(toast)
    undone = []
    toast.show_text("saved", lambda: undone.append(True))
    assert toast.text == "saved"
    toast.undo()
    toast.undo()
    assert undone == [True]
    assert toast.text == ""
    assert toast.past == ["saved"]


def test_every_icon_has_a_picture(qtbot: QtBot) -> None:
    from desktop import paths

    names = sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))
    assert "answer" in names
    for name in names:
        image = icons.pixmap(name, "#172127", 24, 1.0).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name
