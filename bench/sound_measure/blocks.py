"""Lost blocks of 100 ms beside baresip, through the same null sinks, in slices in turn; idle and on a busy machine.

The microphone hears the speaker, as in `latency`: what is counted is lost on either way. Idle: the phone alone. Busy:
our phone is that of a desk with its window, whose speech process writes both sides down, and every core has a program
that never rests; the same desk is open, without a call, while baresip has its turn. Each slice is one call. The
interval is of the difference, by drawing whole slices again (what one slice loses it loses at once).

Raised priority is what the phone gets for itself, where the system allows it; for the figure without, run this without
the right (Linux: `setpriv --bounding-set=-sys_nice`).
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import psutil

from bench.phone_measure.desk import RunningDesk, busy
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


def measure(seconds: float, slices: int) -> None:
    """A line for each situation; `slices` calls of `seconds` of each phone."""
    for situation in ("idle", "busy"):
        lost: dict[str, list[float]] = {PRODUCT: [], BARESIP: []}
        raised = False
        for _ in range(slices):
            for name in lost:
                share, priority = _slice(name, situation == "busy", seconds)
                lost[name].append(share)
                raised = raised or priority
        mean = {name: round(1000 * float(np.mean(shares)), 2) for name, shares in lost.items()}
        more, upper = mean[PRODUCT] - mean[BARESIP], upper_end(lost[PRODUCT], lost[BARESIP])
        line(
            "blocks",
            f"lost blocks of 100 ms in a thousand, {situation}",
            **mean,
            more=round(more, 2),
            upper=round(upper, 2),
            slices=slices,
            seconds=seconds,
            priority_raised=raised,
            bar=f"more <= {MORE:g}, upper end <= {MOST:g}",
            holds=more <= MORE and upper <= MOST,
        )


def _slice(name: str, loaded: bool, seconds: float) -> tuple[float, bool]:
    """One call: the share of its blocks that was lost, and whether our phone's priority was raised."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(SoundServer(hears=EAR))
        desk = None
        if loaded:
            sound = server.environment if name == PRODUCT else None
            desk = stack.enter_context(RunningDesk(home / "desk", True, LISTENING, sound))
            uri = str(desk.wait("ready")["uri"])
            stack.enter_context(busy())
        if name == BARESIP:
            subject = stack.enter_context(baresip(home / "phone", server))
        elif desk is not None:
            subject = Subject(int(uri.rpartition(":")[2]), "agent", lambda: home)
        else:
            subject = stack.enter_context(ours(home / "phone", server))
        found, missing = call_of(subject, speech(seconds))
        return missing / ((len(found) + missing) or 1), name == PRODUCT and _raised(desk)


def _raised(desk: RunningDesk | None) -> bool:
    root = psutil.Process(desk.process.pid) if desk is not None else psutil.Process()
    return any("engine" in one.cmdline() and one.nice() < 0 for one in root.children(recursive=True))
