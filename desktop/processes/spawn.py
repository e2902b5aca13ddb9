"""How a child process of the desk is started: the one place that a frozen build has to change."""

import sys


def command(process: str, *arguments: str) -> list[str]:
    """The argv that starts `desktop.processes.<process>` with `arguments`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "_process", process, *arguments]
    return [sys.executable, "-m", "desktop", "_process", process, *arguments]
