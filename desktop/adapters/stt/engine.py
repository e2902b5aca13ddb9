"""The port behind which a recogniser sits; nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.sound import Floats

NO_MEMORY = ("allocate memory", "could not create a primitive", "could not create a memory")


class Engine(Protocol):
    """What turns a stretch of sound into tokens, and tokens into bytes of UTF-8."""

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        """Decode float32 sound at 16 kHz, `prefix` tokens first; None where `abort` said so."""
        ...

    def speaking(self, language: str) -> Engine:
        """The same model for another language (a code); itself where it knows no other."""
        ...

    def content(self, tokens: Sequence[int]) -> bytes:
        """The bytes that tokens stand for; they may end inside a character."""
        ...


def lacks_memory(error: BaseException) -> bool:
    """Whether an engine failed because it got no memory; torch and oneDNN say so in the words of a RuntimeError."""
    words = str(error)
    return isinstance(error, MemoryError) or any(each in words for each in NO_MEMORY)
