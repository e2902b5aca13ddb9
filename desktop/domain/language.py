"""Which language a citizen speaks, told by the letters of what was written down."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

LEAST_LETTERS = 12
"""Fewer letters tell nothing: a name or a number may be in any script."""

_SCRIPTS = (("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("THAI", "th"), ("CYRILLIC", "mn"))
_VIETNAMESE = set(
    "ăâđêôơưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
)
_VIETNAMESE_SHARE = 0.04
"""Of Latin letters: Vietnamese has some in nearly every word, an English text with a name in it does not."""


def spoken_language(texts: Iterable[str]) -> str:
    """One of ko, en, vi, mn, th, ja for what was said in most letters; "" where that is not clear."""
    counts: Counter[str] = Counter()
    latin = marked = 0
    for letter in unicodedata.normalize("NFC", " ".join(texts)):
        if not letter.isalpha():
            continue
        name = unicodedata.name(letter, "")
        found = next((language for script, language in _SCRIPTS if name.startswith(script)), "")
        if found:
            counts[found] += 1
        elif name.startswith("LATIN"):
            latin += 1
            marked += letter.lower() in _VIETNAMESE
    if latin:
        counts["vi" if marked >= latin * _VIETNAMESE_SHARE else "en"] += latin
    # Kanji belong to no language alone; kana beside them do.
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < LEAST_LETTERS:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1] else ""
