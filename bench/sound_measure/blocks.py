"""Lost blocks of 100 ms beside baresip, through the same null sinks, in slices in turn; idle and on a busy machine.

The microphone hears the speaker, as in `latency`: what is counted is lost on either way. Both phones are open all the
time, as at a place of work, and have a call in turn; each slice is one call. Idle: nothing else. Busy: our phone is
that of a desk with its window, whose speech process writes both sides down, and every core has a program that never
rests. The interval is of the difference, by drawing whole slices again (what one slice loses it loses at once).

Raised priority is what the phone gets for itself, where the system allows it; for the figure without, run this without
the right (Linux: `setpriv --bounding-set=-sys_nice`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import psutil

from bench.phone_measure.desk import QUIET, RunningDesk, busy
from bench.phone_measure.invite import LISTENING
from bench.phone_measure.sounds import citizens
from bench.sound_measure.latency import call_of, in_band, known_noise
from bench.sound_measure.line import Narrow
from bench.sound_measure.phones import Subject, baresip, ours
from bench.sound_measure.report import BARESIP, PRODUCT, line
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.talker import RATE

MORE, MOST = 1.0, 4.0
"""Blocks in a thousand more than baresip: the figure, and the upper end of its 95 % interval."""
DRAWS = 10_000
NOISE = 0.25


def speech(seconds: float) -> Narrow:
    """The practice citizens without a pause, which gives the speech process work, over a noise: no block is silent."""
    parts, length = list[Narrow](), 0
    for voice in citizens(RATE):
        parts.append(voice[voice != 0] / 32768)
        length += parts[-1].size
        if length > seconds * RATE:
            break
    noise = known_noise(seconds)
    spoken = in_band(np.resize(np.concatenate(parts), noise.size))
    return np.asarray(0.6 * spoken / np.abs(spoken).max() + NOISE * noise)


def upper_end(ours_lost: list[float], others_lost: list[float]) -> float:
    """Of the 95 % interval of the mean difference, in thousandths; each slice is the share (0..1) that it lost."""
    draw = np.random.default_rng(1)
    means = [
        draw.choice(np.asarray(lost), (DRAWS, len(lost))).mean(axis=1) for lost in (ours_lost, others_lost)
    ]
    return float(np.percentile((means[0] - means[1]) * 1000, 97.5))


def measure_idle(seconds: float, slices: int) -> None:
    """A line; `slices` calls of `seconds` of each phone, and nothing else."""
    with _phones(loaded=False) as phones:
        _compare("idle", phones, seconds, slices)


def measure_busy(seconds: float, slices: int) -> None:
    """A line; the same on a machine that has all to do."""
    with _phones(loaded=True) as phones:
        _compare("busy", phones, seconds, slices)


def measure_speech(seconds: float, slices: int) -> None:
    """A line; of two desks on a busy machine, one of which writes both sides down."""
    with _desks() as desks:
        for desk, _ in desks.values():
            desk.ask("heartbeat")
        _compare(
            "with and without speech", {name: each for name, (_, each) in desks.items()}, seconds, slices
        )
        for name, (desk, _) in desks.items():
            told = desk.ask("heartbeat")
            found = {key: told[key] for key in ("longest_ms", "processor_ms", "still", "beats")}
            still = f"the window's longest stillness on a busy machine, {name}"
            line("blocks", still, **found, bar="<= 50 ms", holds=not found["still"])


def _compare(situation: str, phones: dict[str, Subject], seconds: float, slices: int) -> None:
    lost: dict[str, list[float]] = {name: [] for name in phones}
    raised = False
    for _ in range(slices):
        for name, subject in phones.items():
            found, missing = call_of(subject, speech(seconds))
            lost[name].append(missing / ((len(found) + missing) or 1))
            raised = raised or _raised()
    _tell(situation, lost, slices, seconds, raised)


def _tell(situation: str, lost: dict[str, list[float]], slices: int, seconds: float, raised: bool) -> None:
    mean = {name: round(1000 * float(np.mean(shares)), 2) for name, shares in lost.items()}
    first, second = lost
    more, upper = mean[first] - mean[second], upper_end(lost[first], lost[second])
    line(
        "blocks",
        f"lost blocks of 100 ms in a thousand, {situation}",
        **mean,
        more=round(more, 2),
        upper=round(upper, 2),
        each={name: [round(1000 * share, 1) for share in shares] for name, shares in lost.items()},
        slices=slices,
        seconds=seconds,
        priority_raised=raised,
        bar=f"more <= {MORE:g}, upper end <= {MOST:g}",
        holds=more <= MORE and upper <= MOST,
    )


@contextmanager
def _phones(loaded: bool) -> Iterator[dict[str, Subject]]:
    """Both phones on one headset; `loaded`: with all that a busy machine has."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(SoundServer(hears=EAR))
        if loaded:
            _, mine = _desk(stack, home / "desk", LISTENING, server)
        else:
            mine = stack.enter_context(ours(home / "phone", server))
        other = stack.enter_context(baresip(home / "baresip", server))
        if loaded:
            stack.enter_context(busy())
        yield {PRODUCT: mine, BARESIP: other}


@contextmanager
def _desks() -> Iterator[dict[str, tuple[RunningDesk, Subject]]]:
    """Two desks with their windows on one headset, and no core that rests."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(SoundServer(hears=EAR))
        desks = {
            "with speech": _desk(stack, home / "speech", LISTENING, server),
            "without": _desk(stack, home / "without", QUIET, server),
        }
        stack.enter_context(busy())
        yield desks


def _desk(stack: ExitStack, home: Path, settings: str, server: SoundServer) -> tuple[RunningDesk, Subject]:
    """A desk that takes every call."""
    desk = stack.enter_context(RunningDesk(home, True, settings, server.environment))
    port = int(str(desk.wait("ready")["uri"]).rpartition(":")[2])
    return desk, Subject(port, "agent", lambda: home)


def _raised() -> bool:
    children = psutil.Process().children(recursive=True)
    return any("engine" in one.cmdline() and one.nice() < 0 for one in children)
