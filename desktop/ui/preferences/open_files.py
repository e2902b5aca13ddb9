"""Asking for files without holding up the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFileDialog, QWidget


class OpenFiles:
    """The system's dialog for files, on behalf of `parent`. Not modal: a call can be taken while it is open."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._dialog: QFileDialog | None = None

    def ask(
        self,
        title: str,
        kinds: Sequence[str],
        mode: QFileDialog.FileMode,
        chosen: Callable[[list[str]], object],
    ) -> None:
        """Open it; `chosen` gets the paths."""
        dialog = QFileDialog(self._parent, title)
        dialog.setModal(False)
        dialog.setFileMode(mode)
        dialog.setNameFilters(kinds)
        dialog.filesSelected.connect(chosen)
        dialog.finished.connect(lambda _result: self._forget())
        self._dialog = dialog
        dialog.show()

    def close(self) -> None:
        """Close it without a choice, if it is open."""
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
