"""Echo, noise and gain in a synthetic room: what they take out, what they leave of a voice, what they cost.

Two synthetic voices; the echo comes 60 ms late and 10 dB quieter through a short, decaying room without distortion, so
its ERLE flatters. Each line has the same sound without treatment beside it (`off`).
"""

from __future__ import annotations

import time

import numpy as np
from pystoi import stoi

from bench.sound_measure.report import OFF, PRODUCT, line, percentile
from desktop.adapters.audio.voice_port import BLOCK_BYTES
from desktop.adapters.audio.webrtc_voice import WebrtcVoice
from desktop.domain.voice import VoiceWishes
from tests.adapters.audio.spoken import RATE, Sound, at_level, echo_of, lag_ms, level_db, practice_voice

SECONDS, LEARNED_S = 20.0, 4.0
NOISE_DB = -10.0
"""Noise against speech."""
QUIET_DB = -40.0
BLOCK_MS = 10
LEAST_ERLE_DB = 25.0
MOST_BLOCK_MS = 2.0
LOUD = 200


class Treated:
    """What came out, and the milliseconds that each block of 10 ms took."""

    def __init__(self, near: Sound, far: Sound, wishes: VoiceWishes) -> None:
        processor = WebrtcVoice(wishes)
        self.delay_ms = processor.delay_ms
        self.took: list[float] = []
        out = []
        heard, said = (_pcm(sound) for sound in (near, far))
        for at in range(0, len(heard) - BLOCK_BYTES + 1, BLOCK_BYTES):
            began = time.perf_counter()
            out.append(processor.process(heard[at : at + BLOCK_BYTES], said[at : at + BLOCK_BYTES]))
            self.took.append((time.perf_counter() - began) * 1000)
        self.sound = np.frombuffer(b"".join(out), "<i2").astype(float)

    def cost(self) -> dict[str, object]:
        """Time and delay, for a line."""
        return {
            "ms_per_block_of_10_ms": {
                "p50": round(percentile(self.took, 0.5), 3),
                "p99": round(percentile(self.took, 0.99), 3),
            },
            "delay_ms": self.delay_ms,
        }


def _pcm(sound: Sound) -> bytes:
    return np.clip(sound, -32768, 32767).astype("<i2").tobytes()


def understood(said: Sound, heard: Sound) -> float:
    """STOI of `said` in `heard`, after the learning."""
    late = round(lag_ms(said, heard) * RATE / 1000)
    start, end = int(LEARNED_S * RATE), min(said.size, heard.size) - late
    return round(float(stoi(said[start:end], heard[start + late : end + late], RATE)), 3)


def erle_db(echo: Sound, left: Sound) -> float:
    """By how many dB less comes back, over the blocks in which the echo is audible."""
    size = BLOCK_MS * RATE // 1000
    blocks = min(echo.size, left.size) // size
    power = [(sound[: blocks * size].reshape(-1, size) ** 2).mean(axis=1) for sound in (echo, left)]
    audible = (power[0] > LOUD**2) & (np.arange(blocks) * BLOCK_MS > LEARNED_S * 1000)
    return round(10 * float(np.log10(power[0][audible].sum() / (power[1][audible].sum() + 1))), 1)


def measure() -> None:
    """Print a line for each treatment."""
    caller, agent = practice_voice("S02", "caller", SECONDS), practice_voice("S04", "agent", SECONDS)
    echo, silence = echo_of(caller), np.zeros(agent.size)
    echoes = Treated(echo, caller, VoiceWishes(echo=True))
    erle = erle_db(echo, echoes.sound)
    held = {"bar": f">= {LEAST_ERLE_DB:g} dB, own floor", "holds": erle >= LEAST_ERLE_DB}
    line("voice", "echo: ERLE, dB", **{PRODUCT: erle, OFF: erle_db(echo, echo)}, **held, **echoes.cost())
    both = Treated(agent + echo, caller, VoiceWishes(echo=True))
    _stoi("echo: both speak", agent, both, agent + echo)
    _stoi("echo: the agent alone", agent, Treated(agent, silence, VoiceWishes(echo=True)), agent)
    noisy = agent + _noise(agent)
    _stoi("noise: 10 dB below speech", agent, Treated(noisy, silence, VoiceWishes(noise=True)), noisy)
    quiet = at_level(agent, QUIET_DB)
    lifted = Treated(quiet, silence, VoiceWishes(gain=True))
    late = slice(int(SECONDS / 2 * RATE), None)
    levels = {PRODUCT: round(level_db(lifted.sound[late]), 1), OFF: round(level_db(quiet[late]), 1)}
    line("voice", "gain: level of a quiet voice, dB", **levels, **lifted.cost())
    every = Treated(agent + echo + _noise(agent) / 3, caller, VoiceWishes(True, True, True))
    slowest = percentile(every.took, 0.99)
    cost = {"bar": f"p99 <= {MOST_BLOCK_MS:g} ms, own bar", "holds": slowest <= MOST_BLOCK_MS}
    line("voice", "all three: time", **every.cost(), **cost)


def _noise(voice: Sound) -> Sound:
    return at_level(np.random.default_rng(5).standard_normal(voice.size), -22.0 + NOISE_DB)


def _stoi(measure: str, said: Sound, treated: Treated, untreated: Sound) -> None:
    figures = {PRODUCT: understood(said, treated.sound), OFF: understood(said, untreated)}
    line("voice", f"{measure}: STOI", **figures, **treated.cost())
