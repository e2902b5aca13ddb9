"""The whole desk as people start it, with an ear for the bench: says on standard output what its window shows.

`python -m bench.phone_measure.desk_program AUDIO SELF --data DIR --config DIR`: AUDIO is `devices` or `null`, with SELF
`1` every call is answered by itself. Lines of JSON: `painted` (the window for the first time), `ready` (the phone's
address), `ring` (a call is in the card and painted), and for each line on standard input what its first word asks for:
`counts`, `free` (once the next caller would ring), `heartbeat` (how long the window was still since the last one), and
what the program that calls `main` adds.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from bench.phone_measure.heartbeat import Heartbeat
from desktop.domain.agent import AgentState
from desktop.domain.events import CallReceived
from desktop.processes import desk as program
from desktop.processes import desk_core
from desktop.processes.desk_core import PhoneAudio
from desktop.ui.main_window import MainWindow

Command = Callable[[desk_core.Desk, MainWindow, str], Awaitable[None]]
"""Does what a line asks for and tells an event of the line's first word; it gets the rest of the line."""
FREE_S = 30.0
READY_S, READY_TIMES = 0.5, 25


def tell(**fields: object) -> None:
    """One line, with the moment on the monotonic clock (ns)."""
    print(json.dumps({**fields, "mono": time.monotonic_ns()}), flush=True)


class Painted(QObject):
    """Tells when something was painted that it was asked to wait for; what is told comes after the painting."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._wanted = window, ["painted"]
        window.installEventFilter(self)
        window.column.card.installEventFilter(self)

    def want(self, what: str) -> None:
        """Tell the next time that the card shows this."""
        self._wanted.append(what)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._wanted:
            on_card = watched is self._window.column.card
            for what in list(self._wanted):
                if what == "painted" or (on_card and self._window.situation == "ringing"):
                    self._wanted.remove(what)
                    # The paint event is on its way down: the loop comes back when all of it is on the surface.
                    QTimer.singleShot(0, lambda what=what: tell(event=what))
        return False


async def counts(desk: desk_core.Desk, _window: MainWindow, _rest: str) -> None:
    """What this process holds: Python objects, those of Qt in the window and in all, by the most frequent kinds."""
    # What the desk has put aside counts too; it is put aside again.
    aside = gc.get_freeze_count()
    gc.unfreeze()
    for _ in range(3):
        gc.collect()
    objects = gc.get_objects()
    if aside:
        gc.freeze()
    tree = sum(len(one.findChildren(QObject)) for one in QApplication.topLevelWidgets())
    kinds = Counter(type(one).__name__ for one in objects)
    wrap_up, agent = desk.services.wrap_up.open, desk.services.agent.state.value
    state = {"agent": agent, "write_up": wrap_up.call_id if wrap_up is not None else ""}
    tell(event="counts", objects=len(objects), qobjects=tree, kinds=dict(kinds.most_common(400)), state=state)


async def free(desk: desk_core.Desk, _window: MainWindow, _rest: str) -> None:
    """When the last call is written up and the engine has been told that the line is open.

    A busy desk may not have noticed yet that a short call was there: it has to be ready for a while.
    """
    agent, ready = desk.services.agent, 0
    async with asyncio.timeout(FREE_S):
        while ready < READY_TIMES:
            ready = ready + 1 if agent.state is AgentState.READY else 0
            await asyncio.sleep(READY_S / READY_TIMES)
    await agent.apply()
    tell(event="free")


async def heartbeat(_desk: desk_core.Desk, window: MainWindow, _rest: str) -> None:
    """How long the window was still since the last one; the first begins to look."""
    tell(event="heartbeat", **(window.findChild(Heartbeat) or Heartbeat(window)).look())


COMMANDS: Mapping[str, Command] = {"counts": counts, "free": free, "heartbeat": heartbeat}


def follow(
    desk: desk_core.Desk, window: MainWindow, by_itself: bool, commands: Mapping[str, Command]
) -> None:
    """Let the bench know of calls, take them where it is to be so, and do what it asks for."""
    services, painted = desk.services, Painted(window)

    def came(_event: CallReceived) -> None:
        painted.want("ring")
        if by_itself:
            services.background.start(services.calls.answer(), "answer")

    async def obey(line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        try:
            await commands[word](desk, window, rest)
        except Exception as error:
            tell(event=word, error=repr(error))

    def read() -> None:
        for line in sys.stdin:
            asyncio.run_coroutine_threadsafe(obey(line), loop)

    services.bus.subscribe(CallReceived, came)
    loop = asyncio.get_running_loop()
    threading.Thread(target=read, name="bench", daemon=True).start()


def main(
    audio: str,
    by_itself: bool,
    argv: list[str],
    commands: Mapping[str, Command] = {},
    kind: type[MainWindow] = MainWindow,
) -> int:
    """The program's own `main`, with its window, which is made of `kind`, and its audio watched."""
    open_desk, start = desk_core.open_desk, desk_core.Desk.start

    class Watched(kind):  # type: ignore[valid-type, misc]
        """The window, watched before it is painted for the first time."""

        def show(self) -> None:
            follow(desks[0], self, by_itself, {**COMMANDS, **commands})
            super().show()

    async def started(desk: desk_core.Desk) -> None:
        await start(desk)
        await desk.services.agent.apply()  # until the engine has it, callers may hear that nobody is there
        tell(event="ready", uri=desk.phone.uri)

    async def with_audio(where: object, settings: object) -> desk_core.Desk:
        desks.append(await open_desk(where, settings, PhoneAudio(audio)))  # type: ignore[arg-type]
        return desks[0]

    desks: list[desk_core.Desk] = []
    setattr(program, "MainWindow", Watched)  # noqa: B010 - of a program that is watched, not changed
    setattr(program, "open_desk", with_audio)  # noqa: B010
    setattr(desk_core.Desk, "start", started)  # noqa: B010
    return program.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] == "1", sys.argv[3:]))
