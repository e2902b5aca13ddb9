"""Hangul as it is typed: keys of the 2-set layout, composition, initial consonants, the Latin letters of the keys.

A *key* is one jamo as the 2-set (dubeolsik) keyboard has it: compound vowels and compound finals are two keys.
All functions take any string; what is not Hangul passes through unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
VOWEL_PAIRS = {
    "ㅘ": "ㅗㅏ",
    "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ",
    "ㅞ": "ㅜㅔ",
    "ㅟ": "ㅜㅣ",
    "ㅢ": "ㅡㅣ",
}
FINAL_PAIRS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
LATIN_KEYS = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
HANGUL_KEYS = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"

_PAIRS = VOWEL_PAIRS | FINAL_PAIRS
_JOIN_VOWELS = {pair: joined for joined, pair in VOWEL_PAIRS.items()}
_JOIN_FINALS = {pair: joined for joined, pair in FINAL_PAIRS.items()}
_TO_HANGUL = dict(zip(LATIN_KEYS, HANGUL_KEYS, strict=True))
_TO_LATIN = {jamo: key for key, jamo in _TO_HANGUL.items()}
_VOWELS = frozenset(MEDIALS)
_CONSONANTS = frozenset(INITIALS) | frozenset(FINALS[1:])
_FIRST_SYLLABLE = ord("가")


def is_syllable(char: str) -> bool:
    """Whether `char` is one whole syllable, 가 to 힣."""
    return "가" <= char <= "힣"


def is_consonant(char: str) -> bool:
    """Whether `char` is a lone consonant letter, compound finals included."""
    return char in _CONSONANTS


def is_vowel(char: str) -> bool:
    """Whether `char` is a lone vowel letter."""
    return char in _VOWELS


def split_syllable(char: str) -> tuple[str, str, str]:
    """Initial, medial and final ("" if none) of one syllable; ValueError for anything else."""
    if len(char) != 1 or not is_syllable(char):
        raise ValueError("not one Hangul syllable")
    place = ord(char) - _FIRST_SYLLABLE
    return INITIALS[place // 588], MEDIALS[place % 588 // 28], FINALS[place % 28]


def keys_of(char: str) -> str:
    """The keys that type one character; a character that is not Hangul is its own key."""
    if is_syllable(char):
        return "".join(_PAIRS.get(part, part) for part in split_syllable(char))
    return _PAIRS.get(char, char)


def keys(text: str) -> str:
    """The keys of a text, one jamo each: "여권" gives "ㅇㅕㄱㅜㅓㄴ"."""
    return "".join(map(keys_of, text))


class _Composer:
    """The state of a 2-set input method: the syllable being composed and what is finished."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._initial = self._medial = self._final = ""

    def flush(self) -> None:
        if self._initial and self._medial:
            place = INITIALS.index(self._initial) * 588 + MEDIALS.index(self._medial) * 28
            self.done.append(chr(_FIRST_SYLLABLE + place + FINALS.index(self._final)))
        else:
            self.done.append(self._initial or self._medial)
        self._initial = self._medial = self._final = ""

    def vowel(self, key: str) -> None:
        if self._final:
            # The final, or the second half of a compound one, becomes the next syllable's initial.
            pair = FINAL_PAIRS.get(self._final, self._final)
            self._final, moved = pair[:-1], pair[-1]
            self.flush()
            self._initial, self._medial = moved, key
        elif self._medial + key in _JOIN_VOWELS:
            self._medial = _JOIN_VOWELS[self._medial + key]
        else:
            if self._medial:
                self.flush()
            self._medial = key

    def consonant(self, key: str) -> None:
        if self._final + key in _JOIN_FINALS:
            self._final = _JOIN_FINALS[self._final + key]
        elif self._initial and self._medial and not self._final and key in FINALS:
            self._final = key
        else:
            self.flush()
            self._initial = key

    def other(self, key: str) -> None:
        self.flush()
        self.done.append(key)


def compose(jamos: Iterable[str]) -> str:
    """What a 2-set input method shows after these keys, the open syllable included."""
    composer = _Composer()
    for key in jamos:
        if key in _VOWELS:
            composer.vowel(key)
        elif key in INITIALS:
            composer.consonant(key)
        else:
            composer.other(key)
    composer.flush()
    return "".join(composer.done)


def to_latin(text: str) -> str:
    """The letters of the same keys with the Korean input method off: "여권" gives "durnjs"."""
    return "".join(_TO_LATIN.get(key, key) for key in keys(text))


def from_latin(text: str) -> str:
    """What the same keys give with the Korean input method on: "durnjs" gives "여권"."""
    return compose(_TO_HANGUL.get(char, _TO_HANGUL.get(char.lower(), char)) for char in text)


def choseong(text: str) -> str:
    """The initial consonant of every syllable; other characters stay."""
    return "".join(split_syllable(char)[0] if is_syllable(char) else char for char in text)
