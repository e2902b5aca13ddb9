"""What memory this process holds, and that it, before others, gives way where the machine runs out of it."""

import contextlib
import os
import sys
from pathlib import Path

FIRST_TO_GO = 500
"""Of 1000: the kernel ends such a process before the desk and the call."""


if sys.platform == "win32":
    import ctypes

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", ctypes.c_ulong),
            ("page_faults", ctypes.c_ulong),
            *((f"size{number}", ctypes.c_size_t) for number in range(8)),
        )

    def held_memory() -> int:
        """Bytes of this process that are in memory; 0 where the system does not say."""
        counters = _Counters()
        counters.cb = ctypes.sizeof(counters)
        kernel = ctypes.windll.kernel32
        if not kernel.K32GetProcessMemoryInfo(
            kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb
        ):
            return 0
        return int(counters.size1)  # WorkingSetSize

    def limit_memory(most: int) -> bool:
        """Nothing here: a job object would take the children of this process with it."""
        return False

    def give_way() -> None:
        """Nothing here: the system asks nobody to end."""

else:
    import resource

    def held_memory() -> int:
        """Bytes of this process that are in memory; 0 where the system does not say."""
        try:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")

    def limit_memory(most: int) -> bool:
        """Let no more than `most` bytes of data be asked for from now on: who asks for more gets an error."""
        try:
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        except (OSError, ValueError):
            return False
        return True

    def give_way() -> None:
        """Where the kernel has to end a process for want of memory, let it be this one."""
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(str(FIRST_TO_GO))
