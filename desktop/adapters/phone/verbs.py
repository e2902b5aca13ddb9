"""How many words each verb of the command line takes: one too many is a mistake that is told, not passed over."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.errors import PhoneError

MOST_WORDS = {
    "answer": 1, "reject": 2, "hangup": 1, "hold": 1, "resume": 1, "mute": 1, "unmute": 1, "dtmf": 2, "conference": 2,
    "swap": 0, "status": 0, "availability": 1, "register": 0, "speak": 1, "announce": 2, "devices": 2,
}  # fmt: skip
"""Verbs that are not named take an address or a text of any number of words."""


OWN = ("traverse", "network")
"""What the phone itself tells its engine; nobody else may."""


def check_words(verb: str, arguments: Sequence[str]) -> None:
    """Raise PhoneError where `verb` is not for others or has more words than it can take."""
    if verb in OWN:
        raise PhoneError("unknown command")
    most = MOST_WORDS.get(verb)
    if most is not None and len(arguments) > most:
        takes = {0: "no words", 1: "one word", 2: "two words"}[most]
        raise PhoneError(f"{verb} takes {takes} at most" if most else f"{verb} takes {takes}")
