"""The environment of a process that runs Whisper, set before its interpreter starts."""

from __future__ import annotations


def speech_environment() -> dict[str, str]:
    """Variables to add to the child's environment.

    With waiting threads that spin, one foreign busy core makes decoding 10 to 60 times slower; one thread that
    sleeps while it waits costs a little on an idle machine and nothing on a busy one.
    """
    return {
        "OMP_WAIT_POLICY": "PASSIVE",
        "KMP_BLOCKTIME": "0",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUNBUFFERED": "1",
    }
