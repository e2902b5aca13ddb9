"""The camera: one situation in every theme and size that is wanted, switched at run time, drawn when it is still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage, QImageWriter

from desktop.ui.application import running_controller
from desktop.ui.main_window import MainWindow
from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import CONTRAST
from tests.ui.fakes import Desk

STILL_S = 0.12
"""A picture is still when the next one after this time is the same; the window's own pauses are shorter."""
MOST_TRIES = 40
LOSSLESS = 100


@dataclass(frozen=True, slots=True)
class Size:
    """Name, pixels, text size in per cent, and the languages that are usually drawn."""

    name: str
    width: int
    height: int
    text: int = 100
    languages: tuple[str, ...] = ("ko", "en")


SIZES = (
    Size("1366", 1366, 768),
    Size("1920", 1920, 1080),
    Size("2560", 2560, 1440, languages=("ko",)),
    Size("compact", 1366, 768, 200),
)
PLAIN = ("light", "dark")
THEMES = (*PLAIN, *CONTRAST)
CONTRASTED = ("ringing", "talking", "procedure", "crisis", "wrap-up")
"""Situations that are drawn in high contrast too, at 1366x768 and in one theme a language."""
MAIN = ("idle", "ringing", "talking", "procedure", "crisis", "report", "wrap-up", "settings-display")
"""Situations that are drawn in every size; the others at 1366x768 only, which keeps the folder small."""
USUAL = {"ko": "light", "en": "dark"}
"""The theme of a language where not every pair is drawn."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a situation."""

    situation: str
    language: str
    theme: str
    size: Size

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return f"{self.situation}-{self.size.name}-{self.language}-{self.theme}.webp"


def shots(situation: str, language: str, everything: bool = False) -> list[Shot]:
    """What is drawn of a situation in a language: the main ones in all sizes, and in both themes at the first size."""
    main = situation in MAIN
    return [
        Shot(situation, language, theme, size)
        for size in SIZES
        for theme in THEMES
        if everything
        or (theme == f"contrast_{USUAL[language]}" and situation in CONTRASTED and size is SIZES[0])
        or (theme == USUAL[language] and language in size.languages and (main or size is SIZES[0]))
        or (main and theme in PLAIN and size is SIZES[0])
    ]


class Camera:
    """Draws what is wanted and puts the window back; `taken` are the situations in their order."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        folder: Path,
        language: str,
        only: Sequence[str],
        everything: bool,
    ) -> None:
        self._desk, self._window, self._folder = desk, window, folder
        self._language, self._only, self._everything = language, only, everything
        self.taken: list[str] = []

    def shoot(self, situation: str, again: Callable[[], object] | None = None) -> None:
        """Take every picture of a situation; `again` brings back what does not last, before each."""
        self.taken.append(situation)
        if self._only and situation not in self._only:
            return
        for shot in shots(situation, self._language, self._everything):
            self._look(shot.theme, shot.size)
            if again is not None:
                self._desk.do(again)
            picture = self._still()
            writer = QImageWriter(str(self._folder / shot.file))
            writer.setQuality(LOSSLESS)
            if not writer.write(picture):
                raise OSError(f"{shot.file}: {writer.errorString()}")
            if (self._window.width(), self._window.height()) != (shot.size.width, shot.size.height):
                raise AssertionError(f"{shot.file}: the window is {self._window.size()}")
        self._look(THEMES[0], SIZES[0])

    def pass_by(self, situation: str) -> None:
        """A situation that is drawn in another language of the window only."""
        self.taken.append(situation)

    def _look(self, theme: str, size: Size) -> None:
        self._desk.settings.change(theme=theme.removeprefix("contrast_"), text_size=size.text)
        self._desk.do(partial(running_controller().wish_contrast, theme in CONTRAST))
        self._desk.do(partial(self._window.resize, size.width, size.height))
        self._desk.do(self._window.settings_changed)
        if look().folded:
            # What the situation brings to the front; a window that is folded meanwhile keeps the pane with the focus.
            self._desk.do(partial(self._window.stage.show_situation, self._window.situation))

    def _still(self) -> QImage:
        before = QImage()
        for _ in range(MOST_TRIES):
            self._desk.run(asyncio.sleep(STILL_S))
            picture = self._window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            if picture == before:
                return picture
            before = picture
        raise AssertionError("the window does not stand still")
