"""A PulseAudio of the test's own with a headset made of null sinks; nothing of the user's sound is touched."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

RATE = 16000
EAR, MOUTH, MICROPHONE = "ear", "mouth", "ear_microphone"
START_S = 5.0
WAV_HEADER = 44


class SoundServer:
    """While entered: `ear` is a speaker, `ear_microphone` a microphone that hears what is played to `mouth`.

    With another sink as `hears` it hears that one.
    """

    def __init__(self, hears: str = MOUTH) -> None:
        self._hears = hears
        # A socket's path has little room, so the folder is not the test's own deep one.
        self._folder = tempfile.TemporaryDirectory(prefix="desk-pulse-")
        path = Path(self._folder.name)
        self._socket = path / "native"
        self.environment = {"PULSE_SERVER": f"unix:{self._socket}"}
        self._own = {
            **os.environ,
            "HOME": str(path),
            "PULSE_RUNTIME_PATH": str(path),
            "PULSE_STATE_PATH": str(path),
            **self.environment,
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._helpers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> SoundServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for helper in self._helpers:
            helper.kill()
            helper.communicate()
        self.stop()
        self._folder.cleanup()

    def start(self) -> None:
        """Start the server with its headset."""
        null = "module-null-sink rate=48000 sink_name="
        modules = (
            f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
            f"{null}{EAR} sink_properties=device.description=Headset",
            f"{null}{MOUTH} sink_properties=device.description=Mouth",
            f"module-remap-source master={self._hears}.monitor source_name={MICROPHONE} "
            "source_properties=device.description=HeadsetMicrophone",
        )
        command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
        for module in modules:
            command += ["-L", module]
        self._server = subprocess.Popen(
            command, env=self._own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_S
        while not self._answers():
            assert time.monotonic() < deadline, "pulseaudio did not start"

    def stop(self) -> None:
        """End the server, as when the sound system dies."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None
            self._socket.unlink(missing_ok=True)

    def control(self, *words: str) -> str:
        """`pactl words`; what it printed."""
        done = subprocess.run(["pactl", *words], env=self._own, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def add_headset(self, name: str) -> str:
        """Plug in another speaker; returns what `unplug` takes."""
        properties = f"sink_properties=device.description={name}"
        return self.control("load-module", "module-null-sink", f"sink_name={name}", "rate=48000", properties)

    def add_microphone(self, name: str, hears: str, description: str = "") -> str:
        """Plug in another microphone that hears what is played to a sink; returns what `unplug` takes."""
        properties = f"source_properties=device.description={description or name}"
        source = (f"master={hears}.monitor", f"source_name={name}")
        return self.control("load-module", "module-remap-source", *source, properties)

    def unplug(self, module: str) -> None:
        """Pull a device out."""
        self.control("unload-module", module)

    def play(self, file: Path, sink: str = MOUTH) -> None:
        """Play a WAV file to a sink, in the background."""
        command = ["paplay", f"--device={sink}", "--latency-msec=20", str(file)]
        self._helpers.append(subprocess.Popen(command, env=self._own))

    def record(self, file: Path, sink: str = EAR) -> None:
        """Record what a sink plays to a WAV file (16 kHz mono), in the background from now on."""
        self.record_all({sink: file})

    def record_all(self, files: dict[str, Path]) -> None:
        """The same of several sinks: each needs two seconds to begin, all together no more."""
        form = ["--format=s16le", f"--rate={RATE}", "--channels=1", "--file-format=wav"]
        for sink, file in files.items():
            command = ["parec", f"--device={sink}.monitor", "--latency-msec=20", *form, str(file)]
            self._helpers.append(subprocess.Popen(command, env=self._own))
        deadline = time.monotonic() + START_S
        for file in files.values():
            while not (file.is_file() and file.stat().st_size > WAV_HEADER):
                assert time.monotonic() < deadline, "the recording did not start"
                time.sleep(0.01)

    def _answers(self) -> bool:
        command = ["pactl", "list", "short", "sources"]
        done = subprocess.run(command, env=self._own, capture_output=True, text=True, timeout=START_S)
        return done.returncode == 0 and MICROPHONE in done.stdout
