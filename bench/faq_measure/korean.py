"""Korean nouns and their particles, as far as titles and queries have to be made from other titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain import hangul
from desktop.domain.faq import Article

AFTER_FINAL = {"topic": "은", "subject": "이", "object": "을", "with": "과", "by": "으로", "or": "이나"}
AFTER_VOWEL = {"topic": "는", "subject": "가", "object": "를", "with": "와", "by": "로", "or": "나"}
ROLES = tuple(AFTER_FINAL)
"""What a particle whose form depends on the noun says about it; any other particle is its own role."""
FIXED = ("에서는", "에서", "에는", "에게", "까지", "부터", "에", "의", "도", "만")

_NO_NOUNS = frozenset(["물이", "있는", "없는", "많은", "찾아가는"])
"""Words that stand in keywords without being nouns."""
_BARE = re.compile(r"[가-힣A-Za-z0-9-]+")
_SYLLABLES = re.compile("[가-힣]{2,10}")


def has_final(word: str) -> bool:
    """Whether the last syllable ends in a consonant; False where the last character is no syllable."""
    return hangul.is_syllable(word[-1:]) and bool(hangul.split_syllable(word[-1])[2])


def particle(noun: str, role: str) -> str:
    """The particle of a role as this noun takes it; a fixed particle is returned as it is."""
    if role == "by" and hangul.is_syllable(noun[-1:]) and hangul.split_syllable(noun[-1])[2] == "ㄹ":
        return "로"
    return (AFTER_FINAL if has_final(noun) else AFTER_VOWEL).get(role, role)


def attach(noun: str, role: str) -> str:
    """The noun with its particle: "수도요금", "object" gives "수도요금을"."""
    return noun + particle(noun, role)


def bare_words(text: str) -> list[str]:
    """The words of a text without punctuation, case kept."""
    return _BARE.findall(text)


@dataclass(frozen=True, slots=True)
class Nouns:
    """Words known to be nouns: what articles name as keywords, word by word."""

    known: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Nouns:
        """The Korean nouns that articles have as keywords or as parts of their categories."""
        texts = [text for article in articles for text in (*article.keywords, article.category)]
        words = [word for text in texts for word in bare_words(text)]
        return cls(frozenset(word for word in words if _SYLLABLES.fullmatch(word)) - _NO_NOUNS)

    def read(self, word: str) -> tuple[str, str] | None:
        """Noun and role of a word ("" without particle); None where it is not a noun that is known."""
        if word in self.known:
            return word, ""
        for role in (*ROLES, *FIXED):
            for noun in (word.removesuffix(form) for form in _forms(role) if word.endswith(form)):
                if noun in self.known and attach(noun, role) == word:
                    return noun, role
        return None

    def stems(self, text: str) -> list[str]:
        """The different nouns of a text in their order, particles dropped."""
        found = [read[0] for word in bare_words(text) if (read := self.read(word))]
        return list(dict.fromkeys(found))


def _forms(role: str) -> tuple[str, ...]:
    if role in AFTER_FINAL:
        return tuple(dict.fromkeys((AFTER_FINAL[role], AFTER_VOWEL[role])))
    return (role,)


def swap(text: str, old: str, new: str) -> str:
    """`text` with one noun in the place of another, the particle behind it made to fit."""
    forms = {form: role for role in ROLES for form in _forms(role)}
    found = re.compile(re.escape(old) + f"({'|'.join(sorted(forms, key=len, reverse=True))})?(?![가-힣])")
    return found.sub(lambda match: attach(new, forms[match[1]]) if match[1] else new, text)
