"""Final text that is decoded while it is not yet sure that an utterance is over.

A pause must last before it ends an utterance, and only its beginning is kept with the words. Once that much of it has
been heard, what will be decoded is known: it is decoded then, shown as a hypothesis, and is the final text as soon as
the pause has lasted. Where somebody goes on to speak it was a hypothesis like others.
"""

from __future__ import annotations

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.backlog import Job, LegState
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.listener import Utterance

DEAR_S = 0.8
"""A model whose final text takes longer is not asked for some that may be of no use."""

_Stretch = tuple[str, int, int]
_Key = tuple[Engine, _Stretch]


class Foresight:
    """What was decoded ahead, the last of each leg."""

    def __init__(self) -> None:
        self._cost_s = 0.0
        self._known: dict[LegState, tuple[_Key, Decoding | None]] = {}

    def next(self, state: LegState, engine: Engine) -> Utterance | None:
        """What the leg's running utterance will be, where that is worth decoding and was not yet."""
        utterance = state.listener.foreseen
        if utterance is None or self._cost_s > DEAR_S:
            return None
        known, _ = self._known.get(state, (None, None))
        return utterance if known != _key(engine, state.language, utterance) else None

    def text_of(self, job: Job, engine: Engine) -> Decoding | None:
        """What is known of final text that was waited for."""
        if not job.final:
            return None
        key, decoding = self._known.pop(job.leg, (None, None))
        return decoding if key == _key(engine, job.language, job.utterance) else None

    def decoded(self, job: Job, engine: Engine, decoding: Decoding | None, failed: bool, cost: float) -> None:
        """Whatever was decoded, with its seconds. What failed is not tried again ahead."""
        if job.final or job.foreseen:
            self._cost_s = cost
        if job.foreseen and (decoding is not None or failed):
            self._known[job.leg] = (_key(engine, job.language, job.utterance), decoding)

    def forget(self, state: LegState) -> None:
        """The leg is over."""
        self._known.pop(state, None)


def foresees(job: Job, final: Job) -> bool:
    """Whether the one decodes ahead what the other waits for."""
    same = _stretch(job.language, job.utterance) == _stretch(final.language, final.utterance)
    return job.foreseen and job.leg is final.leg and same


def _key(engine: Engine, language: str, utterance: Utterance) -> _Key:
    return engine, _stretch(language, utterance)


def _stretch(language: str, utterance: Utterance) -> _Stretch:
    return language, utterance.start, utterance.end
