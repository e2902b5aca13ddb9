"""Hints of abuse and crisis in what a caller says: rules, and what was learnt from sentences; never a decision.

The agent's own words are never judged. A caller in crisis is not an abuser: words of crisis outrank all others, and
abuse is named beside them only where it is plainly meant for the agent. docs/abuse.md says what the rules can't do.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.abuse_rules import reasons
from desktop.domain.abuse_rules import text as texts
from desktop.domain.abuse_rules.calls import JOINED_S, RANKS, CallMemory
from desktop.domain.abuse_rules.lexicon import LABELS, USUAL_SEVERITY, Lexicon
from desktop.domain.abuse_rules.matching import Hit, Matcher
from desktop.domain.abuse_rules.weighing import Weighed, weigh
from desktop.domain.abuse_rules.weights import Weights
from desktop.domain.transcript import Leg

MOST_CALLS = 500
"""Calls that are remembered; the one heard of least recently is forgotten first."""
MOST_MATCHED = 12
LONGEST_ACROSS = 16
"""Characters of what may reach over the border of two segments: a word or a short phrase."""
_TAIL = 24
LEARNT = "learnt"
"""The name that stands for the weights where a rule's would."""
_SCRIPTS = (
    ("ko", re.compile("[가-힣ㄱ-ㅣ]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("mn", re.compile("[\u0400-\u04ff]")),
)
_LATIN_WORD = re.compile(r"(?<![a-z])[a-z]{3,}(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """Committed words of one side. `at`: seconds of the call's clock; `language`: ko, en, ja, vi, th, mn or another."""

    call_id: str
    at: float
    language: str
    leg: Leg
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fits: `about` is the message id (see abuse_rules.reasons)."""

    label: str
    rule: str
    about: str
    severity: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a turn deserves: `labels` in fixed order, `severity` L0..L4 or C, `matched` words as they stand in the text.

    `alert`: whether the agent would be shown something new.
    """

    labels: tuple[str, ...] = ()
    severity: str = "L0"
    matched: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    alert: bool = False

    @property
    def why(self) -> str:
        """A short English sentence for each label; "" where nothing was found."""
        return " ".join(reasons.sentence(each.about, each.rule, each.label) for each in self.reasons)


NOTHING = Verdict()
_Found = tuple[Hit, Matcher, tuple[int, int]]


class Detector:
    """Judges turns by the lexicons and, for the languages that have them, by weights; remembers calls."""

    def __init__(self, lexicons: Mapping[str, Lexicon], models: Mapping[str, Weights] | None = None) -> None:
        self._matchers: dict[str, Matcher] = {}
        self._models: dict[str, Weights] = {}
        self._calls: OrderedDict[str, CallMemory] = OrderedDict()
        self.add(lexicons, models or {})

    def add(self, lexicons: Mapping[str, Lexicon], models: Mapping[str, Weights]) -> None:
        """Judge by more languages."""
        self._matchers |= {language: Matcher(lexicon) for language, lexicon in lexicons.items()}
        self._models |= models

    @staticmethod
    def wanted(language: str, text: str) -> set[str]:
        """The languages by whose words a text is judged."""
        return _wanted(language, texts.clean(text))

    def judge(self, turn: Turn) -> Verdict:
        """What this turn deserves. Turns of one call come in order."""
        call = self._calls.setdefault(turn.call_id, CallMemory(turn.at, turn.at))
        self._calls.move_to_end(turn.call_id)
        if len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)
        now = call.tick(turn.at)
        source = texts.clean(turn.text)
        if turn.leg is not Leg.CALLER:
            if turn.leg is Leg.AGENT:
                call.asked_again = self._says(turn.language, "again", source)
            return NOTHING
        if not source.strip():
            return NOTHING
        matchers = self._for(turn.language, source)
        found = [(hit, matcher, hit.place) for matcher in matchers for hit in matcher.hits(source)]
        if now - call.words_at <= JOINED_S:
            found += self._across(turn.language, call.words, source)
        call.words, call.words_at = source[-_TAIL:], now
        weighed = self._weighed(matchers, turn.language, source)
        kept = _without_abuse_in_crisis(_believed(found, weighed))
        told = [Reason(hit.rule.label, hit.rule.id, hit.rule.about, hit.rule.severity) for hit, _, _ in kept]
        words = [source[start:end] for _, _, (start, end) in kept]
        if weighed:
            _add_weighed(weighed, told, words)
        told += self._call_level(call, turn, source)
        verdict = _verdict(told, words)
        call.asked_again = False
        if not verdict.labels:
            return verdict
        alert = call.is_new(verdict.severity, verdict.labels)
        return Verdict(verdict.labels, verdict.severity, verdict.matched, verdict.reasons, alert)

    def glance(self, language: str, text: str) -> tuple[str, ...]:
        """The words of running speech that a rule fits, as they stand in it.

        Running speech may still change: nothing of it is remembered, counted or joined with what was said before.
        """
        source = texts.clean(text)
        found = [
            (hit, matcher, hit.place)
            for matcher in self._for(language, source)
            for hit in matcher.hits(source)
        ]
        return _words([source[start:end] for _, _, (start, end) in _without_abuse_in_crisis(found)])

    def _for(self, language: str, source: str) -> list[Matcher]:
        """The matchers that are there of the languages that a clean text wants."""
        wanted = _wanted(language, source)
        return [self._matchers[name] for name in sorted(wanted) if name in self._matchers]

    def _weighed(self, matchers: list[Matcher], language: str, source: str) -> Weighed | None:
        """What the weights of the text's own language say; nothing where a site's own exception stands in it."""
        if any(matcher.excepted_by_site(source) for matcher in matchers):
            return None
        written = _written_in(language, source)
        enquires = written in self._matchers and self._matchers[written].enquires(source)
        return weigh(self._models, written, source, enquires)

    def _across(self, language: str, before: str, source: str) -> list[_Found]:
        """Words that began in the caller's segment before: the hits that reach over the border."""
        found: list[_Found] = []
        for between in ("", " "):
            start = len(before) + len(between)
            for matcher in self._for(language, source):
                for hit in matcher.hits(before + between + source[:_TAIL]):
                    reaches = hit.place[0] < len(before) and hit.place[1] > start
                    if (
                        reaches
                        and hit.rule.label != "INSULT"
                        and hit.place[1] - hit.place[0] <= LONGEST_ACROSS
                    ):
                        found.append((hit, matcher, (0, hit.place[1] - start)))
        return found

    def _call_level(self, call: CallMemory, turn: Turn, source: str) -> list[Reason]:
        told: list[Reason] = []
        if call.repeated(source):
            told.append(Reason("PERSISTENT", "call.repeated", "repeated", "L2"))
        if call.insisting(self._says(turn.language, "insists", source)):
            told.append(Reason("PERSISTENT", "call.insisting", "insisting", "L1"))
        if severity := call.length_reached():
            told.append(Reason("PERSISTENT", "call.length", "long_call", severity))
        return told

    def _says(self, language: str, words: str, source: str) -> bool:
        matcher = self._matchers.get(language)
        bare = source.replace(" ", "").casefold()
        return matcher is not None and any(each in bare for each in matcher.lexicon.lists.get(words, ()))


def _wanted(language: str, source: str) -> set[str]:
    """The call's language, those of the scripts in a clean text, and English for Latin words elsewhere."""
    wanted = {language} | {name for name, script in _SCRIPTS if script.search(source)}
    return wanted | {"en"} if language != "vi" and _LATIN_WORD.search(source) else wanted


def _written_in(language: str, source: str) -> str:
    """The language whose script stands in the text, else the call's; English for Latin words where that has its own."""
    for name, script in _SCRIPTS:
        if script.search(source):
            return name
    return "en" if language in dict(_SCRIPTS) and _LATIN_WORD.search(source) else language


def _believed(found: list[_Found], weighed: Weighed | None) -> list[_Found]:
    """The hits that the weights don't contradict; a site's own rules always count."""
    if weighed is None:
        return found
    return [
        each
        for each in found
        if each[0].rule.id in each[1].lexicon.own or weighed.believes(each[0].rule.label)
    ]


def _add_weighed(weighed: Weighed, told: list[Reason], words: list[str]) -> None:
    """Add what the weights find; where they find a crisis, abuse that the rules found is not told."""
    added = weighed.added(frozenset(reason.label for reason in told))
    if "CRISIS" in added:
        told[:] = [reason for reason in told if reason.label == "PERSISTENT"]
        words.clear()
    for label, shown in added.items():
        told.append(Reason(label, LEARNT, "alike", USUAL_SEVERITY[label]))
        words += shown


def _without_abuse_in_crisis(found: list[_Found]) -> list[_Found]:
    """Of a turn with words of crisis, only those and what is plainly meant for the agent."""
    if not any(hit.rule.label == "CRISIS" for hit, _, _ in found):
        return found
    return [
        each
        for each in found
        if each[0].rule.label == "CRISIS"
        or (each[0].rule.label in ("THREAT", "SEXUAL", "INSULT") and each[1].aimed(each[0]))
    ]


def _verdict(told: list[Reason], words: list[str]) -> Verdict:
    best: dict[str, Reason] = {}
    for reason in told:
        known = best.get(reason.label)
        if known is None or RANKS[reason.severity] > RANKS[known.severity]:
            best[reason.label] = reason
    labels = tuple(label for label in LABELS if label in best)
    severity = max((best[label].severity for label in labels), key=RANKS.__getitem__, default="L0")
    return Verdict(labels, severity, _words(words), tuple(best[label] for label in labels))


def _words(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    return tuple(dict.fromkeys(word.strip() for word in found if word.strip()))[:MOST_MATCHED]
