"""Looking into a model file from outside: a child process does it, with bounded memory and time."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.domain.speech_models import InstallStopped, ModelRefused

LEAST_S = 90.0
BYTES_PER_SECOND = 4 << 20
"""A model is read, loaded and tried faster than this on a slow computer."""
LOOK_S = 0.2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a model file; the costs as SpeechModel has them."""

    dims: dict[str, int]
    languages: list[str]
    cost: float
    fast_cost: float | None = None

    def record(self) -> dict[str, object]:
        """As the desk keeps it."""
        return asdict(self)


class ContentCheck:
    """`argv` starts the process that looks into the file named behind it (`desktop.processes.model_check`)."""

    def __init__(self, argv: Sequence[str], least_s: float = LEAST_S) -> None:
        self._argv, self._least_s = list(argv), least_s

    def look(self, path: Path, shown: str, stopped: threading.Event) -> Content:
        """What is in the file at `path`, called `shown` in sentences. Raises ModelRefused, InstallStopped."""
        limit = self._least_s + path.stat().st_size / BYTES_PER_SECOND
        output = self._run(path, shown, limit, stopped)
        lines = output.decode("utf-8", "replace").splitlines()
        try:
            found = json.loads(lines[-1]) if lines else {}
        except ValueError:
            found = {}
        if isinstance(found, dict) and isinstance(found.get("refused"), str):
            raise ModelRefused(found["refused"].replace(str(path), shown))
        try:
            dims = {str(name): int(value) for name, value in found["dims"].items()}
            languages = [str(code) for code in found["languages"]]
            fast = found.get("fast_cost")
            return Content(dims, languages, float(found["cost"]), None if fast is None else float(fast))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # A file that ends the process is hostile, broken or too large for this computer.
            raise ModelRefused(
                f"{shown} can't be loaded on this computer: it is broken or needs more memory than there is; "
                "copy it again or choose a smaller speech model."
            ) from error

    def _run(self, path: Path, shown: str, limit_s: float, stopped: threading.Event) -> bytes:
        try:
            child = subprocess.Popen(
                [*self._argv, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ModelRefused(f"the check of {shown} can't be started ({error.strerror}).") from error
        end = time.monotonic() + limit_s
        with child:
            try:
                while True:
                    try:
                        output, _ = child.communicate(timeout=LOOK_S)
                        break
                    except subprocess.TimeoutExpired:
                        self._go_on(shown, end, stopped)
            finally:
                if child.poll() is None:
                    child.kill()
        if child.returncode:
            _log.warning("the check of a speech model ended with %s", child.returncode)
        return output

    @staticmethod
    def _go_on(shown: str, end: float, stopped: threading.Event) -> None:
        if stopped.is_set():
            raise InstallStopped
        if time.monotonic() > end:
            raise ModelRefused(
                f"{shown} takes too long to load and to try; choose a smaller speech model or a faster computer."
            )
