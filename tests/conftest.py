"""What every test may use."""

import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

# A test without a display still runs; dev.py gives one.
if "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test writes into the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

Measured = Callable[[str, Mapping[str, object]], None]


@pytest.fixture
def measured() -> Measured:
    """Keeps what a long check found: a line a figure in `docs/measured/<name>-<date>.md` when dev.py asks for it."""

    def keep(name: str, figures: Mapping[str, object]) -> None:
        folder = os.environ.get("DASAN_DESK_MEASURED")
        lines = [f"- {what}: {value}" for what, value in figures.items()]
        print("\n".join(lines))
        if folder:
            date = datetime.now(UTC).date().isoformat()
            machine = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}"
            text = "\n".join([f"# {name}, {date}", "", f"Machine: {machine}", "", *lines, ""])
            (Path(folder) / f"{name}-{date}.md").write_text(text, encoding="utf-8")

    return keep
