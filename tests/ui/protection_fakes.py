"""A policy, a detector that hears what tests say, and voices that are always there."""

from pathlib import Path

from desktop.adapters.policy.reading import load_policy
from desktop.domain.policy import Sentence
from desktop.services.protection_ports import ProtectionParts, Verdict

CURSE, THREAT, CRISIS = "멍청이", "찾아가겠다", "사라지고 싶어요"
"""Words that the fake detector knows: mild ones, since the rules have tests of their own."""
SOUND = Path("warning.wav")


class FakeDetector:
    """Hears three phrases; `glances` counts how often running speech was looked through."""

    def __init__(self) -> None:
        self.glances = 0

    def start(self) -> None:
        pass

    async def judge(self, call_id: str, t: float, language: str, text: str) -> Verdict:
        for words, label in ((CRISIS, "CRISIS"), (THREAT, "THREAT"), (CURSE, "PROFANITY")):
            if words in text:
                return Verdict((label,), (words,), f"it says {words}")
        return Verdict()

    def glance(self, language: str, text: str) -> tuple[str, ...]:
        self.glances += 1
        return tuple(words for words in (CURSE, THREAT, CRISIS) if words in text)


class FakeVoices:
    """`mute` languages have no sound."""

    def __init__(self) -> None:
        self.mute: set[str] = {"mn"}

    def file(self, sentence: Sentence) -> tuple[Path, float] | None:
        return None if sentence.language in self.mute else (SOUND, 4.0)


def protection_parts() -> ProtectionParts:
    """The shipped policy with fakes for the rest."""
    return ProtectionParts(
        load_policy("seoul").policy, FakeDetector(), FakeVoices(), lambda number: f"#{number}"
    )
