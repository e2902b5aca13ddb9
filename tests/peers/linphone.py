"""linphonec as the other party: plays a tone from a file, records what it hears, is driven over its standard input."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from threading import Event as Pause

from tests.peers.ports import free_port
from tests.peers.tones import write_tone

# Port -1: none is asked for, so no test takes another one's. It looks at no network state, there is only loopback.
CONFIG = """\
[sip]
sip_port={sip}
sip_tcp_port=-1
sip_tls_port=-1
contact=sip:lin@127.0.0.1
guess_hostname=0
ipv6_migration_done=1
use_ipv6=0
media_encryption=none
auto_net_state_mon=0

[rtp]
audio_rtp_port={rtp}

[sound]
echo_cancellation=0
"""


class Linphone:
    """One linphonec without an account. `heard` is the recording of what it got."""

    def __init__(self, home: Path, hertz: float = 440) -> None:
        # Where these are missing it starts no network.
        for folder in (".local/share/linphone", ".config/linphone"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        self.port, self.heard, self._out = free_port(), home / "heard.wav", home / "out"
        (home / "rc").write_text(CONFIG.format(sip=self.port, rtp=free_port()))
        tone = write_tone(home / "tone.wav", hertz)
        with self._out.open("w") as out:
            self.process = subprocess.Popen(
                ["linphonec", "-c", str(home / "rc")],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, "HOME": str(home)},
            )
        self.command("soundcard use files", "Using wav files")
        self.command(f"play {tone}")
        self.command(f"record {self.heard}")

    def __enter__(self) -> Linphone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def command(self, words: str, answer: str = "") -> None:
        """One line of its shell, for example call, answer, pause, resume, terminate; wait for `answer`."""
        before = len(self._said())
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        if answer:
            self.wait(answer, before)

    def wait(self, pattern: str, after: int = 0, timeout: float = 15.0) -> str:
        """Until it has said something that fits."""
        deadline = time.monotonic() + timeout
        while (found := re.search(pattern, self._said()[after:])) is None:
            assert time.monotonic() < deadline, f"linphonec: no {pattern!r}; said: {self._said()[-800:]}"
            Pause().wait(0.05)
        return found[0]

    def _said(self) -> str:
        return self._out.read_text(errors="replace")

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()
