"""The speech models of this computer in the settings: choose, install from a file, verify, remove."""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.events import CallReceived
from desktop.domain.speech_models import InstallStopped, SpeechModel, Step
from desktop.ui.preferences.model_row import ModelRow
from desktop.ui.preferences.open_files import OpenFiles
from desktop.ui.widgets import Button, Label, Paragraph, col, row
from desktop.ui.window_hooks import WindowHooks


class ModelBox(QWidget):
    """A row for each model. `chosen` carries the path of the one to use from now on, "" for none."""

    chosen = Signal(str)

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window, self._models = window, window.services.models
        self.rows: list[ModelRow] = []
        self._open = OpenFiles(self)
        self._title = Label("", "bodyStrong")
        self.words = Paragraph("", "body", "text2")
        self.install_button, self.stop_button = Button(), Button()
        self._list = col(gap="s")
        layout = col(self, gap="s", margins=("", "s", "", ""))
        layout.addWidget(self._title)
        layout.addLayout(self._list)
        layout.addWidget(self.words)
        keys = row(gap="s")
        keys.addWidget(self.install_button)
        keys.addWidget(self.stop_button)
        keys.addStretch()
        layout.addLayout(keys)
        self.install_button.clicked.connect(self._choose_file)
        self.stop_button.clicked.connect(self._models.stop)
        window.services.bus.subscribe(CallReceived, lambda _event: self._open.close())
        self._busy(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the chosen language."""
        self._title.setText(self.tr("Speech models on this computer"))
        self.install_button.setText(self.tr("Install from a file"))
        self.stop_button.setText(self.tr("Cancel"))
        for each in self.rows:
            each.retranslate()

    def enter(self) -> None:
        """The page is seen: list what is there."""
        self._window.start(self._refresh(), "list speech models")

    def install(self, source: str) -> None:
        """Install from this file or folder."""
        if self._may_begin():
            self._start(self._install(source), "install a speech model")

    async def _refresh(self) -> None:
        chosen = self._window.settings.current.speech_model
        models = await self._models.models(chosen)
        shown = [(model, bool(chosen) and model.path == Path(chosen)) for model in models]
        if shown == [(each.model, each.used) for each in self.rows]:
            return
        here = QApplication.focusWidget()
        focused = here is not None and any(each.isAncestorOf(here) for each in self.rows)
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [self._row(model, used) for model, used in shown]
        for new in self.rows:
            self._list.addWidget(new)
            new.set_busy(self._models.running)
        if focused:
            self.install_button.setFocus()

    def _row(self, model: SpeechModel, used: bool) -> ModelRow:
        made = ModelRow(model, used)
        made.chosen.connect(lambda: self.chosen.emit(str(model.path)))
        made.verify_asked.connect(lambda: self._verify_asked(model))
        made.remove_asked.connect(lambda: self._window.start(self._remove(model), "remove a speech model"))
        return made

    def _may_begin(self) -> bool:
        """In a call the machine is needed for the call."""
        if self._window.services.calls.current is not None:
            self.words.set(self.tr("Speech models are installed and verified between calls."))
            return False
        return not self._models.running

    def _choose_file(self) -> None:
        if not self._may_begin():
            return
        models, every = self.tr("Speech models"), self.tr("All files")
        kinds = [f"{models} (*.pt)", f"{every} (*)"]
        one = QFileDialog.FileMode.ExistingFile
        self._open.ask(self.tr("Speech model"), kinds, one, lambda names: self.install(names[0]))

    def _busy(self, busy: bool) -> None:
        """What can be pressed; a focus that was on a button that goes moves to the one that comes."""
        focused = self.install_button.hasFocus() or self.stop_button.hasFocus()
        self.install_button.setVisible(not busy)
        self.stop_button.setVisible(busy)
        for each in self.rows:
            each.set_busy(busy)
        if focused:
            (self.stop_button if busy else self.install_button).setFocus()

    def _start(self, work: Coroutine[Any, Any, None], doing: str) -> None:
        self._busy(True)
        self._window.start(self._guarded(work), doing)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
            self._window.announce(self.words.text())
        except InstallStopped:
            self.words.set(self.tr("Stopped. Nothing was changed."))
        except DeskError as error:
            words = self.tr("That did not work, nothing was changed: {reason}")
            self.words.set(words.replace("{reason}", str(error)))
            self._window.announce(self.words.text())
        finally:
            self._busy(False)
        await self._refresh()

    async def _install(self, source: str) -> None:
        self._progress(Step("copy", 0))
        done = await self._models.install(source, self._progress)
        words = self.tr("{model} is installed. Choose it to use it for calls.")
        if not done.changed:
            words = self.tr("{model} is this very file already.")
        self.words.set(words.replace("{model}", done.model.name))

    def _verify_asked(self, model: SpeechModel) -> None:
        if self._may_begin():
            self._start(self._verify(model), "verify a speech model")

    async def _verify(self, model: SpeechModel) -> None:
        self._progress(Step("copy", 0))
        found = await self._models.verify(model, self._progress)
        words = (
            self.tr("{model} can't be used: {reason}")
            if found.reason
            else self.tr("{model} is whole and works.")
        )
        self.words.set(words.replace("{reason}", found.reason).replace("{model}", model.name))

    async def _remove(self, model: SpeechModel) -> None:
        try:
            await self._models.remove(model, self._window.settings.current.speech_model)
        except DeskError as error:
            self.words.set(str(error))
            return
        await self._refresh()
        words = self.tr("{model} was removed.").replace("{model}", model.name)
        self._window.show_toast(
            words, lambda: self._window.start(self._bring_back(model), "bring a speech model back")
        )

    async def _bring_back(self, model: SpeechModel) -> None:
        try:
            await self._models.bring_back(model.name)
        except DeskError as error:
            self.words.set(str(error))
        await self._refresh()

    def _progress(self, step: Step) -> None:
        words = {
            "fetch": self.tr("Fetching: {done}"),
            "copy": self.tr("Reading: {done}"),
            "check": self.tr("Loading and trying it; this takes a while."),
        }[step.stage]
        done = f"{step.done / 1e6:,.0f} / {step.total / 1e6:,.0f} MB" if step.total else "…"
        self.words.set(words.replace("{done}", done))
