"""The desk's end of the speech process: starts it, watches it, starts it again; the call never notices."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.stt.patience import LOOK_EVERY, Patience
from desktop.adapters.stt.smaller_model import smaller_model
from desktop.adapters.system.json_child import JsonChild
from desktop.adapters.system.stopped import is_stopped
from desktop.domain.transcript import AUTO, Hypothesis, Leg, Segment, SpeechLevel, SpeechState
from desktop.services.ports import SpeechWatcher

FIRST_BACKOFF = 0.3
LONGEST_BACKOFF = 15.0
DEATHS_LOADING = 3
OVERFED = 2
"""How often a model may take too much memory before a smaller one, or none, takes its place."""
GIVEN_UP = "The speech process ends while it loads the speech model; choose a smaller model."

TOO_LARGE = "The speech model takes too much memory; choose a smaller one."

log = logging.getLogger(__name__)

StateReceiver = Callable[[SpeechState, str, SpeechLevel], None]
VoiceReceiver = Callable[[str, Leg, bool, float], None]
GapReceiver = Callable[[str, Leg, float, float], None]


class DeskSpeech:
    """Fulfils the services' `Speech` port. `argv` starts the speech process; `model` None: voice activity only."""

    def __init__(self, argv: Sequence[str], model: Path | None, language: str = "ko") -> None:
        self._argv = list(argv)
        self._model, self._language = model, language
        self._engine = AUTO
        self._absent = SpeechState.NO_MODEL
        self._remark = ""
        self._tap = ("", "")
        self._languages: dict[str, str] = {}
        self._child: JsonChild | None = None
        self._task: asyncio.Task[None] | None = None
        self._patience = Patience(0.0)
        self._deaths = self._overfed = 0
        self._state = SpeechState.OFF
        self._on_state: StateReceiver = lambda state, detail, level: None
        self._on_hypothesis: Callable[[Hypothesis], None] = lambda hypothesis: None
        self._on_segment: Callable[[Segment], None] = lambda segment: None
        self._on_drained: Callable[[str], None] = lambda call: None
        self.on_voice: VoiceReceiver = lambda call, leg, speaking, voiced: None
        self.on_gap: GapReceiver = lambda call, leg, start, end: None
        self._watcher: SpeechWatcher | None = None

    @property
    def pid(self) -> int:
        """The process that runs now; 0 where none does."""
        return self._child.pid if self._child is not None else 0

    def listen(
        self,
        state: StateReceiver,
        hypothesis: Callable[[Hypothesis], None],
        segment: Callable[[Segment], None],
        drained: Callable[[str], None],
    ) -> None:
        """As the port says."""
        self._on_state, self._on_hypothesis = state, hypothesis
        self._on_segment, self._on_drained = segment, drained

    def watch(self, watcher: SpeechWatcher) -> None:
        """As the port says."""
        self._watcher = watcher

    def start(self) -> None:
        """Start the process and keep it running; to be called on the loop."""
        self._task = asyncio.get_running_loop().create_task(self._keep_running(), name="speech")

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine gives audio; told again to every successor."""
        self._tap = (address, token)
        if self._child is not None:
            self._child.send({"command": "tap", "address": address, "token": token})

    def speak(self, call_id: str, language: str) -> None:
        """As the port says; told again to every successor."""
        self._languages[call_id] = language
        if self._child is not None:
            self._child.send(_language(call_id, language))

    def set_model(
        self,
        model: Path | None,
        language: str = "ko",
        absent: SpeechState = SpeechState.NO_MODEL,
        remark: str = "",
        engine: str = AUTO,
    ) -> None:
        """Load another model, or none; `absent` is the state without one, `remark` the detail of its being ready.

        `engine` decodes it (domain.transcript.ENGINES).
        """
        self._model, self._language, self._absent, self._remark = model, language, absent, remark
        self._engine, self._deaths, self._overfed = engine, 0, 0
        if self._child is not None:
            self._child.send(self._load())

    async def close(self) -> None:
        """End the process."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        child, self._child = self._child, None
        if child is not None:
            child.send({"command": "quit"})
            await child.stop()
        self._tell(SpeechState.OFF, "")

    async def _keep_running(self) -> None:
        backoff = FIRST_BACKOFF
        while True:
            started = time.monotonic()
            child, ended = self._make_child()
            try:
                await child.start()
            except OSError as error:
                log.error("the speech process does not start: %s", error)
            else:
                self._begin(child)
                await self._watch(child, ended)
                self._child = None
            if time.monotonic() - started > LONGEST_BACKOFF:
                backoff = FIRST_BACKOFF
            self._tell(SpeechState.RESTARTING, "")
            await asyncio.sleep(backoff)
            backoff = min(LONGEST_BACKOFF, backoff * 2)

    def _make_child(self) -> tuple[JsonChild, asyncio.Event]:
        ended = asyncio.Event()
        child = JsonChild(self._argv, self._take, lambda code: ended.set(), speech_environment())
        return child, ended

    def _begin(self, child: JsonChild) -> None:
        self._child, self._patience = child, Patience(time.monotonic())
        self._state = SpeechState.LOADING
        # The model first: sound that comes before the order to load would be let go as nobody's.
        child.send(self._load())
        for call_id, language in self._languages.items():
            child.send(_language(call_id, language))
        address, token = self._tap
        if address:
            child.send({"command": "tap", "address": address, "token": token})

    def _load(self) -> dict[str, object]:
        model = self._bearable()
        smaller = smaller_model(model) if model is not None else None
        files = {"model": model, "smaller": smaller}
        paths = {which: str(path.absolute()) if path else None for which, path in files.items()}
        return {"command": "load", **paths, "language": self._language, "engine": self._engine}

    def _bearable(self) -> Path | None:
        """The chosen model, or what takes its place after what it did to the process."""
        if self._model is None or self._deaths >= DEATHS_LOADING:
            return None
        if self._overfed < OVERFED:
            return self._model
        return smaller_model(self._model) if self._overfed < 2 * OVERFED else None

    async def _watch(self, child: JsonChild, ended: asyncio.Event) -> None:
        while not ended.is_set():
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await ended.wait()
            except TimeoutError:
                loading = self._state is SpeechState.LOADING
                if self._patience.ends(time.monotonic(), is_stopped(child.pid), loading):
                    log.error("the speech process does not answer and is ended")
                    child.kill()
                    await ended.wait()
        self._deaths = self._deaths + 1 if self._state is SpeechState.LOADING else 0
        log.warning("the speech process ended")

    def _take(self, event: dict[str, Any]) -> None:
        self._patience.hear()
        match event.get("event"):
            case "state":
                level = SpeechLevel(event.get("level") or 0)
                self._take_state(SpeechState(event["state"]), str(event.get("detail") or ""), level)
            case "hypothesis":
                hypothesis = Hypothesis(
                    str(event["call"]),
                    Leg(event["leg"]),
                    str(event["text"]),
                    int(event["stable"]),
                    float(event["start"]),
                    float(event["end"]),
                )
                self._on_hypothesis(hypothesis)
            case "segment":
                segment = Segment(
                    str(event["call"]),
                    Leg(event["leg"]),
                    str(event["text"]),
                    float(event["confidence"]),
                    float(event["start"]),
                    float(event["end"]),
                    tuple((int(start), int(end)) for start, end in event.get("doubts") or ()),
                )
                self._on_segment(segment)
            case "drained":
                self._languages.pop(str(event["call"]), None)
                self._on_drained(str(event["call"]))
            case "voice":
                voiced = float(event["voiced_s"])
                self.on_voice(str(event["call"]), Leg(event["leg"]), bool(event["speaking"]), voiced)
            case "gap":
                times = float(event["start"]), float(event["end"])
                self.on_gap(str(event["call"]), Leg(event["leg"]), *times)
            case "lost" if self._watcher is not None:
                times = float(event["start"]), float(event["end"])
                self._watcher.lost(str(event["call"]), Leg(event["leg"]), *times)
            case "unread" if self._watcher is not None:
                self._watcher.unread(str(event["call"]), Leg(event["leg"]), bool(event["unread"]))
            case "overfed":
                self._overfed += 1
                log.error("the speech model takes too much memory: %s", event)
            case "lag" if self._watcher is not None:
                self._watcher.lagged(str(event["call"]), float(event["seconds"]), float(event["waiting_s"]))

    def _take_state(self, state: SpeechState, detail: str, level: SpeechLevel) -> None:
        if state is SpeechState.NO_MODEL and not detail:
            return  # its first word; the answer to the order to load follows
        if state is SpeechState.NO_MODEL and self._deaths >= DEATHS_LOADING:
            state, detail = SpeechState.FAILED, GIVEN_UP
        elif state is SpeechState.NO_MODEL and self._overfed >= OVERFED:
            state, detail = SpeechState.FAILED, TOO_LARGE
        elif state is SpeechState.READY and self._overfed >= OVERFED:
            state, detail, level = SpeechState.DEGRADED, TOO_LARGE, SpeechLevel.SMALLER
        elif state is SpeechState.NO_MODEL and self._absent is not state:
            state, detail = self._absent, ""
        elif state is SpeechState.READY:
            detail = detail or self._remark
        self._tell(state, detail, level)

    def _tell(self, state: SpeechState, detail: str, level: SpeechLevel = SpeechLevel.FULL) -> None:
        self._state = state
        self._on_state(state, detail, level)


def _language(call_id: str, language: str) -> dict[str, object]:
    return {"command": "language", "call": call_id, "language": language}
