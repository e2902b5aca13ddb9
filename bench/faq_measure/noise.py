"""What goes wrong between a citizen's or agent's words and the query: fingers, spaces, and a recogniser's ear."""

from __future__ import annotations

import random
from collections.abc import Callable

from desktop.domain import hangul

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEY_OF = dict(zip(hangul.HANGUL_KEYS, hangul.LATIN_KEYS, strict=True))
_JAMO_OF = dict(zip(hangul.LATIN_KEYS, hangul.HANGUL_KEYS, strict=True))
_MOST_TRIES = 50


def _neighbours() -> dict[str, str]:
    places = {key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
    near = {
        key: [
            other
            for other, (line, place) in places.items()
            if other != key and abs(line - row) <= 1 and abs(place - column) <= 1
        ]
        for key, (row, column) in places.items()
    }
    found = {}
    for jamo, key in _KEY_OF.items():
        others = [other.upper() if key.isupper() else other for other in near[key.lower()]]
        found[jamo] = "".join(dict.fromkeys(_JAMO_OF.get(other, _JAMO_OF[other.lower()]) for other in others))
    return found


NEIGHBOURS = _neighbours()
"""For each jamo of the 2-set keyboard those on the keys around it, with the same shift where there is one."""


def typo(text: str, chance: random.Random) -> str:
    """One jamo replaced by a neighbour key, dropped, joined by one, or swapped with the next; composed again."""
    keys = hangul.keys(text)
    places = [place for place, key in enumerate(keys) if key in NEIGHBOURS]
    for _ in range(_MOST_TRIES if places else 0):
        place, way = chance.choice(places), chance.randrange(4)
        near = chance.choice(NEIGHBOURS[keys[place]])
        changed = (
            keys[:place] + near + keys[place + 1 :],
            keys[:place] + keys[place + 1 :],
            keys[: place + 1] + near + keys[place + 1 :],
            keys[:place] + keys[place + 1 : place + 2] + keys[place] + keys[place + 2 :],
        )[way]
        written = hangul.compose(changed)
        if written != text and written.strip():
            return written
    return text


def partial(text: str, chance: random.Random) -> str:
    """Cut inside the last word with at least 60 % of its keys in, as the input method shows it."""
    head, space, last = text.rpartition(" ")
    keys = hangul.keys(last)
    least = -(-6 * len(keys) // 10)
    return head + space + hangul.compose(keys[: chance.randint(least, max(least, len(keys) - 1))])


def spacing(text: str, chance: random.Random) -> str:
    """The words joined, or one of them split."""
    words = text.split()
    longer = [place for place, word in enumerate(words) if len(word) > 2]
    if longer and (len(words) < 2 or chance.random() < 0.5):
        place = chance.choice(longer)
        cut = chance.randint(1, len(words[place]) - 1)
        words[place] = words[place][:cut] + " " + words[place][cut:]
        return " ".join(words)
    return "".join(words)


_Syllable = tuple[str, str, str]
_NASAL = dict(zip("ㄱㄲㅋㄷㅅㅆㅈㅊㅌㅂㅍ", "ㅇㅇㅇㄴㄴㄴㄴㄴㄴㅁㅁ", strict=True))
_TENSE = dict(zip("ㄱㄷㅂㅅㅈ", "ㄲㄸㅃㅆㅉ", strict=True))
_STOPS = frozenset("ㄱㄲㅋㄷㅅㅆㅈㅊㅌㅂㅍ")
_MERGED = {
    "ㅐ": "ㅔ", "ㅔ": "ㅐ", "ㅒ": "ㅖ", "ㅖ": "ㅔ", "ㅚ": "ㅙ", "ㅙ": "ㅞ", "ㅞ": "ㅚ", "ㅢ": "ㅣ",
    "ㅝ": "ㅓ", "ㅟ": "ㅣ",
}  # fmt: skip


def _liaison(left: _Syllable, right: _Syllable) -> tuple[_Syllable, _Syllable] | None:
    if right[0] != "ㅇ" or left[2] in ("", "ㅇ"):
        return None
    pair = hangul.FINAL_PAIRS.get(left[2], left[2])
    if pair[-1] == "ㅎ":
        return (left[0], left[1], pair[:-1]), right
    return (left[0], left[1], pair[:-1]), (pair[-1], right[1], right[2])


def _nasal(left: _Syllable, right: _Syllable) -> tuple[_Syllable, _Syllable] | None:
    if right[0] in "ㄴㅁ" and left[2] in _NASAL:
        return (left[0], left[1], _NASAL[left[2]]), right
    if right[0] == "ㄹ" and left[2] in ("ㅁ", "ㅇ"):
        return left, ("ㄴ", right[1], right[2])
    if right[0] == "ㄹ" and left[2] in _NASAL:
        return (left[0], left[1], _NASAL[left[2]]), ("ㄴ", right[1], right[2])
    return None


def _tense(left: _Syllable, right: _Syllable) -> tuple[_Syllable, _Syllable] | None:
    if left[2] in _STOPS and right[0] in _TENSE:
        return left, (_TENSE[right[0]], right[1], right[2])
    return None


def _merged(left: _Syllable, right: _Syllable) -> tuple[_Syllable, _Syllable] | None:
    if left[1] in _MERGED:
        return (left[0], _MERGED[left[1]], left[2]), right
    return None


def _lost(left: _Syllable, right: _Syllable) -> tuple[_Syllable, _Syllable] | None:
    return ((left[0], left[1], ""), right) if left[2] else None


_RULES: tuple[Callable[[_Syllable, _Syllable], tuple[_Syllable, _Syllable] | None], ...] = (
    _liaison,
    _nasal,
    _tense,
    _merged,
    _lost,
)
_NOTHING: _Syllable = ("", "", "")


def _join(syllable: _Syllable) -> str:
    if not syllable[1]:
        return ""
    place = hangul.INITIALS.index(syllable[0]) * 588 + hangul.MEDIALS.index(syllable[1]) * 28
    return chr(ord("가") + place + hangul.FINALS.index(syllable[2]))


def respell(word: str, chance: random.Random) -> str:
    """The word as a recogniser may write it: one change by liaison, nasalisation, tensing, a merger, a lost final."""
    found: dict[str, list[str]] = {}
    for place, char in enumerate(word):
        if not hangul.is_syllable(char):
            continue
        after = word[place + 1 : place + 2]
        right = hangul.split_syllable(after) if hangul.is_syllable(after) else _NOTHING
        for rule in _RULES:
            changed = rule(hangul.split_syllable(char), right)
            if changed is not None:
                end = _join(changed[1]) if right[1] else after
                written = word[:place] + _join(changed[0]) + end + word[place + 2 :]
                found.setdefault(rule.__name__, []).append(written)
    # First the rule, then the place: nearly every word has a final to lose, and few have a nasal to meet.
    return chance.choice(found[chance.choice(list(found))]) if found else word


def heard(
    words: list[str], chance: random.Random, share: float = 0.15, lost: float = 0.06, added: float = 0.03
) -> str:
    """Spoken words as a recogniser writes them: a share of them respelt, spaces lost or added."""
    text = ""
    for word in words:
        said = respell(word, chance) if chance.random() < share else word
        if len(said) > 2 and chance.random() < added:
            cut = chance.randint(1, len(said) - 1)
            said = f"{said[:cut]} {said[cut:]}"
        text += said if not text or chance.random() < lost else f" {said}"
    return text
