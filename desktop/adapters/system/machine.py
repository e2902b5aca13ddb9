"""What the machine has: memory and room on the disk, in bytes; its processor's cores and vectors."""

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

if sys.platform == "win32":
    # winnt.h: PF_AVX2_INSTRUCTIONS_AVAILABLE
    _AVX2_FEATURE = 40

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

    def has_avx2() -> bool | None:
        """Whether the processor has AVX2; None where the system does not say."""
        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_AVX2_FEATURE))

    def cores() -> int:
        """The processor's cores, at least one. Two threads of one core are counted for one everywhere."""
        return max(1, (os.cpu_count() or 1) // 2)

    def give_back_memory() -> None:
        """Nothing to do: this system's allocator gives back what was freed."""

    def forget_mapped(path: Path) -> None:
        """Nothing to do: this system counts the pages of a mapped file as the file's."""

    def share_arenas() -> None:
        """Nothing to do: the threads of a process share one heap here."""

else:
    # malloc.h: M_ARENA_MAX
    _ARENA_MAX = -8
    _ARENAS = 2
    # sys/mman.h
    _MADV_DONTNEED = 4

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

    def has_avx2() -> bool | None:
        """Whether the processor has AVX2; None where the system does not say."""
        flags = _processors().get("flags")
        return "avx2" in flags[0].split() if flags else None

    def cores() -> int:
        """The processor's cores, at least one; two threads of one core are one."""
        found = _processors()
        places = set(zip(found.get("physical id", []), found.get("core id", []), strict=False))
        return len(places) or os.cpu_count() or 1

    def give_back_memory() -> None:
        """Return the pages of what was freed to the system; glibc keeps them for what may come."""
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)

    def forget_mapped(path: Path) -> None:
        """Let go of the pages of a file that is mapped here for reading; they come back when they are read again."""
        with contextlib.suppress(OSError, AttributeError):  # a system without /proc, another C library
            advise = ctypes.CDLL(None).madvise
            for line in Path("/proc/self/maps").read_text().splitlines():
                if line.endswith(f" {path}"):
                    start, end = (int(each, 16) for each in line.split(maxsplit=1)[0].split("-"))
                    advise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_DONTNEED)

    def share_arenas() -> None:
        """Let the threads of this process share two heaps: glibc gives each its own, and each keeps what was freed."""
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)

    def _processors() -> dict[str, list[str]]:
        try:
            lines = Path("/proc/cpuinfo").read_text().splitlines()
        except OSError:
            return {}
        found: dict[str, list[str]] = {}
        for name, _, rest in (line.partition(":") for line in lines):
            found.setdefault(name.strip(), []).append(rest.strip())
        return found


def free_bytes(folder: Path) -> int:
    """Room on the disk of `folder`, or of its nearest parent that exists. Raises OSError."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
