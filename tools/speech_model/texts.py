"""What is said in the scenarios and asked in the sample answers: written words beside the words as they are read."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tools.render_voices import ROOT, SCENARIOS, Line, lines, load

ARTICLES = ROOT / "resources" / "faq" / "sample"
READ_AS_WRITTEN = re.compile(r"[가-힣 .?!,]+")
KEPT_BACK = 20  # one question of so many is never heard in training
CUT = re.compile(r"[.?!,…]+$")
CHO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3
VOWELS, CODAS = 21, 28
JAMO_CLASSES = 1 + len(CHO) + VOWELS + CODAS


@dataclass(frozen=True)
class Word:
    """One word: as a transcript shows it, and as it is read."""

    written: str
    said: str

    @property
    def bare(self) -> Word:
        """The same word without the punctuation at its end."""
        return Word(CUT.sub("", self.written), CUT.sub("", self.said))


Words = tuple[Word, ...]
HELLO: Words = (Word("여보세요?", "여보세요?"),)  # what every caller asks when nothing is heard for a while


def practice_lines(scenarios: tuple[str, ...]) -> list[Line]:
    """Return the spoken lines of these scenarios, in order."""
    return [line for line in lines(load(SCENARIOS)) if line.scenario in scenarios]


@functools.cache
def questions(*, trained: bool = True) -> tuple[Words, ...]:
    """Return what citizens ask in the Korean sample answers, in all its wordings, or what is kept back from training.

    Without those in which something is read otherwise than it is written.
    """
    files = [load(path) for path in sorted(ARTICLES.glob("ko*.yaml"))]
    asked = {
        text
        for file in files
        for entry in file["entries"]
        for text in (entry["question"], *entry.get("variants", ()))
        if READ_AS_WRITTEN.fullmatch(text)
    }
    return tuple(
        tuple(Word(word, word) for word in text.split())
        for number, text in enumerate(sorted(asked))
        if (number % KEPT_BACK > 0) is trained
    )


def words_of(line: Line) -> Words:
    """Pair the written words of a line with the words read; both sides have the same number."""
    written, said = line.text.split(), line.say.split()
    if len(written) != len(said):
        raise ValueError(f"{line.name}: {len(written)} words written, {len(said)} said")
    return tuple(Word(a, b) for a, b in zip(written, said, strict=True))


def phrases(words: Words) -> list[Words]:
    """Cut after every word that ends in punctuation, where the synthesiser pauses."""
    out: list[Words] = []
    run: list[Word] = []
    for word in words:
        run.append(word)
        if CUT.search(word.said):
            out.append(tuple(run))
            run = []
    if run:
        out.append(tuple(run))
    return out


def vocabulary(all_words: list[Words]) -> list[Word]:
    """Return every bare word once."""
    return sorted({word.bare for words in all_words for word in words}, key=lambda w: w.written)


def written(words: Words) -> str:
    """Return the words as a transcript shows them."""
    return " ".join(word.written for word in words)


def said(words: Words) -> str:
    """Return the words as the synthesiser gets them."""
    return " ".join(word.said for word in words)


def jamo(text: str) -> list[int]:
    """Return the letters of the Hangul syllables in a text as class numbers from 1; 0 is the CTC blank.

    The silent initial letter is left out, because there is nothing to hear.
    """
    out: list[int] = []
    for char in text:
        code = ord(char)
        if not FIRST_SYLLABLE <= code <= LAST_SYLLABLE:
            continue
        rest, coda = divmod(code - FIRST_SYLLABLE, CODAS)
        onset, vowel = divmod(rest, VOWELS)
        if CHO[onset] != "ㅇ":
            out.append(1 + onset)
        out.append(1 + len(CHO) + vowel)
        if coda:
            out.append(1 + len(CHO) + VOWELS + coda - 1)
    return out
