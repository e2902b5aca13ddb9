"""Where the rules of a lexicon stand in a text: words with their borders, frames, exceptions, contexts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.abuse_rules import text as texts
from desktop.domain.abuse_rules.frames import FrameIndex
from desktop.domain.abuse_rules.lexicon import Lexicon, Rule
from desktop.domain.abuse_rules.said import HIT, Said, prepare
from desktop.domain.abuse_rules.text import View

_VOCATIVE = "놈년새끼아것들같럼롬련로네넘"
"""What may follow a swear word that was said in two breaths."""
_LAUGHTER = "ㅋㅎㅠㅜㅡ"
_MOST_HITS = 40
_ENDING = 6
_NO_LETTERS = re.compile(rf"[^\w{HIT}]")
_COVERED = {"INSULT": ("PROFANITY", "SEXUAL", "THREAT"), "PROFANITY": ("SEXUAL",)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fits, its stretch of the view, and that of the source."""

    rule: Rule
    start: int
    end: int
    view: View
    place: tuple[int, int]


@dataclass(slots=True)
class _Words:
    rule: Rule
    needles: tuple[str, ...]
    pattern: re.Pattern[str]


class Matcher:
    """Looks for the rules of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.korean = lexicon.style == "syllables"
        self._before = tuple(lexicon.before)
        self._words = [self._compiled(rule) for rule in lexicon.rules if rule.words]
        self._owners = [rule for rule in lexicon.rules for _ in rule.frames]
        self._frames = FrameIndex([frame for rule in lexicon.rules for frame in rule.frames])
        self._exceptions = {rule.id: FrameIndex(rule.exceptions) for rule in lexicon.rules}
        self._contexts = {name: FrameIndex(frames) for name, frames in lexicon.contexts.items()}
        self._enquiry = FrameIndex(lexicon.enquiry)

    def hits(self, source: str) -> list[Hit]:
        """All hits in a clean text that no exception and no context takes away."""
        plain = texts.plain(source, self.korean)
        tight = texts.tight(plain, self.korean)
        found: dict[tuple[str, int, int], Hit] = {}
        for view in (plain,) if tight.text == plain.text else (plain, tight):
            for hit in self._in_view(view):
                found.setdefault((hit.rule.id, *hit.place), hit)
        kept = sorted(found.values(), key=lambda hit: hit.place)[:_MOST_HITS]
        left = [hit for hit in kept if not self._taken_away(hit)]
        # What is an insult only by its swear word, or swears only by what it asks for, is counted once, as that.
        graver = {
            label: [hit.place for hit in left if hit.rule.label in over] for label, over in _COVERED.items()
        }
        return [hit for hit in left if not _touches(hit.place, graver.get(hit.rule.label, []))]

    def aimed(self, hit: Hit) -> bool:
        """Whether the words are plainly meant for the agent."""
        return self._in_context("aimed", hit)

    def enquires(self, source: str) -> bool:
        """Whether a clean text asks for a service, as plain enquiries do."""
        said = prepare(texts.plain(source, self.korean).text, self.lexicon.style)
        return any(True for _ in self._enquiry.find(said))

    def excepted_by_site(self, source: str) -> bool:
        """Whether an exception of a rule that a site's file adds to stands in a clean text."""
        exceptions = [self._exceptions[rule.id] for rule in self.lexicon.rules if rule.id in self.lexicon.own]
        if not exceptions:
            return False
        said = prepare(texts.plain(source, self.korean).text, self.lexicon.style)
        return any(True for index in exceptions for _ in index.find(said))

    def _compiled(self, rule: Rule) -> _Words:
        words = sorted(rule.words, key=len, reverse=True)
        if self.lexicon.style == "words":
            forms = [
                re.escape(word.strip("*")) + (r"\w*" if word.endswith("*") else r"(?!\w)") for word in words
            ]
            body = r"(?<!\w)(?:" + "|".join(form.replace("_", r"[\s\-'’.]{0,2}") for form in forms) + ")"
        elif self.korean:
            body = "|".join(" ?".join(map(re.escape, word)) for word in words)
        else:
            body = "|".join(map(re.escape, words))
        needles = {word.strip("*").replace("_", "") for word in words}
        return _Words(rule, tuple(sorted(needles)), re.compile(body))

    def _in_view(self, view: View) -> Iterator[Hit]:
        said = prepare(view.text, self.lexicon.style)
        bare = _NO_LETTERS.sub("", view.text) if self.lexicon.style == "words" else said.bare
        for words in self._words:
            if any(map(bare.__contains__, words.needles)):
                spans = (match.span() for match in words.pattern.finditer(view.text))
                bordered = (each for each in spans if self._bordered(view.text, *each, words.rule))
                yield from self._unexcepted(words.rule, bordered, view, said)
        found: dict[str, list[tuple[int, int]]] = {}
        for number, span in self._frames.find(said):
            found.setdefault(self._owners[number].id, []).append(span)
        for rule in self.lexicon.rules:
            yield from self._unexcepted(rule, found.get(rule.id, ()), view, said)

    def _unexcepted(
        self, rule: Rule, spans: Iterable[tuple[int, int]], view: View, said: Said
    ) -> Iterator[Hit]:
        exceptions: list[tuple[int, int]] | None = None
        for start, end in spans:
            if exceptions is None:
                if any(True for frame in rule.unless for _ in frame.find(said)):
                    return
                exceptions = [span for _, span in self._exceptions[rule.id].find(said)]
            if not any(start < last and first < end for first, last in exceptions):
                yield Hit(rule, start, end, view, view.place(start, end))

    def _bordered(self, text: str, start: int, end: int, rule: Rule) -> bool:
        if not self.korean:
            return True
        word, before, after = text[start:end], text[:start].rstrip(" "), text[end : end + 1]
        glued = start > 0 and text[start - 1] != " "
        if word[0] < "가":
            # Initials: not a part of a longer row of them.
            return not (glued and "ㄱ" <= text[start - 1] <= "ㅣ" and text[start - 1] not in _LAUGHTER)
        if " " in word and not (rule.anywhere and len(word) > 3):
            last = before.rsplit(" ", 1)[-1].strip(".,!?~")
            heard_alone = not last or not before[-1].isalnum() or last in self.lexicon.alone
            return (
                not glued
                and heard_alone
                and (len(word) > 3 or not texts.is_korean(after) or after in _VOCATIVE)
            )
        if rule.anywhere or not glued or not (texts.is_korean(text[start - 1]) or text[start - 1].isdigit()):
            return True
        return text[:start].endswith(self._before)

    def _taken_away(self, hit: Hit) -> bool:
        label = hit.rule.label
        if label not in ("CRISIS", "PERSISTENT") and (
            self._in_context("denied", hit)
            or (self._in_context("reported", hit) and not self._in_context("own_words", hit))
        ):
            return True
        return hit.rule.mild and (self._in_context("self", hit) or self._in_context("thing", hit))

    def _in_context(self, name: str, hit: Hit) -> bool:
        contexts = self._contexts.get(name)
        if contexts is None:
            return False
        before, after = hit.view.text[: hit.start] + HIT, hit.view.text[hit.end :]
        # A frame may have taken the ending that tells of a quotation with it.
        ending = hit.view.text[max(hit.start + 2, hit.end - _ENDING) : hit.end]
        lost = self.korean and texts.borders_lost(hit.view.text)
        for text in (before + after, before + ending + after):
            said = prepare(text, self.lexicon.style)
            said.lost = lost
            if any(True for _ in contexts.find(said)):
                return True
        return False


def _touches(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)
