"""One speech model in the settings: what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.speech_models import SpeechModel
from desktop.ui.widgets import Button, Label, Paragraph, col, row

FEW_LANGUAGES = 4
TOO_SLOW = 0.8
"""Of a core for one side's speech: above it words come late."""

translate = QCoreApplication.translate


class ModelRow(QWidget):
    """Name, details, and buttons; the desk's own practice model has none but the one that verifies it."""

    chosen = Signal()
    verify_asked = Signal()
    remove_asked = Signal()

    def __init__(self, model: SpeechModel, used: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.used = model, used
        name = Label(model.name, "bodyStrong")
        self.details = Paragraph("", "caption", "text2")
        self.use_button = Button(kind="chosen" if used else "normal")
        self.verify_button, self.remove_button = Button(kind="quiet"), Button(kind="quiet")
        layout = col(self, gap="xs", margins=("", "xs", "", "xs"))
        layout.addWidget(name)
        layout.addWidget(self.details)
        keys = row(gap="s")
        for button in (self.use_button, self.verify_button, self.remove_button):
            keys.addWidget(button)
        keys.addStretch()
        layout.addLayout(keys)
        self.use_button.setVisible(not model.practice_only or used)
        self.remove_button.setVisible(model.installed and not model.shipped)
        self.use_button.clicked.connect(lambda: None if self.used else self.chosen.emit())
        self.verify_button.clicked.connect(self.verify_asked)
        self.remove_button.clicked.connect(self.remove_asked)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the chosen language."""
        self.use_button.setText(self.tr("In use") if self.used else self.tr("Use for calls"))
        self.verify_button.setText(self.tr("Verify"))
        self.remove_button.setText(self.tr("Remove"))
        reason = self.tr("It is in use: choose another speech model first.") if self.used else ""
        self.remove_button.setEnabled(not self.used)
        self.remove_button.setToolTip(reason)
        self.details.set("\n".join(filter(None, details_of(self.model))))
        for button in (self.use_button, self.verify_button, self.remove_button):
            words = self.tr("{what}: {model}").replace("{what}", button.text())
            button.setAccessibleName(words.replace("{model}", self.model.name))

    def set_busy(self, busy: bool) -> None:
        """While something is installed or verified nothing else can begin."""
        self.use_button.setEnabled(not busy)
        self.verify_button.setEnabled(not busy)
        self.remove_button.setEnabled(not busy and not self.used)


def details_of(model: SpeechModel) -> list[str]:
    """What a person has to know to choose: for whom it is, its size and languages, its speed here, its SHA-256."""
    practice = translate(
        "Models", "Practice voices only: practice calls use it by themselves, real calls never."
    )
    size = translate("Models", "{megabytes} MB").replace("{megabytes}", f"{model.size / 1e6:,.0f}")
    changed = translate("Models", "The file has changed since it was checked. Verify it.")
    sha256 = (
        f"SHA-256 {model.sha256}" if model.sha256 else translate("Models", "Not verified on this computer.")
    )
    return [
        practice if model.practice_only else "",
        " · ".join(filter(None, (size, languages_of(model), speed_of(model), fast_speed_of(model)))),
        sha256 if model.intact else changed,
        "" if model.installed or model.shipped else str(model.path),
    ]


def languages_of(model: SpeechModel) -> str:
    """Few by their codes, many by their number, "" where they are not known."""
    if len(model.languages) < FEW_LANGUAGES:
        return ", ".join(model.languages)
    return translate("Models", "{count} languages").replace("{count}", str(len(model.languages)))


def speed_of(model: SpeechModel) -> str:
    """What was measured on this computer."""
    if model.cost is None:
        return translate("Models", "speed not measured")
    words = translate("Models", "a second of speech costs {seconds} s here")
    if min(model.cost, model.fast_cost or model.cost) > TOO_SLOW:
        words = translate("Models", "a second of speech costs {seconds} s here: too slow for this computer")
    return words.replace("{seconds}", f"{model.cost:.2f}")


def fast_speed_of(model: SpeechModel) -> str:
    """The same with CTranslate2, "" where that is not installed."""
    if model.fast_cost is None:
        return ""
    return translate("Models", "with CTranslate2 {seconds} s").replace("{seconds}", f"{model.fast_cost:.2f}")
