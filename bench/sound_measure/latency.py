"""The delay that a phone adds: from RTP to the speaker and from the microphone to RTP, together.

The microphone hears the speaker (a null sink and its monitor), so what is sent comes back; each block of 100 ms is
found in what was sent. The delay is from the sending of a sample's packet to the coming of the packet that has it, its
place within both taken into account. A phone's jitter buffer, its device buffers and a packet's own 20 ms are all in
it, and so is the sound server, which is the same for every phone. Slices alternate, so that all meet the same machine.

The second figure is the desk's own path alone, between its 20 ms clock and the devices, as the sound libraries were
compared: no packets, no jitter buffer. A treatment of the voice would take this echo away, so its delay is counted
(`voice`) and found by a test, not measured here.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np

from bench.sound_measure.line import Line, Narrow, Packet, decoded, place_of
from bench.sound_measure.phones import Subject, baresip, ours
from bench.sound_measure.report import BARESIP, PRODUCT, line, percentile
from tests.long.test_audio import measure as sound_path
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.talker import FRAME, FRAME_S, RATE

MOST_MS, GOAL_MS = 80.0, 60.0
SETTLED_S = 4.0
PACKETS = 5
"""A block of 100 ms."""
REACH_S = 0.8
SAME = 0.7
BETWEEN = (0.0, 0.25, 0.5, 0.75)
Phone = Callable[[Path, SoundServer], AbstractContextManager[Subject]]


def known_noise(seconds: float) -> Narrow:
    """Noise of the telephone's band, the same at every call."""
    size = int(seconds / FRAME_S) * FRAME
    noise = in_band(np.random.default_rng(1).standard_normal(size))
    return np.asarray(noise / np.abs(noise).max() * 0.6)


def in_band(sound: Narrow) -> Narrow:
    """What of it lies between 300 and 3300 Hz: nearer to 4 kHz no two ways of a call agree."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(sound.size, 1 / RATE)
    spectrum[(hertz < 300) | (hertz > 3300)] = 0
    return np.asarray(np.fft.irfft(spectrum, sound.size))


def blocks(came: list[Packet]) -> Iterator[list[Packet]]:
    """Runs of PACKETS packets without a hole."""
    run: list[Packet] = []
    for packet in came:
        if run and packet.number != (run[-1].number + 1) & 0xFFFF:
            run = []
        run.append(packet)
        if len(run) == PACKETS:
            yield run
            run = []


def shifted(sound: Narrow, samples: float) -> Narrow:
    """The same sound, later by a part of a sample."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(sound.size) * samples)
    return np.asarray(np.fft.irfft(np.fft.rfft(sound) * turn, sound.size))


def delays(sent: Narrow, sent_at: list[float], came: list[Packet]) -> tuple[list[float], int]:
    """Milliseconds of each block that was found, and how many were not.

    A device's clock has no reason to fall on a sample of the call: half of one apart, sound that is whole looks like
    0.7 of itself, so it is also looked for between the samples.
    """
    versions = [shifted(sent, part) for part in BETWEEN]
    found, missing = [], 0
    for run in blocks(came):
        latest = int((run[0].at - sent_at[0]) * RATE)
        if run[0].at < sent_at[0] + SETTLED_S or latest > len(sent) - PACKETS * FRAME:
            continue
        earliest = max(0, latest - int(REACH_S * RATE))
        heard = decoded(b"".join(packet.payload for packet in run))
        alike, at = max(_likeness(version[earliest : latest + heard.size], heard) for version in versions)
        if alike < SAME:
            missing += 1
        else:
            found.append((run[0].at - place_of(sent_at, earliest + at)) * 1000)
    return found, missing


def _likeness(stretch: Narrow, heard: Narrow) -> tuple[float, int]:
    """How alike `heard` and its best place in `stretch` are (0..1), and that place; 0 where it is silent.

    Each place is judged by its own loudness: the place where the products are greatest is one that is loud.
    """
    match = np.abs(np.correlate(stretch, heard, "valid"))
    power = np.concatenate([[0.0], np.cumsum(stretch**2)])
    size = np.sqrt(np.maximum(power[heard.size :] - power[: -heard.size], 1e-9)) * np.linalg.norm(heard)
    alike = match / np.maximum(size, 1e-9)
    at = int(alike.argmax())
    return float(alike[at]), at


def one_call(phone: Phone, seconds: float) -> tuple[list[float], int]:
    """A call of `seconds` on a sound server of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SoundServer(hears=EAR) as server,
        phone(Path(folder) / "phone", server) as subject,
    ):
        return call_of(subject, known_noise(seconds))


def call_of(subject: Subject, sent: Narrow) -> tuple[list[float], int]:
    """`delays` of one call in which `sent` is spoken."""
    call = Line(subject.port, subject.user)
    call.speak(sent)
    time.sleep(REACH_S)
    call.hang_up()
    return delays(sent, call.sent_at, call.came)


def measure(seconds: float, slices: int) -> None:
    """Print a line for the wire, ours with headset settings and baresip beside it, and one for the media clock."""
    phones: dict[str, Phone] = {
        PRODUCT: lambda home, server: ours(home, server),
        BARESIP: lambda home, server: baresip(home, server),
    }
    found: dict[str, list[float]] = {name: [] for name in phones}
    lost = dict.fromkeys(phones, 0)
    for _ in range(slices):
        for name, phone in phones.items():
            delay, missing = one_call(phone, seconds)
            found[name] += delay
            lost[name] += missing
    figures = {
        name: {
            "p50": round(percentile(each, 0.5), 1),
            "p95": round(percentile(each, 0.95), 1),
            "blocks": len(each) + lost[name],
            "lost": lost[name],
        }
        for name, each in found.items()
    }
    middle = percentile(found[PRODUCT], 0.5)
    ratio = round(middle / (percentile(found[BARESIP], 0.5) or 1.0), 2)
    line(
        "latency", "RTP to speaker and microphone to RTP", unit="ms", **figures, ratio=ratio, **_held(middle)
    )
    own_path(seconds)


def _held(middle: float) -> dict[str, object]:
    return {"bar": f"p50 <= {MOST_MS:g}, goal {GOAL_MS:g}", "holds": 0 < middle <= MOST_MS}


def own_path(seconds: float) -> None:
    """Print the line for the way between the media clock and the devices."""
    with tempfile.TemporaryDirectory() as folder:
        verdict, raised, _lost_ms = sound_path(Path(folder), nullcontext(), int(seconds))
    own = {
        "p50": verdict.median_ms,
        "p95": verdict.p95_ms,
        "blocks": verdict.blocks,
        "lost": int(verdict.lost),
    }
    figures = {PRODUCT: own, "priority_raised": raised}
    line("latency", "media clock to devices and back", unit="ms", **figures, **_held(verdict.median_ms))
