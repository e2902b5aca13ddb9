from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.adapters.audio import miniaudio_device
from desktop.adapters.audio.choosing import choose
from desktop.adapters.audio.devices import Device, Found, Kind, list_devices, readable_id
from desktop.adapters.audio.direction import Direction, Kept
from desktop.adapters.audio.miniaudio_device import MiniaudioDevice
from desktop.adapters.audio.play_queue import PlayQueue
from desktop.adapters.audio.port import DeviceError
from desktop.domain.sound import Wish


def found(key: str, kind: Kind = "speaker", default: bool = False) -> Found:
    return Found(Device(key, f"Name of {key}", kind, default), key.encode())


def named(key: str, name: str, kind: Kind = "speaker", default: bool = False) -> Found:
    return Found(Device(key, name, kind, default), key.encode())


class FakeStream:
    def __init__(self, device: Device, now: float) -> None:
        self.device, self.heard, self.calls = device, now, 0
        self.closed = False

    def close(self, wait_s: float = 0.0) -> None:
        self.closed = True


class Bench:
    """A direction with a clock and streams of the test's own; `play` lets the open one call back."""

    def __init__(self, wanted: str = "") -> None:
        self.now = 0.0
        self.broken: set[str] = set()
        self.opened: list[FakeStream] = []
        self.queue = PlayQueue()
        self.direction = Direction("speaker", Wish(wanted), lambda samples: b"", self._open, queue=self.queue)

    def _open(self, target: Found, work: Callable[..., object], queue: PlayQueue) -> FakeStream:
        if target.device.id in self.broken:
            raise DeviceError("busy")
        self.opened.append(FakeStream(target.device, self.now))
        return self.opened[-1]

    def pass_time(self, seconds: float, devices: list[Found], dead: frozenset[str] = frozenset()) -> None:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            for stream in self.opened:
                if not stream.closed and stream.device.id not in dead:
                    stream.heard, stream.calls = self.now, stream.calls + 5
            self.direction.tend(True, devices, self.now)

    @property
    def open_now(self) -> list[str]:
        return [stream.device.id for stream in self.opened if not stream.closed]


def test_choosing_goes_by_id_then_name_then_default() -> None:
    devices = [found("a"), found("b", default=True), found("c"), found("m", "microphone", default=True)]
    assert choose(devices, "speaker", Wish("c")) == (devices[2], "wanted")
    assert choose(devices, "speaker", Wish("gone", "Name of a")) == (devices[0], "wanted")
    assert choose(devices, "speaker", Wish("c", "Name of a")) == (devices[2], "wanted")
    assert choose(devices, "speaker", Wish("gone")) == (devices[1], "system")
    assert choose(devices, "speaker", Wish()) == (devices[1], "system")
    assert choose(devices, "speaker", Wish("c"), frozenset({"c"})) == (devices[1], "system")
    assert choose(devices[:1], "speaker", Wish(), frozenset({"a"})) == (devices[0], "system")
    assert choose(devices[:3], "microphone", Wish()) is None


def test_a_headset_stands_in_before_the_system_s_own_and_only_for_a_chosen_device() -> None:
    devices = [found("built-in", default=True), named("usb-2", "Jabra Evolve2 65")]
    assert choose(devices, "speaker", Wish("gone")) == (devices[1], "headset")
    assert choose(devices, "speaker", Wish()) == (devices[0], "system")
    assert choose(devices, "speaker", Wish("gone"), headsets=("evolve2",)) == (devices[1], "headset")
    assert choose(devices, "speaker", Wish("gone"), headsets=("voyager",)) == (devices[0], "system")


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("alsa_input.usb-046d_HD_Pro_Webcam_C920", "HD Pro C920 Analog Stereo"),
        ("{0.0.1.00000000}", "Microphone (Logitech BRIO)"),
        ("{0.0.1.00000001}", "마이크(HD 웹캠)"),
        ("{0.0.1.00000002}", "Stereo Mix (Realtek)"),
        ("{0.0.1.00000003}", "스테레오 믹스"),
        ("alsa_output.pci.monitor", "Monitor of Built-in Audio"),
        ("usb-cam", "StreamCam"),
    ],
)
def test_a_camera_or_what_plays_is_a_microphone_only_where_somebody_chose_it(key: str, name: str) -> None:
    camera = named(key, name, "microphone", default=True)
    other = found("built-in", "microphone")
    assert choose([camera, other], "microphone", Wish()) == (other, "system")
    assert choose([camera], "microphone", Wish("gone")) is None
    assert choose([camera, other], "microphone", Wish(key)) == (camera, "wanted")


def test_an_id_is_read_up_to_its_end() -> None:
    assert readable_id(b"alsa_output.usb\0garbage".ljust(256, b"\xff")) == "alsa_output.usb"


def test_a_device_that_falls_silent_is_replaced_by_the_default_within_300_ms() -> None:
    bench = Bench("headset")
    devices = [found("headset"), found("built-in", default=True)]
    bench.pass_time(2.0, devices)
    assert bench.open_now == ["headset"]
    bench.pass_time(0.3, devices, dead=frozenset({"headset"}))
    assert bench.open_now == ["built-in"]
    assert bench.opened[0].closed


def test_a_device_that_comes_back_is_used_again() -> None:
    bench = Bench("headset")
    both = [found("headset"), found("built-in", default=True)]
    bench.pass_time(1.0, both)
    bench.pass_time(1.0, both[1:])
    assert bench.open_now == ["built-in"]
    bench.pass_time(0.1, both)
    assert bench.open_now == ["headset"]


def test_a_speaker_that_ran_dry_again_and_again_is_opened_with_a_longer_queue() -> None:
    bench = Bench()
    only = [found("only", default=True)]
    bench.pass_time(1.0, only)
    for second in (1.0, 2.0, 3.0):
        bench.queue.ran_dry(10.0, second)
    bench.pass_time(1.0, only)
    assert [stream.closed for stream in bench.opened] == [True, False]


def test_the_only_device_is_tried_again_and_not_in_a_hurry() -> None:
    bench = Bench()
    only = [found("only", default=True)]
    bench.broken = {"only"}
    bench.pass_time(3.0, only)
    assert bench.opened == []
    bench.broken = set()
    bench.pass_time(1.1, only)
    assert bench.open_now == ["only"]


def test_a_device_that_always_falls_silent_does_not_interrupt_the_other_one_forever() -> None:
    bench = Bench("bad")
    devices = [found("bad"), found("good", default=True)]
    bench.pass_time(120.0, devices, dead=frozenset({"bad"}))
    tries = [stream for stream in bench.opened if stream.device.id == "bad"]
    assert len(tries) <= 6
    assert bench.open_now in (["good"], ["bad"])


def test_a_new_default_is_followed_where_nothing_else_is_wanted() -> None:
    bench = Bench()
    bench.pass_time(1.0, [found("a", default=True), found("b")])
    bench.pass_time(0.1, [found("a"), found("b", default=True)])
    assert bench.open_now == ["b"]


def test_who_stays_with_a_device_is_not_given_the_preferred_one_that_is_back() -> None:
    bench = Bench("headset")
    both = [found("headset"), found("built-in", default=True)]
    bench.pass_time(0.1, both[1:])
    bench.direction.kept = Kept("built-in")
    bench.pass_time(0.2, both)
    assert (bench.open_now, bench.direction.why) == (["built-in"], "kept")
    bench.pass_time(0.1, both[:1])
    assert bench.open_now == ["headset"], "what is kept is gone: any other is better than silence"
    bench.pass_time(0.1, both)
    assert bench.open_now == ["built-in"]
    bench.direction.kept = None
    bench.pass_time(0.1, both)
    assert bench.open_now == ["headset"]


def test_who_wants_only_that_one_hears_nothing_while_it_is_away() -> None:
    bench = Bench("headset")
    both = [found("headset"), found("built-in", default=True)]
    bench.pass_time(0.1, both)
    bench.direction.kept = Kept("headset", only=True)
    bench.pass_time(0.2, both[1:])
    assert (bench.open_now, bench.direction.listed) == ([], False)
    bench.pass_time(0.1, both)
    assert bench.open_now == ["headset"]


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(miniaudio_device, "LIST_S", 0.01)
    monkeypatch.setattr(miniaudio_device, "WATCH_S", 0.01)


@pytest.mark.usefixtures("no_waiting")
def test_without_any_device_there_is_silence_and_a_problem() -> None:
    device = MiniaudioDevice(listing=list)
    try:
        device.start()
        device.ring("incoming")
        device.write_speaker(bytes(640))
        assert device.read_microphone(320) == bytes(640)
        assert device.state().problem == "no_devices"
        assert device.state().microphone is None
        device.stop()
    finally:
        device.close()


@pytest.mark.usefixtures("no_waiting")
def test_a_list_that_fails_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> list[Found]:
        raise RuntimeError("the sound system is upset")

    device = MiniaudioDevice(listing=fail)
    try:
        device.start()
        assert device.read_microphone(320) == bytes(640)
        assert device.state().problem == "no_devices"
    finally:
        device.close()
    assert "tending the sound devices failed" in caplog.text


def test_one_direction_missing_is_named() -> None:
    device = MiniaudioDevice(listing=lambda: [found("only", default=True)])
    try:
        state = device.state()
        assert (state.problem, state.speaker) == ("no_microphone", "Name of only")
    finally:
        device.close()


def test_no_sound_system_is_an_empty_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/pulse")
    assert [device for device in list_devices() if "monitor" in device.id] == []
