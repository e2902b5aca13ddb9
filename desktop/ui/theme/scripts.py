"""Which language's faces a text needs, by its letters: what callers say is not always in the window's language."""

from __future__ import annotations

import re

_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9d]")
_THAI = re.compile("[\u0e00-\u0e7f]")


def face_language(text: str, window: str) -> str:
    """`ja` where there is kana: its kanji would else come in Korean shapes, or from a system's Korean font. `th` where
    there is Thai, whose marks above and below need higher lines. Everything else looks as in `window`, its language.
    """
    if text.isascii():
        return window
    if _KANA.search(text):
        return "ja"
    return "th" if _THAI.search(text) else window
