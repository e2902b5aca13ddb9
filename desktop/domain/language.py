"""Which language a citizen speaks, told by the letters of what was written down."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

LANGUAGES = ("ko", "en", "vi", "mn", "th", "ja")
"""What is spoken in calls, as codes."""

LEAST_LETTERS = 12
"""Fewer letters tell nothing: a name or a number may be in any script."""

_SCRIPTS = (("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("THAI", "th"), ("CYRILLIC", "mn"))
_VIETNAMESE = set(
    "ăâđêôơưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
)
_VIETNAMESE_SHARE = 0.04
"""Of Latin letters: Vietnamese has some in nearly every word, an English text with a name in it does not."""


class SpokenLanguage:
    """Counts letters line by line, so that a long call need not be read again for each new line."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._latin = self._marked = 0

    def add(self, text: str) -> None:
        """What was said next."""
        for letter in unicodedata.normalize("NFC", text):
            if not letter.isalpha():
                continue
            name = unicodedata.name(letter, "")
            found = next((language for script, language in _SCRIPTS if name.startswith(script)), "")
            if found:
                self._counts[found] += 1
            elif name.startswith("LATIN"):
                self._latin += 1
                self._marked += letter.lower() in _VIETNAMESE

    @property
    def language(self) -> str:
        """One of ko, en, vi, mn, th, ja for what was said in most letters; "" where that is not clear."""
        counts = self._counts.copy()
        if self._latin:
            counts["vi" if self._marked >= self._latin * _VIETNAMESE_SHARE else "en"] += self._latin
        # Kanji belong to no language alone; kana beside them do.
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < LEAST_LETTERS:
            return ""
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1] else ""


def spoken_language(texts: Iterable[str]) -> str:
    """The language of some lines, see `SpokenLanguage.language`."""
    spoken = SpokenLanguage()
    for text in texts:
        spoken.add(text)
    return spoken.language
