"""The lights: telephone, microphone, sound both ways, transcript; reports left and on their way; pack, clock, keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain

from PySide6.QtWidgets import QWidget

from desktop.ui.bars.bar import Bar
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import KeyCap, Label, Light, row

IMPAIRED = "▲"
"""The shape of a light that asks to be looked at, in front of words without a light."""


def _show_all(widgets: Sequence[QWidget], shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)


def _show_words(light: Light, shown: bool) -> None:
    light.set_brief(not shown)


class LightBar(Bar):
    """Passive."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0.84, line_on_top=True, parent=parent)
        self.phone = Light()
        self.microphone = Light(bars=True)
        self.caller = Light(bars=True)
        self.sent = Light()
        self.transcript = Light()
        self.records = Light()
        self.settings = Light()
        self.delivery = Light()
        self.reports = Label("", "captionStrong", "warnText")
        self._pack = Label("", "caption", "text3", tabular=True)
        self._time = Label("", "captionStrong", "text2", tabular=True)
        self._keys = Label("", "caption", "text2")
        layout = row(self, gap="l", margins=("m", "", "m", ""))
        lights = self.phone, self.microphone, self.caller, self.sent, self.transcript
        self._lights = *lights, self.records, self.settings, self.delivery
        for light in self._lights[:-1]:
            layout.addWidget(light)
        # The first is there in a call only, these two only when something is wrong.
        self.sent.hide()
        self.records.hide()
        self.settings.hide()
        layout.addWidget(self.reports)
        layout.addWidget(self.delivery)
        self.delivery.hide()
        layout.addStretch(1)
        self._key = KeyCap(shown("keys"))
        for widget in (self._pack, self._time, self._key, self._keys):
            layout.addWidget(widget)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Lights"))
        self._keys.setText(self.tr("Keys"))

    def fit(self) -> None:
        """The keys go first, then the pack, then the words of what is fine, then those of what is not."""
        seen = [light for light in reversed(self._lights) if not light.isHidden()]
        spare = (self._key, self._keys), (self._pack,)
        steps: list[tuple[Callable[[bool], object], int]] = [
            (partial(_show_all, widgets), self._wide(widgets)) for widgets in spare
        ]
        steps += [
            (partial(_show_words, light), light.width_for(brief=False) - light.width_for(brief=True))
            for light in sorted(seen, key=lambda light: light.state not in ("ok", "off"))
        ]
        wide = sum(light.width_for(brief=False) + self.gap() for light in seen)
        wide += self._wide((self.reports, self._time, *chain(*spare)))
        for step, less in steps:
            fits = wide <= self.room()
            step(fits)
            wide -= 0 if fits else less

    def _wide(self, parts: Sequence[QWidget]) -> int:
        return sum(part.sizeHint().width() + self.gap() for part in parts)

    def show_pack(self, text: str, wrong: str = "") -> None:
        """Which answers are in use; `wrong` is why not those that were chosen."""
        self._pack.setText(f"{IMPAIRED} {text}" if wrong else text)
        self._pack.setAccessibleName(text)
        self._pack.setAccessibleDescription(wrong)
        self._pack.setToolTip(wrong)
        self._pack.set_colour("warnText" if wrong else "text3")

    def show_time(self, text: str) -> None:
        """Time of day."""
        if text != self._time.text():
            self._time.setText(text)
