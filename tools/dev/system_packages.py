"""What Debian and Ubuntu have to bring: the window's libraries, and for tests other programs of a telephone line."""

import os
import shutil
import subprocess

from tools.dev.place import stop, tell, works

# An alternative is written with a bar; the first one that apt knows is installed.
WINDOW = (
    "libegl1",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libfontconfig1",
    "libfreetype6",
    "libdbus-1-3",
    "libx11-6",
    "libx11-xcb1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libpulse0",
)
PEERS = (
    "xvfb",
    "dbus-daemon|dbus",
    "at-spi2-core",
    "pulseaudio",
    "pulseaudio-utils",
    "sip-tester",
    "baresip-core",
    "linphone-cli",
    "kamailio",
    "kamailio-tls-modules",
    "coturn",
    "iproute2",
    "espeak-ng",
    "sox",
)


def on_debian() -> bool:
    """Whether this system installs by dpkg and apt."""
    return os.name == "posix" and bool(shutil.which("dpkg-query")) and bool(shutil.which("apt-get"))


def installed() -> set[str]:
    """The names of installed packages."""
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n"], stdout=subprocess.PIPE, text=True
    ).stdout
    pairs = (line.split() for line in shown.splitlines())
    return {pair[0] for pair in pairs if len(pair) > 1 and pair[1].startswith("ii")}


def missing(wanted: tuple[str, ...]) -> list[str]:
    """Those of `wanted` of which no alternative is installed."""
    have = installed()
    return [each for each in wanted if have.isdisjoint(each.split("|"))]


def _known(name: str) -> bool:
    shown = subprocess.run(["apt-cache", "policy", name], stdout=subprocess.PIPE, text=True).stdout
    return "Candidate:" in shown and "Candidate: (none)" not in shown


def _first_known(alternatives: str) -> str:
    names = alternatives.split("|")
    return next((name for name in names if _known(name)), names[-1])


def ensure(wanted: tuple[str, ...], purpose: str) -> None:
    """Install what is missing as root or with password-less sudo; otherwise stop with the exact command.

    Does nothing on other systems. Raises Failure.
    """
    if not on_debian():
        return
    lacking = missing(wanted)
    if not lacking:
        return
    prefix = _privilege()
    if prefix is None:
        names = " ".join(each.split("|")[-1] for each in lacking)
        stop(
            f"{purpose} needs packages of the system that are not installed. Install them, then try again:\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        )
    tell(f"system packages for {purpose}: {', '.join(each.split('|')[0] for each in lacking)}")
    _apt(prefix, ["update"])
    names = " ".join(_first_known(each) for each in lacking)
    _apt(prefix, ["install", "-y", "--no-install-recommends", *names.split()])


def _privilege() -> list[str] | None:
    if getattr(os, "geteuid", lambda: 1)() == 0:
        return []
    if shutil.which("sudo") and works(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def _apt(prefix: list[str], arguments: list[str]) -> None:
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # A repository that cannot be reached makes `update` complain; `install` may still find everything.
    if done.returncode and arguments[0] != "update":
        tail = "\n".join("  " + line for line in done.stdout.splitlines()[-8:])
        shown = " ".join(["sudo apt-get", *arguments])
        stop(f"apt-get failed:\n{tail}\nCorrect that, run by hand what follows, then try again:\n  {shown}")
