"""Files of articles into the answer pack: choose, see what changes, build, in use."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.events import CallReceived
from desktop.domain.faq_import import ImportStopped, Preview, Progress, Row
from desktop.ui.preferences.open_files import OpenFiles
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Label, Paragraph, col, row
from desktop.ui.window_hooks import WindowHooks

_LINES = 7


class ImportBox(QWidget):
    """Nothing is written before the agent has seen what changes. `built` carries the path of the new pack."""

    built = Signal(str)

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window, self._imports = window, window.services.imports
        self._files: tuple[Path, ...] = ()
        self._open = OpenFiles(self)
        self._title = Label("", "bodyStrong")
        self.words = Paragraph("", "body", "text2")
        self.refused = QPlainTextEdit()
        self.refused.setReadOnly(True)
        self.refused.setTabChangesFocus(True)
        self.refused.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.choose_button = Button(icon="book")
        self.build_button = Button(kind="primary")
        self.stop_button = Button()
        layout = col(self, gap="s", margins=("", "s", "", ""))
        for part in (self._title, self.words, self.refused):
            layout.addWidget(part)
        keys = row(gap="s")
        for button in (self.build_button, self.choose_button, self.stop_button):
            keys.addWidget(button)
        keys.addStretch()
        layout.addLayout(keys)
        self.choose_button.clicked.connect(self._choose)
        self.build_button.clicked.connect(self._build)
        self.stop_button.clicked.connect(self._stop)
        window.services.bus.subscribe(CallReceived, lambda _event: self._open.close())
        self._show("idle")
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Words changed; what was last said about an import is said again with the next."""
        self._title.setText(self.tr("Make the pack from files"))
        self.choose_button.setText(self.tr("Choose files"))
        self.build_button.setText(self.tr("Build and use"))
        self.stop_button.setText(self.tr("Cancel"))
        self.stop_button.set_purpose(self.tr("The answers in use stay"))
        self.refused.setAccessibleName(self.tr("Rows that are left out"))
        if not self._imports.running:
            self._begin()

    def restyle(self) -> None:
        """Text grew or shrank."""
        self.refused.setFont(look().font("caption"))
        self.refused.setFixedHeight(round(look().leading("caption") * _LINES) + look().space("m"))

    def preview(self, files: Sequence[Path]) -> None:
        """Read these files and say what a build would change."""
        if files and not self._in_a_call() and not self._imports.running:
            self._files = tuple(files)
            self._start(self._preview(), "preview articles")

    def _begin(self, words: str = "") -> None:
        self._files = ()
        self._show("idle")
        hint = self.tr(
            "YAML, JSONL, CSV, XLSX or another pack. What changes is shown before anything is written."
        )
        self.words.set(words or hint)

    def _show(self, state: str) -> None:
        """What can be pressed in a state: idle, busy or seen. A focus that was here stays here, none is taken."""
        here = QApplication.focusWidget()
        focused = here is not None and self.isAncestorOf(here)
        self.choose_button.setVisible(state != "busy")
        self.build_button.setVisible(state == "seen")
        self.stop_button.setVisible(state != "idle")
        if state != "seen":
            self.refused.hide()
        if focused:
            {"idle": self.choose_button, "busy": self.stop_button, "seen": self.build_button}[
                state
            ].setFocus()

    def _in_a_call(self) -> bool:
        """In a call the machine is needed for the call."""
        if self._window.services.calls.current is None:
            return False
        self.words.set(self.tr("Packs are made between calls."))
        return True

    def _choose(self) -> None:
        if self._in_a_call():
            return
        kinds = "*.yaml *.yml *.jsonl *.csv *.xlsx *.faq"
        # Words inside an f-string are not found by whoever collects them for translation.
        articles, every = self.tr("Articles"), self.tr("All files")
        several = QFileDialog.FileMode.ExistingFiles
        self._open.ask(
            self.tr("Files of articles"),
            [f"{articles} ({kinds})", f"{every} (*)"],
            several,
            lambda names: self.preview([Path(name) for name in names]),
        )

    def _stop(self) -> None:
        if self._imports.running:
            self._imports.stop()
        else:
            self._begin()

    def _build(self) -> None:
        if self._files and not self._in_a_call() and not self._imports.running:
            self._start(self._write(), "build the answer pack")

    def _start(self, work: Coroutine[Any, Any, None], doing: str) -> None:
        self._show("busy")
        self._window.start(self._guarded(work), doing)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ImportStopped:
            self._begin(self.tr("Stopped. Nothing was written."))
        except DeskError as error:
            self._begin(
                self.tr("That did not work, the pack in use stays: {reason}").replace("{reason}", str(error))
            )
        except BaseException:
            self._begin()
            raise

    async def _preview(self) -> None:
        self.words.set(self.tr("Reading the files."))
        seen = await self._imports.preview(self._files, self._chosen())
        self.words.set(self._summary(seen))
        self.build_button.setEnabled(seen.articles > 0)
        self._show("seen")
        self.refused.setPlainText("\n".join(map(self._refusal, seen.refused)))
        self.refused.setVisible(bool(seen.refused))

    async def _write(self) -> None:
        chosen = self._chosen()
        self._progress(Progress("read", 0))
        summary = await self._imports.build(self._files, chosen, self._progress)
        words = self.tr("Done: {articles} articles are in use, {refused} rows were left out.")
        self._begin(
            words.replace("{articles}", f"{summary.articles:,}").replace("{refused}", f"{summary.refused:,}")
        )
        self._window.announce(self.words.text())
        self.built.emit(str(self._imports.place(chosen)))

    def _chosen(self) -> str:
        return self._window.settings.current.faq_pack

    def _progress(self, step: Progress) -> None:
        stages = {
            "read": self.tr("Reading: {done}"),
            "index": self.tr("Indexing: {done}"),
            "write": self.tr("Writing: {done}"),
        }
        done = f"{step.done:,} / {step.total:,}" if step.total else f"{step.done:,}"
        self.words.set(stages[step.stage].replace("{done}", done))

    def _summary(self, seen: Preview) -> str:
        counts = {
            "{articles}": seen.articles,
            "{added}": seen.count("added"),
            "{changed}": seen.count("changed"),
            "{removed}": seen.count("removed"),
            "{same}": seen.same,
            "{refused}": seen.refused_count,
            "{warned}": seen.warned_count,
        }
        words = [
            self.tr("{articles} articles: {added} new, {changed} changed, {removed} gone, {same} as before."),
            self.tr("{refused} rows are left out.") if seen.refused_count else "",
            self.tr("{warned} rows are taken with remarks.") if seen.warned_count else "",
        ]
        text = " ".join(filter(None, words))
        for name, count in counts.items():
            text = text.replace(name, f"{count:,}")
        return text

    def _refusal(self, refused: Row) -> str:
        words = self.tr("{file}, line {line}: {reason}").replace("{line}", str(refused.line))
        return words.replace("{file}", Path(refused.file).name).replace("{reason}", refused.reason)
