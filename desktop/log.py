"""Logs by subsystem: bounded, rotated files in the data folder, and a tail in memory for a report.

No transcript text, no secret and no full number belongs into a log; numbers and passwords that slip in are masked here.
"""

import logging
import logging.handlers
import os
import re
import sys
from collections import deque
from io import TextIOWrapper
from pathlib import Path

from desktop.paths import PRIVATE_FILE, private_folder

BYTES_PER_FILE = 1_000_000
OLD_FILES = 3
TAIL_LINES = 500
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_NUMBER = re.compile(
    r"(?<![\w.-])(?:\+82|0)[-\d]{7,14}(?!\w)|(?<=sip:)\+?[-\d]{7,15}|(?<=tel:)\+?[-\d]{7,15}"
)
_SECRET = re.compile(
    r"(?i)\b(password|passwd|secret|token|response|cnonce)(\"?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|\S+)"
)


def masked(text: str) -> str:
    """`text` with the middle of telephone numbers and the value of secrets taken out."""
    text = _SECRET.sub(lambda found: f"{found[1]}{found[2]}***", text)
    return _NUMBER.sub(lambda found: f"***{found[0][-2:]}", text)


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one masked text."""
        return masked(super().format(record))


class Tail(logging.Handler):
    """The last lines, in memory."""

    def __init__(self, lines: int = TAIL_LINES) -> None:
        super().__init__(logging.DEBUG)
        self.lines: deque[str] = deque(maxlen=lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the formatted record."""
        self.lines.append(self.format(record))


class PrivateRotatingFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only this user may read. On a full disk lines are left out; standard error has them."""

    def handleError(self, record: logging.LogRecord) -> None:
        """A page of traceback for each line that finds no room would hide the sentence that says so."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
        return TextIOWrapper(os.fdopen(number, "ab"), encoding=self.encoding)


def start(folder: Path, subsystem: str, verbose: bool = False) -> Tail:
    """Send this process's log to `folder/<subsystem>.log`, warnings (all with `verbose`) to standard error.

    A folder that cannot be written leaves standard error and the tail. Returns the tail.
    """
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    formatter = MaskingFormatter(FORMAT)
    tail = Tail()
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handlers: list[logging.Handler] = [tail, console]
    problem = ""
    try:
        private_folder(folder)
        handlers.append(
            PrivateRotatingFile(
                folder / f"{subsystem}.log", maxBytes=BYTES_PER_FILE, backupCount=OLD_FILES, encoding="utf-8"
            )
        )
    except OSError as error:
        problem = error.strerror or type(error).__name__
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    if problem:
        logging.getLogger("desktop.log").warning("no log file in %s (%s)", folder, problem)
    return tail
