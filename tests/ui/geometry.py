"""What is wrong with where the widgets of a window stand: outside, over each other, cut off."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QScrollArea, QWidget

from desktop.ui.commands.overlay import CommandOverlay
from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import TYPE
from desktop.ui.widgets import Button, Chip, Elided, Label, Notice, Paragraph, Toast

NESTED = 4
"""So deep a layout may tell the one around it that it needs more room."""
SLACK = 1
"""Pixels that rounding may take."""


def place(window: QWidget, widget: QWidget) -> QRect:
    """Where a widget stands in its window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def phone_places(window: MainWindow) -> dict[str, QRect]:
    """Where the buttons of the phone stand, and the notes while they are below the call."""
    column = window.column
    notes = {"notes": column.notes} if column.isAncestorOf(column.notes) else {}
    return {name: place(window, widget) for name, widget in (_phone(window) | notes).items()}


def _phone(window: MainWindow) -> dict[str, QWidget]:
    """The call buttons and the red one."""
    return {**window.column.card.buttons, "red": window.column.red}


def faults(window: MainWindow, size: tuple[int, int], elides: bool = False) -> list[str]:
    """All that is wrong, in words; empty where everything stands as it should.

    With `elides` buttons and chips may end in an ellipsis, where their tool tips say the whole.
    """
    # What has come since the last painting is laid out before the next one.
    for _ in range(NESTED):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    found = []
    if (window.width(), window.height()) != size:
        found.append(f"the window is {window.width()}x{window.height()}")
    found += [f"{name} is not in sight" for name, seen in _phone_seen(window) if not seen]
    for parent in (window, *window.findChildren(QWidget)):
        if parent.isVisible() and not isinstance(parent, QAbstractScrollArea):
            found += _faults_in(parent, elides)
    return found


def _phone_seen(window: MainWindow) -> Iterator[tuple[str, bool]]:
    for name, widget in _phone(window).items():
        whole = window.rect().contains(place(window, widget))
        yield name, whole and widget.visibleRegion().boundingRect() == widget.rect()


def _faults_in(parent: QWidget, elides: bool) -> Iterator[str]:
    children = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not child.isWindow() and not isinstance(child, Toast | CommandOverlay)
    ]
    area = parent.parentWidget()
    scrolls = isinstance(area, QScrollArea) and area.viewport() is parent
    for child in children:
        if scrolls and child.width() > parent.width():
            yield f"{_name(child)} is {child.width() - parent.width()} px wider than where it scrolls"
        if not scrolls and not parent.rect().contains(child.geometry()):
            yield f"{_name(child)} {child.geometry()} leaves {_name(parent)} {parent.rect()}"
        yield from _cut(child)
        if isinstance(child, Button | Chip) and _is_elided(child):
            if not elides:
                yield f"{_name(child)} has only {child.width()} px"
            elif child.text() not in child.toolTip():
                yield f"{_name(child)} is nowhere said in whole"
    for one, other in combinations(children, 2):
        both = one.geometry() & other.geometry()
        if both.width() > SLACK and both.height() > SLACK:
            yield f"{_name(one)} lies over {_name(other)} in {_name(parent)}"


def _is_elided(widget: Button | Chip) -> bool:
    if isinstance(widget, Chip):
        return widget.width() < widget.sizeHint().width() - SLACK
    return widget.shown_words() != widget.text()


def _cut(widget: QWidget) -> Iterator[str]:
    sizes = {round(pixels * look().text) for pixels, _, _ in TYPE.values()}
    if isinstance(widget, Label | Button | Chip) and widget.font().pixelSize() not in sizes:
        yield f"{_name(widget)} has letters of {widget.font().pixelSize()} px"
    if isinstance(widget, Notice) or (isinstance(widget, Paragraph) and widget.text()):
        least = widget.least_height if isinstance(widget, Notice) else widget.heightForWidth
        wanted = round(least(widget.width()))
        if widget.height() < wanted - SLACK:
            yield f"{_name(widget)} needs {wanted} px, has {widget.height()}"
    elif isinstance(widget, Label) and not isinstance(widget, Elided):
        need, high = widget.sizeHint(), widget.fontMetrics().height() - 2
        if widget.text() and (widget.width() < need.width() - SLACK or widget.height() < high):
            yield f"{_name(widget)} needs {need}, has {widget.size()}"


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__}({text[:24]!r})"
