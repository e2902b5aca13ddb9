"""How the live transcript is doing, in the words of the pane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.events import SpeechStateChanged
from desktop.domain.transcript import Leg, Pace, SpeechLevel, SpeechState
from desktop.ui.messages import speech_words

QUIET_STATES = (SpeechState.READY, SpeechState.OFF, SpeechState.LOADING)
QUIET_LEVELS = (SpeechLevel.SLOWER, SpeechLevel.SEGMENTS, SpeechLevel.SMALLER)


def pace_words(pace: Pace) -> str:
    """How far behind it is, or what is left of an ended call; empty where it is next to nothing."""
    if pace.done is not None:
        words = QCoreApplication.translate("Transcript", "Writing the rest of the call: {percent} %")
        return words.format(percent=int(pace.done * 100))
    if not pace.lag_s:
        return ""
    words = QCoreApplication.translate(
        "Transcript", "Transcript {seconds} s behind · filled in after the call"
    )
    return words.format(seconds=round(pace.lag_s))


def unread_words(legs: frozenset[Leg]) -> list[str]:
    """A sentence for each leg on which somebody speaks and no text comes of it."""
    translate = QCoreApplication.translate
    words = {
        Leg.CALLER: translate("Transcript", "The caller's voice isn't recognised."),
        Leg.AGENT: translate("Transcript", "Your voice isn't recognised."),
        Leg.THIRD: translate("Transcript", "The third party's voice isn't recognised."),
    }
    return [words[leg] for leg in words if leg in legs]


def lost_words(leg: Leg, seconds: float) -> str:
    """A remark between the lines: what was said here is not written."""
    translate = QCoreApplication.translate
    words = {
        Leg.CALLER: translate("Transcript", "{seconds} s of the caller's words are missing here"),
        Leg.AGENT: translate("Transcript", "{seconds} s of your words are missing here"),
        Leg.THIRD: translate("Transcript", "{seconds} s of the third party's words are missing here"),
    }
    return words[leg].format(seconds=max(1, round(seconds)))


def condition(speech: SpeechStateChanged, pace: Pace, unread: frozenset[Leg]) -> tuple[str, bool]:
    """What the pane says, "" for nothing, and whether the agent should look at it."""
    behind, state, level = pace_words(pace), speech.state, speech.level
    if state is SpeechState.DEGRADED and level is SpeechLevel.LATER and behind:
        return behind, pace.done is None
    said = speech_words(state, speech.detail, level)
    words = [each for each in (said, behind, *unread_words(unread)) if each]
    quiet = state in QUIET_STATES or (state is SpeechState.DEGRADED and level in QUIET_LEVELS)
    return " ".join(words), not quiet or bool(unread) or (bool(behind) and pace.done is None)
