"""The speech process's models: the one that was chosen, and a smaller one for while the machine is too busy for it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.adapters.stt.engine import Engine, lacks_memory
from desktop.adapters.stt.engine_choice import EngineChoice, Opened
from desktop.adapters.stt.governor import LIVE, SMALLER
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.voice_activity import EnergyDetector, make_detector
from desktop.domain.errors import DeskError
from desktop.domain.transcript import AUTO, TORCH, SpeechRemark

NO_MODEL = "No speech model is chosen; choose a model file (.pt) in the settings."
BY_LEVEL = "The voice detector cannot be loaded; speech is found by its level alone."

log = logging.getLogger("desktop.speech")


@dataclass(frozen=True, slots=True)
class Choice:
    """Files of the model and of a smaller one, "" for none, the language spoken, and the engine (one of ENGINES)."""

    model: str = ""
    smaller: str = ""
    language: str = "ko"
    engine: str = AUTO


class LoadError(Exception):
    """A model cannot be used: state and sentence."""

    def __init__(self, state: str, detail: str) -> None:
        super().__init__(detail)
        self.state, self.detail = state, detail


def load(
    engines: EngineChoice, model: Path, language: str, wanted: str, raised: Callable[[int], None]
) -> Opened:
    """The engine of a model file; as `EngineChoice.open`. Raises LoadError."""
    if not model.is_file():
        raise LoadError("no_model", f"There is no speech model at {model}; choose a model file (.pt).")
    try:
        return engines.open(model, language, wanted, raised)
    except DeskError as error:
        raise LoadError("failed", str(error)) from error
    except Exception as error:
        log.exception("loading failed")
        if lacks_memory(error):
            sentence = f"There is not enough memory for {model}; choose a smaller speech model."
            raise LoadError("failed", sentence) from error
        sentence = f"The speech model cannot be loaded ({type(error).__name__}); choose another."
        raise LoadError("failed", sentence) from error


class SpeechModels:
    """Loads on a thread of its own, one model at a time; `tell` hears the state and a sentence. Lives on one loop."""

    def __init__(
        self, transcriber: Transcriber, tell: Callable[[str, str], None], engines: EngineChoice
    ) -> None:
        self._transcriber, self._tell, self._engines = transcriber, tell, engines
        self._choices: asyncio.Queue[Choice | None] = asyncio.Queue()
        self._choice = Choice()
        self._level, self._works = LIVE, "ready"
        self._chosen: Engine | None = None
        self._smaller: Engine | None = None
        self._smaller_by = TORCH

    @property
    def has_smaller(self) -> bool:
        """Whether there is a smaller model, as far as is known."""
        return self._chosen is not None and bool(self._choice.smaller)

    def choose(self, choice: Choice) -> None:
        """Load another model, or none; sound that comes meanwhile waits for it."""
        self._transcriber.set_engine(None, waiting=bool(choice.model))
        self._choices.put_nowait(choice)

    def pace(self, level: int) -> None:
        """Work at this level of the governor."""
        before, self._level = self._level, level
        if level < SMALLER <= before and self._chosen is not None:
            self._transcriber.set_engine(self._chosen)
        if level == LIVE:
            self._smaller = None
        if level >= SMALLER > before and self.has_smaller:
            self._choices.put_nowait(None)

    def give_up(self) -> None:
        """The engine failed again and again: there is none now."""
        self._chosen = self._smaller = None

    async def run(self) -> None:
        """Load what is chosen, for ever."""
        while True:
            choice = await self._choices.get()
            if choice is None:
                await self._take_smaller()
            elif self._choices.empty():
                await self._take(choice)

    async def _take(self, choice: Choice) -> None:
        self._choice, self._chosen, self._smaller = choice, None, None
        if not choice.model:
            self._transcriber.set_engine(None)
            self._tell("no_model", NO_MODEL)
            return
        self._tell("loading", "")
        try:
            opened = await self._load(choice.model, choice.engine, choice.smaller)
        except LoadError as error:
            self._transcriber.set_engine(None)
            self._tell(error.state, error.detail)
            return
        self._chosen = opened.engine
        self._transcriber.set_engine(self._chosen)
        by_level = isinstance(make_detector(16000), EnergyDetector)
        self._works = "degraded" if by_level else "ready"
        remark = opened.remark.value if opened.remark is not None else ""
        self._tell(self._works, BY_LEVEL if by_level else remark)

    def _windows_raised(self) -> None:
        if self._chosen is not None:
            self._tell(self._works, SpeechRemark.LONG_WINDOWS.value)

    async def _take_smaller(self) -> None:
        choice = self._choice
        if self._smaller is None and choice.smaller:
            try:
                self._smaller = (await self._load(choice.smaller, self._smaller_by)).engine
            except LoadError as error:
                log.warning("the smaller model is not used: %s", error.detail)
                self._choice = replace(choice, smaller="")
        # The machine may have become calm meanwhile.
        if self._smaller is not None and self._chosen is not None and self._level >= SMALLER:
            self._transcriber.set_engine(self._smaller)

    async def _load(self, model: str, engine: str, smaller: str = "") -> Opened:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Opened] = loop.create_future()
        language = self._choice.language

        def raised(floor: int) -> None:
            # On the decoding thread.
            log.info("the model %s wants windows of %d frames", Path(model).name, floor)
            loop.call_soon_threadsafe(self._windows_raised)

        def work() -> None:
            try:
                found = load(self._engines, Path(model), language, engine, raised)
                if smaller:
                    # Now: nothing is converted when the machine is too busy, which is when it is needed.
                    self._smaller_by = self._engines.prepare(Path(smaller), language, found.name)
                loop.call_soon_threadsafe(answer.set_result, found)
            except LoadError as error:
                loop.call_soon_threadsafe(answer.set_exception, error)

        # A thread that the end of the process need not wait for.
        threading.Thread(target=work, name="loading", daemon=True).start()
        return await answer
