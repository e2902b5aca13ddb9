"""The priority of a process: call audio must not wait for other programs."""

import contextlib
import os
import sys
from pathlib import Path

CALL_AUDIO_NICENESS = -10
HURRY_NICENESS = -5
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

    def hurry() -> None:
        """Nothing to do: children do not inherit a raised priority here."""

    def drop_raised_priority() -> None:
        """Nothing to do, as above."""

else:

    def raise_priority() -> bool:
        """Put this process before others; False where the system does not allow it."""
        return _set(CALL_AUDIO_NICENESS) and _set_group(CALL_AUDIO_NICENESS)

    def lower_priority() -> bool:
        """Put this process behind the window and the call; False where the system does not allow it."""
        return _set(BACKGROUND_NICENESS)

    def hurry() -> None:
        """Come before ordinary programs and after the sound of a call, where who started this one had raised its own
        priority: the phone does, which brings a desk back for a call that waits for its window."""
        if os.getpriority(os.PRIO_PROCESS, 0) < 0 and _set(HURRY_NICENESS) and _leads_its_session():
            _set_group(HURRY_NICENESS)

    def drop_raised_priority() -> None:
        """Be an ordinary process again, with all its threads, where this one had a raised priority."""
        if os.getpriority(os.PRIO_PROCESS, 0) >= 0:
            return
        for thread in os.listdir("/proc/self/task") if sys.platform == "linux" else ("0",):
            with contextlib.suppress(OSError):  # one that has just ended
                os.setpriority(os.PRIO_PROCESS, int(thread), 0)
        if _leads_its_session():
            _set_group(0)

    def _leads_its_session() -> bool:
        return os.getsid(0) == os.getpid()

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
