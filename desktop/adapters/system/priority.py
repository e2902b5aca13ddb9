"""The priority of a process: call audio must not wait for other programs."""

import os
import sys
from pathlib import Path

CALL_AUDIO_NICENESS = -10
BACKGROUND_NICENESS = 10
# Windows: HIGH_PRIORITY_CLASS, BELOW_NORMAL_PRIORITY_CLASS
_HIGH_CLASS = 0x80
_BELOW_NORMAL_CLASS = 0x4000


if sys.platform == "win32":
    import ctypes

    def raise_priority() -> bool:
        """Put this process before others; False where the system does not allow it."""
        kernel = ctypes.windll.kernel32
        return bool(kernel.SetPriorityClass(kernel.GetCurrentProcess(), _HIGH_CLASS))

    def lower_priority() -> bool:
        """Put this process behind the window and the call; False where the system does not allow it."""
        kernel = ctypes.windll.kernel32
        return bool(kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_CLASS))

    def drop_raised_priority() -> None:
        """Nothing to do: children do not inherit it here."""

else:

    def raise_priority() -> bool:
        """Put this process before others; False where the system does not allow it."""
        return _set(CALL_AUDIO_NICENESS) and _set_group(CALL_AUDIO_NICENESS)

    def lower_priority() -> bool:
        """Put this process behind the window and the call; False where the system does not allow it."""
        return _set(BACKGROUND_NICENESS)

    def drop_raised_priority() -> None:
        """Be an ordinary process again, where whoever started this one had raised its own priority."""
        if os.getpriority(os.PRIO_PROCESS, 0) < 0:
            _set(0)

    def _set(niceness: int) -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, 0, niceness)
        except OSError:
            return False
        return True

    def _set_group(niceness: int) -> bool:
        # Where the kernel schedules sessions as groups, a thread's own niceness counts only within its session.
        group = Path("/proc/self/autogroup")
        if not group.exists():
            return True
        try:
            group.write_text(str(niceness))
        except OSError:
            return False
        return True
