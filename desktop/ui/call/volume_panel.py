"""The volumes in the slot of the call card: what is heard, and the microphone, each with a step down and a step up."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.sound import Part
from desktop.ui.actions import Actions
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Elided, col, row


class VolumePanel(QWidget):
    """Passive; its buttons are the actions of the keys."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heard: Part = "speaker"
        self._names = {"heard": Elided("", "caption", "text2"), "microphone": Elided("", "caption", "text2")}
        self._values = {
            "heard": Elided("", "captionStrong", tabular=True),
            "microphone": Elided("", "captionStrong", tabular=True),
        }
        self.buttons: dict[str, Button] = {}
        line = row(self, gap="s")
        for group, down, up in (
            ("heard", "quieter", "louder"),
            ("microphone", "microphone_quieter", "microphone_louder"),
        ):
            words = col(gap="")
            words.addWidget(self._names[group])
            words.addWidget(self._values[group])
            line.addWidget(self._button(down, "−", actions))
            line.addLayout(words, 2)
            line.addWidget(self._button(up, "+", actions))
        self.retranslate()

    def _button(self, name: str, sign: str, actions: Actions) -> Button:
        button = Button(sign, height="small", strong=False)
        button.setObjectName(name)
        button.bind(actions[name])
        self.buttons[name] = button
        return button

    def retranslate(self) -> None:
        ring = self._heard == "ring"
        self._names["heard"].setText(self.tr("Ring") if ring else self.tr("Caller"))
        self._names["microphone"].setText(self.tr("Mic"))
        words = {
            "quieter": self.tr("Quieter ring") if ring else self.tr("Quieter caller"),
            "louder": self.tr("Louder ring") if ring else self.tr("Louder caller"),
            "microphone_quieter": self.tr("Quieter microphone"),
            "microphone_louder": self.tr("Louder microphone"),
        }
        for name, text in words.items():
            self.buttons[name].setAccessibleName(text)
            self.buttons[name].set_purpose(shown(name))

    def show_volumes(self, heard: Part, loud: int | None, microphone: int | None) -> None:
        """Per cent as they are in use, None where there is no device; `heard` is the speaker or the ring."""
        self._heard = heard
        for group, value in (("heard", loud), ("microphone", microphone)):
            text = self.tr("none") if value is None else self.tr("{n} %").format(n=value)
            self._values[group].setText(text)
        self.retranslate()

    @property
    def texts(self) -> tuple[str, str]:
        """What it says of what is heard and of the microphone."""
        return self._values["heard"].text(), self._values["microphone"].text()
