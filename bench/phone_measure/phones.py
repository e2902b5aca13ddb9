"""The phones that are measured: ours and, beside it, baresip and linphonec; each on loopback, ended with the `with`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.phone_measure.report import BARESIP, LINPHONE, PRODUCT
from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.linphone import Linphone


@dataclass(frozen=True, slots=True)
class Subject:
    """A phone that runs: where it is called, and its processes."""

    name: str
    uri: str
    pid: int
    answer: Callable[[], None] = lambda: None
    """Takes the call that rings; ours does that by itself where it is started so."""

    @property
    def processes(self) -> list[psutil.Process]:
        """The phone's own process and its children."""
        own = psutil.Process(self.pid)
        return [own, *own.children(recursive=True)]

    def megabytes(self) -> float:
        """PSS of all its processes together."""
        return sum(float(one.memory_full_info().pss) for one in self.processes) / 1e6


@contextlib.contextmanager
def ours(home: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Subject]:
    """Our phone and engine without a window; its events are read, as a desk would."""
    with HeadlessPhone(home / "ours", *options, environment=environment) as phone:
        ready = phone.ready()
        phone.wait(lambda event: event["event"] == "devices", 20)
        yield Subject(PRODUCT, f"sip:agent@{ready['address']}:{ready['port']}", phone.process.pid)


@contextlib.contextmanager
def baresip(home: Path) -> Iterator[Subject]:
    """baresip without sound devices."""
    with Baresip(home / "baresip") as phone:
        yield Subject(BARESIP, phone.uri, phone.process.pid, lambda: phone.command("accept"))


@contextlib.contextmanager
def linphonec(home: Path) -> Iterator[Subject]:
    """linphonec, playing from a file."""
    with Linphone(home / "linphonec") as phone:
        uri = f"sip:lin@127.0.0.1:{phone.port}"
        yield Subject(LINPHONE, uri, phone.process.pid, lambda: phone.command("answer"))
