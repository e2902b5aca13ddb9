"""Whether another process has been stopped (a signal, a debugger) and does nothing until it is told to go on."""

import sys
from pathlib import Path

STOPPED = ("T", "t")


def is_stopped(pid: int) -> bool:
    """True where the system says so; where it says nothing (Windows, no such process), False."""
    if sys.platform != "linux":
        return False
    try:
        # "pid (name) state ...": the name may hold spaces and brackets.
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[:1] in ([state] for state in STOPPED)
