"""A file that is being read: its encoding, and the question whether to go on."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.faq_import import ImportStopped

NAMES = {"utf-8-sig": "UTF-8", "cp949": "CP949"}
"""The encodings without a byte order mark that are read, likelier first, and how people call them."""
_PIECE = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Source:
    """A file and whether its reading was cancelled in the meantime; asked from the reading thread, often."""

    path: Path
    cancelled: Callable[[], bool] = _never

    def go_on(self) -> None:
        """Raise ImportStopped where the import was cancelled."""
        if self.cancelled():
            raise ImportStopped

    def marked_encoding(self) -> str:
        """The encoding that a byte order mark tells, or ""."""
        with self.path.open("rb") as file:
            start = file.read(4)
        return next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), "")

    def likely_encoding(self) -> str:
        """UTF-8 where the whole file is that, else CP949 where it is that, else the one that fits more lines."""
        found = next((name for name in NAMES if self._is(name)), "")
        return found or min(NAMES, key=self._misfits)

    def _is(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        try:
            with self.path.open("rb") as file:
                while piece := file.read(_PIECE):
                    self.go_on()
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True

    def _misfits(self, encoding: str) -> int:
        """How many lines are not in an encoding in which the line break is a byte of its own."""
        count = 0
        with self.path.open("rb") as file:
            while line := file.readline(_PIECE):
                self.go_on()
                try:
                    line.decode(encoding)
                except UnicodeDecodeError:
                    count += 1
        return count
