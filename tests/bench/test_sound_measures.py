"""The measures of the sound, on sound whose delay and damage are known."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from bench.sound_measure import blocks, impaired, latency
from bench.sound_measure.line import Narrow, Packet, Relay, bound, decoded, encoded
from tests.peers.talker import FRAME, FRAME_S, RATE

SECONDS, DELAY_S = 7.0, 0.09


def test_what_is_encoded_is_the_nearest_that_a_law_knows() -> None:
    sound = np.linspace(-0.9, 0.9, 2000)
    assert np.abs(decoded(encoded(sound)) - sound).max() < 0.02
    assert np.abs(decoded(encoded(sound / 100)) - sound / 100).max() < 0.0005


@pytest.mark.parametrize("between", [0.0, 0.5])
@pytest.mark.parametrize("spoken", [latency.known_noise, blocks.speech])
def test_the_delay_of_each_block_is_found_and_a_damaged_one_is_missing(
    between: float, spoken: Callable[[float], Narrow]
) -> None:
    sent = spoken(SECONDS)
    sent_at = [10.0 + number * FRAME_S for number in range(sent.size // FRAME)]
    late = np.concatenate([np.zeros(int(DELAY_S * RATE)), latency.shifted(sent, between)])[: sent.size]
    damaged = slice(5 * RATE, 5 * RATE + RATE // 10)
    late[damaged] = 0.1 * np.random.default_rng(9).standard_normal(late[damaged].size)
    data = encoded(late)
    came = [
        Packet(at, number, data[number * FRAME : (number + 1) * FRAME]) for number, at in enumerate(sent_at)
    ]
    found, missing = latency.delays(sent, sent_at, came)
    assert missing == 1
    assert len(found) > 25
    assert found == pytest.approx([DELAY_S * 1000] * len(found), abs=1.0)


def test_packets_that_never_came_make_no_block() -> None:
    came = [Packet(0.02 * number, number, b"") for number in range(20) if number != 7]
    assert [[packet.number for packet in run] for run in latency.blocks(came)] == [
        [0, 1, 2, 3, 4],
        [8, 9, 10, 11, 12],
        [13, 14, 15, 16, 17],
    ]


def test_a_voice_is_understood_whole_shifted_and_not_at_all() -> None:
    said = impaired.voice(6.0)
    lead = np.zeros(RATE // 2)
    assert impaired.understood(said, np.concatenate([lead, said])) > 0.99
    middle = said.size // 2
    slipped = np.concatenate([lead, said[:middle], np.zeros(RATE // 25), said[middle:]])
    assert impaired.understood(said, slipped) > 0.9
    noise = np.random.default_rng(2).standard_normal(said.size) * 0.1
    assert impaired.understood(said, np.concatenate([lead, noise])) < 0.4
    assert impaired.understood(said, np.zeros(said.size)) == 0.0


def test_the_link_loses_and_delays_what_it_says() -> None:
    phone, sender = bound(), bound()
    link = Relay(0.3, 0.02)
    link.phone = phone.getsockname()
    phone.settimeout(10)
    for number in range(200):
        sender.sendto(bytes([number]), link.near.getsockname())
        time.sleep(0.0005)
    came: list[int] = []
    while len(came) + link.lost < 200:
        came.append(phone.recv(10)[0])
    phone.sendto(b"back", link.far.getsockname())
    sender.settimeout(5)
    assert sender.recv(10) == b"back"
    link.close()
    phone.close()
    sender.close()
    assert 30 < link.lost < 90
    assert came != sorted(came)
    assert set(came) < set(range(200))
