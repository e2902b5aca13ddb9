"""Sample numbers, the copy of a frame, and the words for what pjsip says."""

from __future__ import annotations

from types import SimpleNamespace

import pjsua2 as pj
import pytest

from desktop.adapters.sip.frames import Begin, Frame, new_queue
from desktop.adapters.sip.mapping import cause_of, clean, mos_of, remote_of, sender_of
from desktop.adapters.sip.media import LinePort, SampleCounter, choose_copy
from desktop.adapters.sip.shared_sound import SharedSound

CAUSES_SHOWN = {
    "not allowed", "no such number", "no answer", "no common codec", "unavailable", "number incomplete", "busy",
    "cancelled", "server error", "server not reachable", "declined", "refused", "blocked", "moved", "loop",
    "number needed", "not understood",
}  # fmt: skip


class EchoDevice:
    """A device that remembers."""

    clock_rate = 16_000

    def __init__(self) -> None:
        self.heard = b""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read_microphone(self, samples: int) -> bytes:
        return b"\7\0" * samples

    def write_speaker(self, pcm: bytes) -> None:
        self.heard += pcm

    def ring(self, kind: str | None) -> None: ...

    def state(self) -> SimpleNamespace:
        return SimpleNamespace(microphone=None, speaker=None, problem=None, lost_ms=0)


def asked() -> SimpleNamespace:
    return SimpleNamespace(type=0, size=640, buf=pj.ByteVector())


def given(pcm: bytes) -> SimpleNamespace:
    return SimpleNamespace(type=1, size=len(pcm), buf=pj.ByteVector(pcm))


def test_samples_are_numbered_from_the_beginning_and_jump_over_a_pause() -> None:
    counter = SampleCounter(16_000, 320, now=100.0)
    assert [counter.take(100.0 + n / 50) for n in range(3)] == [0, 320, 640]
    counter.pause()
    assert counter.take(102.0) == 32_000
    assert counter.take(102.02) == 32_320


def test_a_pause_shorter_than_what_was_given_never_turns_back() -> None:
    counter = SampleCounter(16_000, 320, now=0.0)
    for _ in range(10):
        counter.take(0.0)
    counter.pause()
    assert counter.take(0.01) == 3200


def test_every_byte_of_a_frame_is_copied() -> None:
    copy = choose_copy()
    for pcm in (b"", bytes(range(256)) * 2, b"\0\1" * 320):
        assert copy(pj.ByteVector(pcm)) == pcm


def test_muted_is_silence_on_the_wire_and_not_tapped() -> None:
    queue = new_queue()
    device = EchoDevice()
    port = LinePort(SharedSound(device).seat(), queue)
    port.begin("c1")
    wire = asked()
    port.onFrameRequested(wire)
    assert bytes(wire.buf) == b"\7\0" * 320
    port.muted = True
    port.onFrameRequested(wire)
    assert bytes(wire.buf) == bytes(640)
    frames = [entry for entry in queue if isinstance(entry, Frame)]
    assert [(entry.leg, entry.first, entry.tapped) for entry in frames] == [
        ("agent", 0, True),
        ("agent", 320, False),
    ]


def test_on_hold_nothing_is_kept_and_after_the_call_nothing_belongs_to_it() -> None:
    queue = new_queue()
    device = EchoDevice()
    port = LinePort(SharedSound(device).seat(), queue)
    port.begin("c1")
    port.hold(True)
    port.onFrameReceived(given(b"\1\0" * 320))
    port.onFrameRequested(asked())
    port.end()
    port.onFrameReceived(given(b"\1\0" * 320))
    assert not [entry for entry in queue if isinstance(entry, Frame)]
    assert device.heard == b"\1\0" * 640


def test_a_third_one_has_a_leg_of_their_own_in_the_call_while_they_are_in_it() -> None:
    queue, sound = new_queue(), SharedSound(EchoDevice())
    line, other = LinePort(sound.seat(), queue), LinePort(sound.seat(), queue)
    line.begin("c1")
    other.begin("c2", asked=True)

    def third_says() -> list[Frame]:
        queue.clear()
        other.onFrameReceived(given(b"\2\0" * 320))
        line.onFrameReceived(given(b"\1\0" * 320))
        return [entry for entry in queue if isinstance(entry, Frame) and entry.tapped]

    apart = [("c2", "caller"), ("c1", "caller")]
    assert [(f.call, f.leg) for f in third_says()] == apart, "a consultation is a call of its own"
    other.join(line)
    assert Begin("c1", "third", 16_000) in queue
    together = third_says()
    assert [(f.call, f.leg, f.pcm[:1]) for f in together] == [("c1", "third", b"\2"), ("c1", "caller", b"\1")]
    queue.clear()
    other.onFrameRequested(asked())
    assert [e.tapped for e in queue if isinstance(e, Frame)] == [False], (
        "the agent's words stand in the citizen's"
    )
    line.hold(True)
    assert third_says() == []
    line.hold(False)
    assert [f.leg for f in third_says()] == ["third", "caller"]
    other.join(None)
    assert [(f.call, f.leg) for f in third_says()] == apart
    other.join(line)
    line.end()
    assert third_says() == []


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ('"Hong \\"G\\"" <sip:120@pbx>', ("sip:120@pbx", 'Hong "G"')),
        ("sip:120@pbx", ("sip:120@pbx", "")),
        ("Hong <sip:120@pbx>;tag=1", ("sip:120@pbx", "Hong")),
        ('"\u202eevil\n" <sip:a@b>', ("sip:a@b", "evil")),
        ('"\u061ca\ufeff\U000e0041" <sip:a@b>', ("sip:a@b", "a")),
        ('"\udcb0\udca1" <sip:a@b>', ("sip:a@b", "\ufffd\ufffd")),
        ("sip:120@pbx;tag=1", ("sip:120@pbx", "")),
        (" " * 9_000 + "x" + " " * 9_000 + "<sip:a@b>", ("sip:a@b", "x")),
    ],
)
def test_who_calls_is_plain_text(text: str, remote: tuple[str, str]) -> None:
    assert remote_of(text) == remote
    assert len(clean("x" * 999, 80)) == 80


def test_who_calls_is_read_from_the_message_itself() -> None:
    name = "\udcb0\udca1" + "N" * 500
    assert sender_of(f'INVITE sip:a@b SIP/2.0\r\nf: "{name}"\r\n <sip:120@pbx>;tag=1\r\n\r\n') == (
        "\ufffd\ufffd".join(['"', "N" * 500]) + '" <sip:120@pbx>;tag=1'
    )


def test_causes_are_words() -> None:
    assert cause_of(486, False) == "busy"
    assert cause_of(200, True) == "normal"
    assert cause_of(599, False) == "server error"
    assert cause_of(499, False) == "refused"
    assert cause_of(302, False) == "moved"
    assert cause_of(420, False) == "not understood"
    assert {cause_of(code, False) for code in range(300, 700)} <= CAUSES_SHOWN, "each has words in the window"


def test_mos_falls_with_loss_and_delay() -> None:
    assert mos_of(None, 0) is None
    clear, lossy, late = mos_of(0, 60), mos_of(5, 60), mos_of(0, 400)
    assert clear is not None
    assert lossy is not None
    assert late is not None
    assert 4.2 < clear < 4.5
    assert lossy < clear
    assert late < clear


class BrokenDevice(EchoDevice):
    """A device whose driver has gone mad."""

    def read_microphone(self, samples: int) -> bytes:
        raise OSError("gone")

    def write_speaker(self, pcm: bytes) -> None:
        raise OSError("gone")


def test_a_broken_device_is_silence_and_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    port, wire = LinePort(SharedSound(BrokenDevice()).seat(), new_queue()), asked()
    for _ in range(3):
        port.onFrameRequested(wire)
        port.onFrameReceived(given(b"\1\0" * 320))
    assert bytes(wire.buf) == bytes(640)
    assert len(caplog.records) == 1
