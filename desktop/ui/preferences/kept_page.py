"""What is kept about the person at this desk: counts without names or marks, and one file with all of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.widgets import Button, Label, Paragraph, Rule, col, row
from desktop.ui.window_hooks import WindowHooks

FILE_NAME = "my-records.json"


class KeptPage(QWidget):
    """Lines of what there is, and a button that writes it out."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._intro = Paragraph(colour="text2")
        self.words = Paragraph()
        self.export_button = Button(icon="copy")
        self._foot = Label("", "caption", "text3")
        self._dialog: QFileDialog | None = None
        layout = col(self, gap="s")
        for part in (self._intro, self.words):
            layout.addWidget(part)
        layout.addWidget(Rule())
        line = row()
        line.addWidget(self.export_button)
        line.addStretch()
        layout.addLayout(line)
        layout.addWidget(self._foot)
        layout.addStretch()
        self.export_button.clicked.connect(self._choose)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self._intro.set(
            self.tr("All that this desk keeps of your work. It stays here; nobody is scored by it.")
        )
        self.export_button.setText(self.tr("Write all of it into a file"))
        self._foot.setText(self.tr("What is sealed stays sealed in the file."))

    def enter(self) -> None:
        """The page is seen: count."""
        self._window.start(self._count(), "count what is kept")

    async def _count(self) -> None:
        counts = await self._window.services.kept.counts()
        names = {
            "calls": self.tr("Calls"),
            "notes": self.tr("Notes"),
            "segments": self.tr("Lines of transcripts"),
            "asked": self.tr("Consultations"),
            "wrap_ups": self.tr("Write-ups"),
            "escalations": self.tr("Incident reports"),
            "evidence": self.tr("Saved versions of evidence"),
            "evidence_records": self.tr("Rests, looks at originals and other notes of incidents"),
            "evidence_files": self.tr("Recordings of incidents"),
            "practice_calls": self.tr("Practice calls"),
            "uses": self.tr("Uses of answers"),
            "places": self.tr("Favourites and pins"),
            "flags": self.tr("Flagged answers"),
            "proposals": self.tr("Proposals"),
            "learned": self.tr("Learned wordings"),
        }
        self.words.set("\n".join(f"{words}: {counts.get(name, 0):,}" for name, words in names.items()))

    def _choose(self) -> None:
        # Not modal: a call can be taken while it is open.
        dialog = QFileDialog(self, self.tr("Where to write it"))
        dialog.setModal(False)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        self._dialog = dialog
        dialog.show()

    def export(self, path: Path) -> None:
        """Write the file and say so."""
        self._window.start(self._export(path), "write what is kept")

    async def _export(self, path: Path) -> None:
        try:
            await self._window.services.kept.export(path)
        except OSError as error:
            words = self.tr("The file could not be written: {why}").format(why=error.strerror or "")
            self._window.show_toast(words)
            return
        self._window.show_toast(self.tr("Written: {name}").format(name=path.name))
