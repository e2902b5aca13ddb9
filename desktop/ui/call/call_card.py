"""The call card: who is on the line, what was before, one slot for what matters now, the call buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from desktop.ui.actions import Actions
from desktop.ui.call.notices import Reason
from desktop.ui.call.phase import HoldPhase, Phase
from desktop.ui.call.refusal_row import RefusalRow
from desktop.ui.call.volume_panel import VolumePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.theme.palette import polish_anew
from desktop.ui.widgets import Button, Chip, Elided, Field, Label, Notice, Stack, col, row
from desktop.ui.widgets.focus import give_focus

CALL_BUTTONS = ("answer", "end", "mute", "hold", "transfer", "interpreter")
_ICONS = {
    "answer": "answer",
    "end": "end",
    "mute": "mic",
    "hold": "hold",
    "transfer": "transfer",
    "interpreter": "person",
}
Behind = Literal["", "waiting", "parked", "second"]
"""On the second line: nobody, a caller who rings, a caller on hold, somebody whom the agent asks."""
DIGITS = "0123456789*#"
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
SLOT_HEIGHT = 58
FACTS_HEIGHT = 90
LINE_HEIGHT = 20
_MARGINS = ("l", "head", "l", "m")
_SHARES = (11, 12, 12, 11, 11, 14)
"""Of the strip, in the order of the buttons: what a word needs, and no word moves a button."""


@dataclass(frozen=True, slots=True)
class CardContent:
    """All words of the card. `head_right` is the timer while `clock`, else a remark."""

    head: str
    head_right: str
    clock: bool
    title: str
    lines: tuple[str, str, str]
    chips: tuple[str, ...] = ()


class DialField(Field):
    """A number or address; Enter calls it, Esc leaves."""

    wanted = Signal(str)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self.wanted.emit(self.text().strip())
        else:
            super().keyPressEvent(event)


class Slot(Stack):
    """What matters now, in a place of fixed height: a sentence that wraps in it never makes the card higher."""

    def hasHeightForWidth(self) -> bool:
        """Its height is given to it."""
        return False


class CallCard(QFrame):
    """Passive. Every part has its own fixed place, so that no button ever moves.

    `digit_typed`: a key of the telephone's keypad, pressed in a call while the focus is on the card.
    """

    digit_typed = Signal(str)
    slot_closed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._phase: Phase = "idle"
        self._muted = self._careful = False
        self._hold: HoldPhase = ""
        self._behind: Behind = ""
        self.hands_over = False
        self._head = Elided("", "captionStrong", "text2")
        self._right = Label("", "timer", "text", tabular=True)
        self._title = Elided("", "number", "text", tabular=True)
        self._lines = (
            Elided("", "body", "text2", tabular=True),
            Elided("", "caption", "text2", tabular=True),
            Elided("", "caption", "text3", tabular=True),
        )
        self._notice = Notice()
        self._facts_now = QWidget()
        self._chip_row = row(gap="xs")
        self._chip_row.addStretch()
        self._open_volume = Button(icon="speaker", kind="quiet", height="small")
        self._open_volume.setObjectName("volume")
        self._open_volume.bind(actions["volume"])
        self.volume = VolumePanel(actions)
        self._chip_texts: tuple[str, ...] = ()
        self._before: QWidget | None = None
        self.dial_field, self.refusals = DialField(), RefusalRow()
        self._slot = Slot()
        self._foot: QBoxLayout | None = None
        self._brief = QWidget()
        self._brief_lines = (Elided("", "captionStrong", "text2"), Elided("", "bodyStrong", tabular=True))
        self._rows = row(gap="s"), row(gap="s")
        self.buttons = {name: self._button(name, actions) for name in CALL_BUTTONS}
        self._lay_out()
        self.retranslate()
        self.restyle()
        self.set_phase("idle", muted=False, hold="")
        self.show_reason(None)

    def _button(self, name: str, actions: Actions) -> Button:
        first = name in ("answer", "end")
        button = Button(
            key=shown(name), icon=_ICONS[name], height="call" if first else "stacked", fixed=True, left=True
        )
        button.setObjectName(name)
        button.bind(actions[name])
        return button

    def _lay_out(self) -> None:
        layout = self._outer = col(self, gap="xs", margins=_MARGINS)
        self._head_box = QWidget()
        head = row(self._head_box)
        head.addWidget(self._head, 1)
        head.addWidget(self._right)
        layout.addWidget(self._head_box)
        self._facts = QWidget()
        self._fact_lines = col(self._facts, gap="")
        self._fact_lines.addWidget(self._title)
        for line in self._lines:
            self._fact_lines.addWidget(line)
        self._fact_lines.addStretch()
        layout.addWidget(self._facts)
        facts = self._facts_line = row(self._facts_now, gap="xs")
        lines = col(self._brief, gap="")
        for line in self._brief_lines:
            lines.addWidget(line)
        self._brief.hide()
        facts.addWidget(self._brief, 1)
        facts.addLayout(self._chip_row, 1)
        facts.addWidget(self._open_volume)
        self._slot.addWidget(self._in_slot(self._facts_now))
        self._slot.addWidget(self._in_slot(self._notice))
        self._slot.addWidget(self._in_slot(self.dial_field))
        self._slot.addWidget(self._in_slot(self.refusals))
        self._slot.addWidget(self._in_slot(self.volume))
        self._slot_place = col(gap="", margins=("", "xs", "", ""))
        layout.addLayout(self._slot_place)
        layout.addLayout(self._rows[0])
        below = col(gap="", margins=("", "xs", "", "xs"))
        below.addLayout(self._rows[1])
        layout.addLayout(below)
        self._place_parts()

    def _place_parts(self) -> None:
        """Everything in the card; folded, the buttons in one strip, and the slot is the foot's."""
        folded = self._foot is not None
        for place, name in enumerate(CALL_BUTTONS):
            button = self.buttons[name]
            line = self._rows[0 if folded or place < 2 else 1]
            line.addWidget(button, _SHARES[place] if folded else 1)
            if place >= 2:
                button.set_height("call" if folded else "stacked")
        self._outer.set_margins(("", "", "", "") if folded else _MARGINS)
        (self._slot_place if self._foot is None else self._foot).addWidget(self._slot)
        for part in (self._head_box, self._facts):
            part.setVisible(not folded)
        self._brief.setVisible(folded)
        self._facts_line.setStretch(1, 0 if folded else 1)
        for chip in self._facts_now.findChildren(Chip):
            chip.setVisible(not folded)

    def fold(self, foot: QBoxLayout | None) -> None:
        """Become a strip of buttons, with the slot in `foot`; None unfolds."""
        self._foot = foot
        self._place_parts()
        self.restyle()

    def _in_slot(self, widget: QWidget) -> QWidget:
        place = QWidget()
        layout = col(place, gap="")
        layout.addStretch()
        layout.addWidget(widget)
        layout.addStretch()
        return place

    def restyle(self) -> None:
        now = look()
        self._head_box.setFixedHeight(now.size(26))
        self._facts.setFixedHeight(now.size(FACTS_HEIGHT))
        self._fact_lines.setSpacing(now.size(3))
        least = now.size(SLOT_HEIGHT) if self._foot is None else now.red_button
        self._slot.setFixedHeight(max(least, now.control + now.size(LINE_HEIGHT)))

    def retranslate(self) -> None:
        words = {
            "answer": self.tr("Answer"),
            "hold": self.tr("Hold", "button"),
            "transfer": self.tr("Transfer", "button"),
            "interpreter": self.tr("3-way", "button"),
        }
        for name, text in words.items():
            self.buttons[name].setText(text)
        first = self.tr("{key} calls somebody first; or the settings name an interpreter.").format(
            key=shown("dial")
        )
        self.buttons["interpreter"].set_reason(first)
        self._open_volume.setAccessibleName(self.tr("Volumes"))
        self._open_volume.setToolTip(f"{self.tr('Volumes')}  {shown('volume')}")
        self._name_dial_field()
        self.setAccessibleName(self.tr("Call"))
        self.set_phase(
            self._phase, muted=self._muted, hold=self._hold, careful=self._careful, behind=self._behind
        )

    def set_content(self, content: CardContent) -> None:
        """Show these words."""
        self._head.setText(content.head)
        self._right.setText(content.head_right)
        if self._right.property("clock") != content.clock:
            self._right.setProperty("clock", content.clock)
            self._right.set_style("timer" if content.clock else "caption")
        self._right.set_colour("text" if content.clock and self._phase == "talking" else "text2")
        self._title.setText(content.title)
        head = content.head if content.clock else f"{content.head} · {content.head_right}".strip(" ·")
        self._brief_lines[0].setText(head)
        self._brief_lines[1].setText(" · ".join(filter(None, (content.title, *content.lines))))
        for line, text in zip(self._lines, content.lines, strict=True):
            line.setText(text)
        self._set_chips(content.chips)

    def set_clock(self, text: str) -> None:
        """The timer alone, once a second."""
        if text != self._right.text():
            self._right.setText(text)

    def set_phase(
        self, phase: Phase, *, muted: bool, hold: HoldPhase, careful: bool = False, behind: Behind = ""
    ) -> None:
        """Colours and words of the buttons; their enabled state follows the actions.

        `careful`: in a crisis. `behind`: what is on the second line, which the key ends first.
        """
        self._phase, self._muted, self._hold, self._careful = phase, muted, hold, careful
        self._behind = behind
        self.buttons["answer"].set_kind("primary")
        self.buttons["end"].set_kind("ink" if phase in ("talking", "dialling") and not careful else "normal")
        self.buttons["end"].setText(self._end_word())
        declines = phase == "ringing" or behind == "waiting"
        reason = self.tr("{key} chooses what the caller hears").format(key=shown("decline_with"))
        self.buttons["end"].set_reason(reason if declines else "")
        self.buttons["mute"].set_kind("chosen" if muted else "normal")
        self.buttons["mute"].set_icon("micoff" if muted else "mic")
        self.buttons["mute"].setText(self.tr("Muted") if muted else self.tr("Mute", "button"))
        self.buttons["hold"].set_kind("chosen" if hold == "held" else "normal")
        self.buttons["hold"].setText(self._hold_word())
        self._head.set_colour("accentText" if phase == "ringing" else "text2")
        self._title.set_colour("text2" if phase == "idle" else "text")
        ringing = phase == "ringing"
        if bool(self.property("ringing")) != ringing:
            self.setProperty("ringing", ringing)
            polish_anew(self)

    def _hold_word(self) -> str:
        if self._hold == "held":
            return self.tr("On hold")
        if self._hold:
            return self.tr("Hold…") if self._hold == "asked" else self.tr("Resume…")
        return self.tr("Swap", "button") if self._behind == "parked" else self.tr("Hold", "button")

    def _end_word(self) -> str:
        if self._phase == "ringing":
            return self.tr("Decline")
        if self._behind == "waiting":
            return self.tr("Decline 2nd")
        if self._behind == "second" or (self._behind == "parked" and self._careful):
            return self.tr("End 2nd")
        return self.tr("End ×2") if self._careful else self.tr("Hang up")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit, held = event.text(), event.modifiers() & ~_PLAIN
        if self._phase == "talking" and len(digit) == 1 and digit in DIGITS and not held:
            self.digit_typed.emit(digit)
        else:
            super().keyPressEvent(event)

    def show_reason(self, reason: Reason | None) -> None:
        """What the slot says; None shows the chips."""
        if reason is not None:
            self._notice.set(reason.text, reason.tone, reason.icon, reason.keys)
        if not self.asking and not self.holds_focus:
            self._slot.setCurrentIndex(0 if reason is None else 1)
        self._slot.setProperty("reason", reason is not None)

    @property
    def notice_text(self) -> str:
        """The sentence in the slot, "" for none."""
        return self._notice.text() if self._slot.property("reason") else ""

    @property
    def dialling(self) -> bool:
        """Whether the slot holds the dial field."""
        return self._slot.currentIndex() == 2

    @property
    def refusing(self) -> bool:
        """Whether the slot asks what a caller shall hear."""
        return self._slot.currentIndex() == 3

    @property
    def asking(self) -> bool:
        """Whether the slot is lent to something that the agent has opened."""
        return self.dialling or self.refusing

    def _name_dial_field(self) -> None:
        if self.hands_over:
            self.dial_field.setPlaceholderText(self.tr("Hand the caller to this number, Enter"))
            self.dial_field.setAccessibleName(self.tr("Number that the caller is handed to"))
        else:
            self.dial_field.setPlaceholderText(self.tr("Number or SIP address, Enter calls"))
            self.dial_field.setAccessibleName(self.tr("Number or address to call"))

    def open_dial(self, hands_over: bool = False) -> None:
        """Put the dial field into the slot and the cursor into it; with `hands_over` for whom the caller goes to."""
        self.hands_over = hands_over
        self._name_dial_field()
        self.dial_field.clear()
        self._lend(2)
        self.dial_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def holds_focus(self) -> bool:
        """Whether the agent works in the slot: nothing that comes by itself takes it away."""
        focus = self.window().focusWidget()
        return focus is not None and self._slot.isAncestorOf(focus)

    @property
    def is_written_in(self) -> bool:
        """Whether the agent writes a number or chooses what the caller hears: a call that comes waits for it."""
        return self.asking and self.holds_focus

    @property
    def sets_volume(self) -> bool:
        """Whether the slot holds the volumes, until something else has to be said."""
        return self._slot.currentIndex() == 4

    def open_volume(self) -> None:
        """Put the volumes into the slot; the focus stays where it is."""
        self._lend(4)

    def open_refusals(self) -> None:
        """Let the agent choose what the caller hears."""
        self._lend(3)
        self.refusals.take_focus()

    def _lend(self, index: int) -> None:
        if not self.holds_focus:
            self._before = self.window().focusWidget()
        self._slot.setCurrentIndex(index)

    def close_slot(self) -> None:
        """Give the slot back, and the focus, where the slot has it, to where it was."""
        before, self._before = self._before, None
        if self.holds_focus and (focus := self.window().focusWidget()) is not None:
            focus.clearFocus()  # Qt would hand it to a call button
            if before is not None:
                give_focus(before)
        self._slot.setCurrentIndex(1 if self._slot.property("reason") else 0)
        self.slot_closed.emit()

    def _set_chips(self, texts: Sequence[str]) -> None:
        if self._chip_texts == tuple(texts):
            return
        self._chip_texts = tuple(texts)
        while (item := self._chip_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                # It keeps its parent: what the layout is still to show would become a window and take the keyboard.
                old.hide()
                old.deleteLater()
        for text in texts:
            chip = Chip(text, "outline")
            self._chip_row.addWidget(chip)
            chip.setVisible(self._foot is None)
        self._chip_row.addStretch()
