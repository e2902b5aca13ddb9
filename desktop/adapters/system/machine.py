"""What the machine has: memory and room on the disk, in bytes."""

import shutil
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes

    class _MemoryStatus(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    def memory() -> tuple[int, int]:
        """Total and available memory; zeros where the system does not say."""
        status = _MemoryStatus()
        status.length = ctypes.sizeof(status)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return (0, 0)
        return (int(status.total), int(status.available))

else:

    def memory() -> tuple[int, int]:
        """Total and available memory; zeros where the system does not say."""
        try:
            lines = Path("/proc/meminfo").read_text().splitlines()
        except OSError:
            return (0, 0)
        found = {
            name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)
        }
        return (found.get("MemTotal", 0), found.get("MemAvailable", 0))


def free_bytes(folder: Path) -> int:
    """Room on the disk of `folder`, or of its nearest parent that exists. Raises OSError."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
