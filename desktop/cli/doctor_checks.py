"""The checks of `dasan-desk doctor`. Each takes the folders and the settings and changes nothing of the user's."""

import hashlib
import importlib.metadata
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from desktop import __version__
from desktop.adapters.speech_models.sources import published_digest
from desktop.adapters.stt.fast_models import has_ctranslate2
from desktop.adapters.stt.model_file import practice_model
from desktop.adapters.system.machine import free_bytes, memory
from desktop.domain.transcript import CTRANSLATE2
from desktop.paths import Folders, resources
from desktop.settings import Loaded

CHILD_SECONDS = 30.0
LOW_DISK_BYTES = 1_000_000_000
NO_DISK_BYTES = 100_000_000
SPEECH_MEMORY_BYTES = 4_000_000_000
CLOCK_SLACK_SECONDS = 120.0
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
PARTS = (
    "PySide6_Essentials",
    "pjsua2-python",
    "miniaudio",
    "sqlite-utils",
    "onnxruntime",
    "torch",
    "openai-whisper",
)
INSTALL = "Install the program again (from a checkout: python3 dev.py run)."
SIP_PROGRAM = """
import pjsua2
endpoint = pjsua2.Endpoint()
endpoint.libCreate()
print("version", endpoint.libVersion().full, flush=True)
endpoint.libDestroy()
"""
QT_PROGRAM = "from PySide6.QtGui import QGuiApplication as A; a = A([]); print(a.platformName(), flush=True)"


class Verdict(StrEnum):
    """What a check came to; `warn` means that the desk works, but not all of it."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: what was found, and what to do where it is not in order."""

    verdict: Verdict
    detail: str
    advice: str = ""


def ok(detail: str) -> Finding:
    """All is in order."""
    return Finding(Verdict.OK, detail)


def warn(detail: str, advice: str) -> Finding:
    """A part of the desk does not work."""
    return Finding(Verdict.WARN, detail, advice)


def fail(detail: str, advice: str) -> Finding:
    """The desk does not work."""
    return Finding(Verdict.FAIL, detail, advice)


def versions(where: Folders, loaded: Loaded) -> Finding:
    """The program, Python, the system and every part."""
    found: list[str] = [f"dasan-desk {__version__}", f"Python {platform.python_version()}"]
    found.append(f"{platform.system()} {platform.release()} {platform.machine()}")
    missing = []
    for name in PARTS:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if not ((3, 11) <= sys.version_info[:2] < (3, 13)):
        return fail(", ".join(found), "Python 3.11 or 3.12 is needed.")
    if missing and not getattr(sys, "frozen", False):
        return fail(f"{', '.join(found)}; missing: {', '.join(missing)}", INSTALL)
    return ok(", ".join(found))


def settings(where: Folders, loaded: Loaded) -> Finding:
    """Whether the settings file says what it means."""
    if loaded.problems:
        return warn(" ".join(each.sentence() for each in loaded.problems), f"Correct {where.settings_file}.")
    there = where.settings_file.exists()
    return ok(
        str(where.settings_file) if there else f"{where.settings_file} does not exist; defaults are used"
    )


def window(where: Folders, loaded: Loaded) -> Finding:
    """Whether Qt starts on this screen, tried in a child: Qt ends a process that has no screen."""
    done = _child(QT_PROGRAM, {})
    if done.returncode == 0:
        return ok(f"Qt starts on {done.stdout.strip()}")
    if _child(QT_PROGRAM, {"QT_QPA_PLATFORM": "offscreen"}).returncode == 0:
        return warn(
            f"Qt finds no screen: {_last_line(done.stderr)}",
            "Start it in a graphical session; practice --headless works without one.",
        )
    return fail(
        f"Qt does not start: {_last_line(done.stderr)}",
        "Install the system's libraries: libegl1 libgl1 libxcb-cursor0 libxkbcommon-x11-0 (dev.py run does it).",
    )


def sound(where: Folders, loaded: Loaded) -> Finding:
    """Whether there is something to speak into and to hear with."""
    from desktop.adapters.audio.choosing import is_unasked
    from desktop.adapters.audio.devices import list_devices

    devices = list_devices()
    chosen = loaded.settings.microphone_id
    used = [
        each for each in devices if each.kind == "microphone" and (each.id == chosen or not is_unasked(each))
    ]
    microphones = [each.name for each in devices if each.kind == "microphone"]
    speakers = [each.name for each in devices if each.kind == "speaker"]
    detail = f"microphones: {', '.join(microphones) or 'none'}; speakers: {', '.join(speakers) or 'none'}"
    if microphones and not used:
        return warn(
            detail, "A camera's microphone is used only where the settings name it; plug in a headset."
        )
    if microphones and speakers:
        return ok(detail)
    return warn(detail, "Plug in a headset, or allow the sound system; without one a call is silent here.")


def telephone(where: Folders, loaded: Loaded) -> Finding:
    """Whether the SIP engine starts, tried in a child, as the desk does it."""
    done = _child(SIP_PROGRAM, {})
    # pjsip writes its own lines around ours.
    version = next((line.split()[1] for line in done.stdout.splitlines() if line.startswith("version ")), "")
    if done.returncode == 0 and version:
        return ok(f"pjsip {version}")
    return fail(f"the SIP engine does not start: {_last_line(done.stderr)}", INSTALL)


def database(where: Folders, loaded: Loaded) -> Finding:
    """Whether the records can be read, are whole and not from a newer version."""
    from desktop.adapters.storage.migrations import ANSWERS, DESK

    found = []
    files = {where.desk_database: DESK, where.practice_database: DESK, where.answers_database: ANSWERS}
    for path, schema in files.items():
        if not path.exists():
            found.append(f"{path.name} does not exist yet")
            continue
        try:
            version, whole = _inspect(path)
        except sqlite3.Error as error:
            return fail(f"{path} cannot be read: {error}", "Move it away or put a backup in its place.")
        if version > schema.version:
            return fail(
                f"{path.name} was written by a newer version (schema {version})", "Update the program."
            )
        if whole != "ok":
            return fail(f"{path.name} is damaged: {whole}", "Put a backup in its place.")
        found.append(f"{path.name} is whole (schema {version})")
    return ok("; ".join(found))


def _inspect(path: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (whole,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return int(version), str(whole)


def evidence(where: Folders, loaded: Loaded) -> Finding:
    """Whether the keys of sealed originals lie where only this user's keyring opens them."""
    from desktop.adapters.evidence.keys import FILE_NAME, keys_in_file, read_entries

    keys, bare = len(read_entries(where.evidence / FILE_NAME)), keys_in_file(where.evidence)
    if bare:
        return warn(
            f"{bare} of {keys} keys of saved evidence lie in {where.evidence / FILE_NAME}: no keyring took them",
            "Start the desk where a keyring is unlocked (on Linux a Secret Service such as GNOME Keyring or KWallet): "
            "the keys move there by themselves. Until then keep this file out of backups that others can read.",
        )
    return ok(f"{keys} keys of evidence in the keyring" if keys else "no evidence was sealed yet")


def pack(where: Folders, loaded: Loaded) -> Finding:
    """Whether the answers can be searched."""
    from desktop.adapters.search.pack import Pack, PackError

    chosen = loaded.settings.faq_pack
    file = Path(chosen) if chosen else resources() / "faq" / "sample.faq"
    try:
        opened = Pack(file)
    except PackError as error:
        return fail(str(error), "Choose another pack in the settings (faq_pack); calls work without answers.")
    return ok(f"{file.name}: {opened.articles} articles{'' if chosen else ' (the shipped sample)'}")


def model(where: Folders, loaded: Loaded) -> Finding:
    """Whether calls can be transcribed."""
    if not loaded.settings.speech_enabled:
        return ok("transcription is switched off in the settings")
    chosen = loaded.settings.speech_model
    file = Path(chosen) if chosen else practice_model()
    if not file.is_file():
        advice = (
            "Choose a Whisper checkpoint in the settings (speech_model); calls work without a transcript."
        )
        return warn(f"no speech model at {file}" if chosen else "no speech model is shipped", advice)
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    expected = published_digest(file)
    if expected and digest != expected:
        return fail(
            f"{file.name} is not the file that was published (SHA-256 {digest[:16]})", "Copy it again."
        )
    if not zipfile.is_zipfile(file):
        return fail(
            f"{file.name} is no Whisper checkpoint that can be read",
            "Copy it again, or choose another in the settings (speech_model).",
        )
    total, _available = memory()
    size = f"{file.name}, {file.stat().st_size / 1e6:.0f} MB, SHA-256 {digest[:16]}"
    if 0 < total < SPEECH_MEMORY_BYTES:
        return warn(
            f"{size}; {total / 1e9:.1f} GB of memory", "4 GB of memory are advised for transcription."
        )
    if loaded.settings.speech_engine == CTRANSLATE2 and not has_ctranslate2():
        advice = "Install dasan-desk[fast], or choose another engine in the settings (speech_engine)."
        return warn(f"{size}; CTranslate2 is not installed, PyTorch runs the model", advice)
    if not chosen:
        return warn(
            f"{size}: for practice calls only", "Choose a Whisper checkpoint for real calls (speech_model)."
        )
    return ok(size + ("" if expected else " (no published digest beside it)"))


def disk(where: Folders, loaded: Loaded) -> Finding:
    """Whether records can be written, and for how long."""
    free = free_bytes(where.data)
    detail = f"{where.data}: {free / 1e9:.1f} GB free"
    problem = _cannot_write(where.data)
    if problem:
        return fail(
            f"{where.data} cannot be written: {problem}", "Allow writing, or choose another with --data."
        )
    if free < NO_DISK_BYTES:
        return fail(detail, "Free some room: records of calls could not be saved.")
    return warn(detail, "Free some room soon.") if free < LOW_DISK_BYTES else ok(detail)


def _cannot_write(folder: Path) -> str:
    """Why nothing can be written in `folder`; a folder that does not exist yet is judged by its parent."""
    if not folder.exists():
        parent = next(each for each in folder.parents if each.exists())
        return "" if os.access(parent, os.W_OK) else f"{parent} is read-only"
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            return ""
    except OSError as error:
        return error.strerror or type(error).__name__


def clock(where: Folders, loaded: Loaded) -> Finding:
    """Whether the clock can be right: not before this version, not before what was already written."""
    now = time.time()
    shown = datetime.fromtimestamp(now, UTC).astimezone().isoformat(timespec="seconds")
    if now < RELEASED.timestamp():
        return fail(f"{shown} is before this version was made", "Set the clock: records carry its time.")
    for path in (where.desk_database, where.settings_file):
        if path.exists() and path.stat().st_mtime > now + CLOCK_SLACK_SECONDS:
            return warn(
                f"{shown}, but {path.name} was written later", "Check the clock: records carry its time."
            )
    return ok(shown)


def _child(program: str, more: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", program]
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=CHILD_SECONDS,
            env={**os.environ, **more},
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"no answer within {CHILD_SECONDS:.0f} s")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it ended without a word"
