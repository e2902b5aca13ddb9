"""The desk's end of the speech process: starts it, watches it, starts it again; the call never notices."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.system.json_child import JsonChild
from desktop.domain.transcript import Hypothesis, Leg, Segment, SpeechState

FIRST_BACKOFF = 0.3
LONGEST_BACKOFF = 15.0
# The process says something every second; loading a model from a slow disk may keep it busy for longer.
SILENCE = 5.0
SILENCE_LOADING = 60.0
DEATHS_LOADING = 3
GIVEN_UP = "The speech process ends while it loads the speech model; choose a smaller model."

log = logging.getLogger(__name__)

StateReceiver = Callable[[SpeechState, str], None]
VoiceReceiver = Callable[[str, Leg, bool, float], None]
GapReceiver = Callable[[str, Leg, float, float], None]


class DeskSpeech:
    """Fulfils the services' `Speech` port. `argv` starts the speech process; `model` None: voice activity only."""

    def __init__(self, argv: Sequence[str], model: Path | None, language: str = "ko") -> None:
        self._argv = list(argv)
        self._model, self._language = model, language
        self._absent = SpeechState.NO_MODEL
        self._remark = ""
        self._tap = ("", "")
        self._child: JsonChild | None = None
        self._task: asyncio.Task[None] | None = None
        self._heard = 0.0
        self._deaths = 0
        self._state = SpeechState.OFF
        self._on_state: StateReceiver = lambda state, detail: None
        self._on_hypothesis: Callable[[Hypothesis], None] = lambda hypothesis: None
        self._on_segment: Callable[[Segment], None] = lambda segment: None
        self._on_drained: Callable[[str], None] = lambda call: None
        self.on_voice: VoiceReceiver = lambda call, leg, speaking, voiced: None
        self.on_gap: GapReceiver = lambda call, leg, start, end: None
        self.on_lag: Callable[[float], None] = lambda seconds: None

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

    def start(self) -> None:
        """Start the process and keep it running; to be called on the loop."""
        self._task = asyncio.get_running_loop().create_task(self._keep_running(), name="speech")

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine gives audio; told again to every successor."""
        self._tap = (address, token)
        if self._child is not None:
            self._child.send({"command": "tap", "address": address, "token": token})

    def set_model(
        self,
        model: Path | None,
        language: str = "ko",
        absent: SpeechState = SpeechState.NO_MODEL,
        remark: str = "",
    ) -> None:
        """Load another model, or none; `absent` is the state without one, `remark` the detail of its being ready."""
        self._model, self._language, self._absent, self._deaths = model, language, absent, 0
        self._remark = remark
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
        self._child, self._heard = child, time.monotonic()
        self._state = SpeechState.LOADING
        # The model first: sound that comes before the order to load would be let go as nobody's.
        child.send(self._load())
        address, token = self._tap
        if address:
            child.send({"command": "tap", "address": address, "token": token})

    def _load(self) -> dict[str, object]:
        given_up = self._deaths >= DEATHS_LOADING
        model = str(self._model.absolute()) if self._model is not None and not given_up else None
        return {"command": "load", "model": model, "language": self._language}

    async def _watch(self, child: JsonChild, ended: asyncio.Event) -> None:
        while not ended.is_set():
            try:
                async with asyncio.timeout(SILENCE / 10):
                    await ended.wait()
            except TimeoutError:
                limit = SILENCE_LOADING if self._state is SpeechState.LOADING else SILENCE
                if time.monotonic() - self._heard > limit:
                    log.error("the speech process does not answer and is ended")
                    child.kill()
                    await ended.wait()
        self._deaths = self._deaths + 1 if self._state is SpeechState.LOADING else 0
        log.warning("the speech process ended")

    def _take(self, event: dict[str, Any]) -> None:
        self._heard = time.monotonic()
        match event.get("event"):
            case "state":
                self._take_state(SpeechState(event["state"]), str(event.get("detail") or ""))
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
                )
                self._on_segment(segment)
            case "drained":
                self._on_drained(str(event["call"]))
            case "voice":
                voiced = float(event["voiced_s"])
                self.on_voice(str(event["call"]), Leg(event["leg"]), bool(event["speaking"]), voiced)
            case "gap":
                times = float(event["start"]), float(event["end"])
                self.on_gap(str(event["call"]), Leg(event["leg"]), *times)
            case "lag":
                self.on_lag(float(event["seconds"]))

    def _take_state(self, state: SpeechState, detail: str) -> None:
        if state is SpeechState.NO_MODEL and not detail:
            return  # its first word; the answer to the order to load follows
        if state is SpeechState.NO_MODEL and self._deaths >= DEATHS_LOADING:
            state, detail = SpeechState.FAILED, GIVEN_UP
        elif state is SpeechState.NO_MODEL and self._absent is not state:
            state, detail = self._absent, ""
        elif state is SpeechState.READY:
            detail = detail or self._remark
        self._state = state
        self._tell(state, detail)

    def _tell(self, state: SpeechState, detail: str) -> None:
        self._state = state
        self._on_state(state, detail)
