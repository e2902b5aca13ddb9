"""baresip as the other party: sends a tone, records what it hears, is driven over its control port."""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event as Pause
from threading import Thread
from typing import Any

from tests.peers.ports import free_port

Event = dict[str, Any]
CONFIG = """\
poll_method epoll
module_path /usr/lib/baresip/modules
sip_listen {listen}
audio_source {source}
audio_player {player}
audio_alert aubridge,bell
audio_buffer 20-160
ausrc_srate 48000
ausrc_channels 2
rtp_timeout 60
snd_path {home}
ctrl_tcp_listen 127.0.0.1:{control}
module g711.so
module g722.so
module aubridge.so
module ausine.so
module aufile.so
module sndfile.so
module uuid.so
module srtp.so
module_tmp account.so
module_app menu.so
module_app contact.so
module_app ctrl_tcp.so
"""


class Baresip:
    """One baresip process with one account. `heard()` is the recording of what it got."""

    def __init__(
        self,
        home: Path,
        source: str = "ausine,440",
        codecs: str = "G722/16000/1,PCMA/8000/1,PCMU/8000/1",
        account: str = "",
        transport: str = "udp",
        encryption: str = "",
        player: str = "aubridge,ear",
        modules: tuple[str, ...] = (),
        answer: str = "manual",
        environment: dict[str, str] | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home, self.port = home, free_port(host)
        self._control_port = free_port(kind=socket.SOCK_STREAM)
        listen = f"{host}:{self.port}"
        config = CONFIG.format(
            listen=listen, source=source, player=player, home=home, control=self._control_port
        )
        config += "".join(f"module {module}.so\n" for module in modules)
        (home / "config").write_text(config)
        secured = f";mediaenc={encryption}" if encryption else ""
        own = account or f"<sip:bare@{listen}>;regint=0"
        (home / "accounts").write_text(f"{own};answermode={answer};audio_codecs={codecs}{secured}\n")
        (home / "contacts").write_text('"x" <sip:x@example.invalid>\n')
        self.uri = f"sip:bare@{listen}"
        self.process = subprocess.Popen(
            ["baresip", "-f", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home), **(environment or {})},
        )
        self._socket = self._connect()
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.events: list[Event] = []
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Baresip:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connect(self) -> socket.socket:
        deadline = time.monotonic() + 10
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self._control_port))
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise AssertionError("baresip did not start") from None
                Pause().wait(0.02)

    def _read(self) -> None:
        data = b""
        while True:
            try:
                part = self._socket.recv(65536)
            except OSError:
                return
            if not part:
                return
            data += part
            while b":" in data:
                length, _, rest = data.partition(b":")
                size = int(length)
                if len(rest) <= size:
                    break
                self._queue.put(json.loads(rest[:size]))
                data = rest[size + 1 :]

    def command(self, name: str, parameters: str = "") -> None:
        """One command of baresip's menu, for example dial, accept, hangup, hold, resume."""
        text = json.dumps({"command": name, "params": parameters, "token": ""}).encode()
        self._socket.sendall(b"%d:%s," % (len(text), text))

    def wait(self, what: Callable[[Event], bool], timeout: float = 10.0) -> Event:
        """The next event that fits."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self._queue.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"baresip: not seen in {timeout} s; seen: {self.events}") from None
            self.events.append(event)
            if what(event):
                return event

    def wait_type(self, kind: str, timeout: float = 10.0) -> Event:
        """Wait for an event by its type, for example CALL_ESTABLISHED."""
        return self.wait(lambda event: event.get("type") == kind, timeout)

    def wait_registered(self, timeout: float = 10.0) -> None:
        """Wait until its account is registered."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.command("reginfo")
            if "OK" in str(self.wait(lambda event: "response" in event, timeout).get("data")):
                return
            Pause().wait(0.05)
        raise AssertionError("baresip is not registered")

    def heard(self) -> Path:
        """The recording of what it heard in the last call."""
        return max(self.home.glob("dump-*-dec.wav"), key=lambda path: path.stat().st_mtime)

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._thread.join(2)
