"""From the start of a process to the registrar's 200 and open devices; of the whole desk to its painted window."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from pathlib import Path

from bench.phone_measure.desk import RunningDesk
from bench.phone_measure.registrar import Registrar
from bench.phone_measure.report import BARESIP, LINPHONE, PRODUCT, Bar, Report
from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.ports import free_port
from tests.peers.sound_server import SoundServer

REGISTERED_S, PAINTED_S = Bar(0.5), Bar(2.5)
WINDOW = 'language = "ko"\nwrapup_seconds = 0\n'
LINPHONERC = """\
[sip]
sip_port={port}
sip_tcp_port=-1
sip_tls_port=-1
default_proxy=0
guess_hostname=0
use_ipv6=0
[proxy_0]
reg_proxy=<sip:{place}>
reg_identity=sip:lin@{place}
reg_expires=300
reg_sendregister=1
"""
"""It watches the network, other than in the tests: without that it does not register."""


def own_start(home: Path, sound: SoundServer) -> tuple[float, float]:
    """Seconds to registered and to devices that are open, microphone and speaker."""
    with Registrar() as registrar:
        home.mkdir()
        account = home / "account.toml"
        account.write_text(
            f'id = "sip:agent@{registrar.place}"\nregistrar = "{registrar.place}"\nbind = "127.0.0.1"\n'
        )
        began = time.monotonic_ns()
        with HeadlessPhone(home / "d", "--account", str(account), environment=sound.environment) as phone:
            devices = phone.wait(
                lambda event: event["event"] == "devices" and bool(event["devices"]["microphone"]), 30
            )
            return registrar.since(began), float(devices["mono"]) - began / 1e9


def baresip_start(home: Path) -> float:
    """Seconds to registered."""
    with Registrar() as registrar:
        began = time.monotonic_ns()
        with Baresip(home, account=f"<sip:bare@{registrar.place}>;regint=300"):
            return registrar.since(began)


def linphone_start(home: Path) -> float:
    """Seconds to registered."""
    for folder in (".local/share/linphone", ".config/linphone"):
        (home / folder).mkdir(parents=True)
    with Registrar() as registrar:
        (home / "rc").write_text(LINPHONERC.format(port=free_port(), place=registrar.place))
        began = time.monotonic_ns()
        program = subprocess.Popen(
            ["linphonec", "-c", str(home / "rc")],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )
        try:
            return registrar.since(began)
        finally:
            program.kill()
            program.communicate()


def desk_start(home: Path, sound: SoundServer) -> tuple[float, float]:
    """Seconds to the painted window and to a phone that can be called."""
    with RunningDesk(home, settings=WINDOW, environment=sound.environment) as desk:
        painted, ready = desk.wait("painted"), desk.wait("ready")
        return (int(painted["mono"]) - desk.started) / 1e9, (int(ready["mono"]) - desk.started) / 1e9


def measure_start(report: Report, home: Path, runs: int) -> None:
    """Medians of some runs, the phones in turn."""
    registered, opened, bare, lin = list[float](), list[float](), list[float](), list[float]()
    painted, ready = list[float](), list[float]()
    with SoundServer() as sound:
        for run in range(runs):
            at, device = own_start(home / f"own{run}", sound)
            registered.append(at)
            opened.append(device)
            bare.append(baresip_start(home / f"bare{run}"))
            lin.append(linphone_start(home / f"lin{run}"))
            shown, callable_ = desk_start(home / f"desk{run}", sound)
            painted.append(shown)
            ready.append(callable_)
    median = statistics.median
    both = [max(pair) for pair in zip(registered, opened, strict=True)]
    systems = {PRODUCT: median(both), BARESIP: median(bare), LINPHONE: median(lin)}
    name = "start to registered, with us also microphone and speaker open"
    report.amount(
        "start", name, "s", systems, REGISTERED_S, runs=runs,
        registered=round(median(registered), 3), devices=round(median(opened), 3), worst=round(max(both), 3),
    )  # fmt: skip
    report.amount(
        "start", "whole desk to its painted window", "s", {PRODUCT: median(painted)}, PAINTED_S, runs=runs,
        callable=round(median(ready), 3), worst=round(max(painted), 3),
    )  # fmt: skip
