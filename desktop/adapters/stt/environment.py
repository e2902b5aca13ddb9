"""The environment of a process that runs Whisper, set before its interpreter starts."""

from __future__ import annotations

from desktop.adapters.stt.threads import most_threads


def speech_environment() -> dict[str, str]:
    """Variables to add to the child's environment.

    With waiting threads that spin, one foreign busy core makes decoding 10 to 60 times slower; threads that sleep
    while they wait cost a little on an idle machine and nothing on a busy one. How many of the threads that are allowed
    here decode is measured when a model is loaded.
    """
    threads = str(most_threads())
    return {
        "OMP_WAIT_POLICY": "PASSIVE",
        "KMP_BLOCKTIME": "0",
        "OMP_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUNBUFFERED": "1",
    }
