"""The desk's options: each declared once, read from and written to `settings.toml`.

A wrong value is named and its default used; an unknown key is named and kept; a file that cannot be read at all means
defaults and stays untouched. `docs/settings.md` is made from this module (`python -m desktop.settings`).
"""

import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop.domain.language import LANGUAGES
from desktop.domain.sound import LOUDEST, LOUDEST_RING, QUIETEST
from desktop.domain.transcript import AUTO, ENGINES
from desktop.paths import write_private
from desktop.toml_edit import edited, toml_value

Value = str | int | bool
_OPTION = "option"


@dataclass(frozen=True, slots=True)
class Option:
    """What is known about one option besides its name, type and default."""

    sentence: str
    lockable: bool = True
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    longest: int = 1000


def _option(default: Any, sentence: str, **more: Any) -> Any:
    return field(default=default, metadata={_OPTION: Option(sentence, **more)})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option with its value. Declared here and nowhere else."""

    language: str = _option(
        "", "Language of the window; empty asks at the first start.", lockable=False, choices=("", "ko", "en")
    )
    organisation: str = _option(
        "", "Name of the organisation, as it stands in reports and records.", longest=100
    )
    agent_name: str = _option(
        "", "Name of the person at this desk, kept with every record.", lockable=False, longest=100
    )
    agent_number: str = _option("", "Staff number of that person.", lockable=False, longest=40)
    call_queue: str = _option(
        "", "Name of the queue that this desk's calls come from, as it stands in evidence.", longest=60
    )
    team: str = _option("", "Name of that person's team, as it stands in evidence.", longest=60)
    station: str = _option("", "Name or number of this workplace, as it stands in evidence.", longest=60)
    theme: str = _option(
        "system",
        "Colours of the window; the system's high contrast goes before them.",
        lockable=False,
        choices=("system", "light", "dark", "contrast"),
    )
    text_size: int = _option(100, "Size of all text in per cent.", lockable=False, minimum=80, maximum=200)
    keys: str = _option(
        "",
        "Keys that are not the usual ones, as action:key with spaces between; the settings' page of keys writes it.",
        lockable=False,
        longest=4000,
    )
    account: str = _option("", "Path of the SIP account file (TOML); empty means no account.")
    microphone_id: str = _option(
        "", "Identifier of the microphone; empty means the system's default.", lockable=False
    )
    microphone_name: str = _option(
        "", "Name of the microphone, used when its identifier has changed.", lockable=False
    )
    speaker_id: str = _option(
        "", "Identifier of the headset or loudspeaker; empty means the system's default.", lockable=False
    )
    speaker_name: str = _option(
        "", "Name of the headset or loudspeaker, used when its identifier has changed.", lockable=False
    )
    ring_device_id: str = _option(
        "", "Identifier of the device that rings; empty means where calls are heard.", lockable=False
    )
    ring_device_name: str = _option(
        "", "Name of the device that rings, used when its identifier has changed.", lockable=False
    )
    ring_both: bool = _option(
        False, "Whether it rings where calls are heard as well, beside the device that rings.", lockable=False
    )
    headset_names: str = _option(
        "",
        "Words, with commas, in names of headsets that may stand in for one that is away; empty: any headset.",
        longest=500,
    )
    microphone_volume: int = _option(
        100, "Volume of the microphone in per cent.", lockable=False, minimum=QUIETEST, maximum=LOUDEST
    )
    speaker_volume: int = _option(
        100,
        "Volume of what is heard in a call, in per cent.",
        lockable=False,
        minimum=QUIETEST,
        maximum=LOUDEST,
    )
    ring_volume: int = _option(
        100, "Volume of the ring in per cent; 0 is silent.", lockable=False, minimum=0, maximum=LOUDEST_RING
    )
    echo_cancellation: bool = _option(
        False, "Whether what an open loudspeaker says is taken out of the microphone's sound; 8 ms later."
    )
    noise_suppression: bool = _option(
        False, "Whether what is no voice is taken out of the microphone's sound; 6 ms later."
    )
    automatic_gain: bool = _option(False, "Whether a quiet voice is lifted before it is sent.")
    auto_answer: bool = _option(
        False, "Whether a call is answered by itself a moment after it rings, while the agent is ready."
    )
    call_waiting: bool = _option(
        True, "Whether a second caller may ring during a call, with one quiet tone; else they hear busy."
    )
    interpreter: str = _option(
        "", "Number or SIP address of the interpreter whom F7 brings into the call; empty: none.", longest=200
    )
    wrapup_seconds: int = _option(
        60, "Seconds of wrap-up after a call; 0 goes straight to ready.", minimum=0, maximum=3600
    )
    retention_days: int = _option(
        60,
        "Days after which calls, notes and, where the policy names no days for them, transcripts are deleted.",
        minimum=1,
        maximum=3650,
    )
    speech_enabled: bool = _option(True, "Whether calls are transcribed.")
    read_transcript: bool = _option(
        False, "Whether a screen reader says what the caller said, line by line.", lockable=False
    )
    speech_model: str = _option("", "Path of the speech model; empty means none but in practice calls.")
    speech_model_download: bool = _option(
        True, "Whether `models install` may fetch a speech model from a web address that it is given."
    )
    speech_language: str = _option(
        LANGUAGES[0], "Language in which the transcript of a call begins.", choices=LANGUAGES
    )
    speech_engine: str = _option(
        AUTO,
        "What runs the speech model: PyTorch, or CTranslate2 where it is installed; auto takes the better one.",
        choices=ENGINES,
    )
    faq_pack: str = _option("", "Path of the answer pack; empty means the shipped sample.")
    faq_thesaurus: str = _option(
        "", "Path of the site's own thesaurus (CSV: everyday,official,weight,category); empty means none."
    )
    faq_stale_days: int = _option(
        365, "Days after its last check from which an answer is marked as old.", minimum=1, maximum=3650
    )
    protection_policy: str = _option(
        "", "The centre's policy on abusive calls: a preset's name or a file's path; empty means seoul."
    )
    practice_pause_ms: int = _option(
        700, "Milliseconds of silence after which the practice citizen goes on.", minimum=300, maximum=5000
    )
    mask_numbers: bool = _option(
        True, "Whether telephone numbers, and what a caller names in a call, are masked on the screen."
    )


class ProblemKind(StrEnum):
    """What can be wrong with a settings file."""

    BROKEN_FILE = "broken_file"
    UNREADABLE_FILE = "unreadable_file"
    WRONG_VALUE = "wrong_value"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `key` is empty where the whole file is meant; `reason` is English."""

    kind: ProblemKind
    file: Path
    key: str = ""
    reason: str = ""
    default: str = ""

    def sentence(self) -> str:
        """The problem and its consequence, for standard error."""
        if self.kind is ProblemKind.WRONG_VALUE:
            return f"{self.file}: {self.key} {self.reason}; the default {self.default} is used."
        if self.kind is ProblemKind.UNKNOWN_KEY:
            return f"{self.file}: {self.key} is not an option and is left alone; check its spelling."
        return f"{self.file} cannot be read ({self.reason}); all defaults are used, and the file is left as it is."


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as read, with everything that was wrong."""

    settings: Settings
    problems: tuple[Problem, ...] = ()


class SettingsError(Exception):
    """Settings could not be written; the message says why and what to do."""


class UnkeptError(SettingsError):
    """The file can't be read or written: it stays as it is, and the new values hold for this run only."""


def options() -> dict[str, tuple[Value, Option]]:
    """Default and description of every option by name, in the order of their declaration."""
    found: dict[str, tuple[Value, Option]] = {}
    for each in fields(Settings):
        default: Any = each.default
        found[each.name] = (default, each.metadata[_OPTION])
    return found


def wrong(name: str, value: object) -> str:
    """Why `value` cannot be the value of the option `name`; empty where it can."""
    default, option = options()[name]
    kind = type(default)
    if type(value) is not kind:
        return f"must be {_KINDS[kind]}, not {_shown(value)}"
    if isinstance(value, str):
        if option.choices and value not in option.choices:
            return f"must be one of {', '.join(toml_value(each) for each in option.choices)}, not {_shown(value)}"
        if len(value) > option.longest:
            return f"must have at most {option.longest} characters"
        if any(ord(sign) < 32 for sign in value):
            return "must be one line without control characters"
    if kind is int and isinstance(value, int):
        low, high = option.minimum, option.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            return f"must be from {low} to {high}, not {value}"
    return ""


_KINDS = {str: "text in quotes", int: "a whole number", bool: "true or false"}


def _shown(value: object) -> str:
    text = toml_value(value) if isinstance(value, str | int | bool) else type(value).__name__
    return text if len(text) <= 60 else text[:57] + "..."


def load(file: Path) -> Loaded:
    """Read `file`. Never raises: what is wrong is in the problems, and a missing file is all defaults."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Loaded(Settings(), (Problem(ProblemKind.UNREADABLE_FILE, file, reason=reason),))
    except UnicodeDecodeError:
        return Loaded(Settings(), (Problem(ProblemKind.BROKEN_FILE, file, reason="it is not UTF-8 text"),))
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Loaded(Settings(), (Problem(ProblemKind.BROKEN_FILE, file, reason=str(error)),))
    return _chosen(file, content)


def _chosen(file: Path, content: Mapping[str, object]) -> Loaded:
    known = options()
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for key, value in content.items():
        if key not in known:
            problems.append(Problem(ProblemKind.UNKNOWN_KEY, file, key))
        elif reason := wrong(key, value):
            default = toml_value(known[key][0])
            problems.append(Problem(ProblemKind.WRONG_VALUE, file, key, reason, default))
        else:
            values[key] = value
    return Loaded(replace(Settings(), **values), tuple(problems))


def save(file: Path, changes: Mapping[str, Value]) -> Settings:
    """Write `changes` into `file` in one step, keeping whatever else stands there; returns what now holds.

    Raises SettingsError for a wrong value, UnkeptError for a file that cannot be read or cannot be written.
    """
    for name, value in changes.items():
        if name not in options():
            raise SettingsError(f"{name} is not an option.")
        if reason := wrong(name, value):
            raise SettingsError(f"{name} {reason}.")
    before = load(file)
    for problem in before.problems:
        if problem.kind in (ProblemKind.BROKEN_FILE, ProblemKind.UNREADABLE_FILE):
            raise UnkeptError(
                f"{file} cannot be read ({problem.reason}); correct or remove it, then try again."
            )
    try:
        text = file.read_bytes().decode("utf-8-sig") if file.exists() else ""
        write_private(file, edited(text, changes).encode())
    except OSError as error:
        raise UnkeptError(
            f"{file} cannot be written ({error.strerror}); free space or allow writing."
        ) from error
    return load(file).settings


class SettingsFile:
    """The settings in force, and the file that they are kept in.

    `presets` fill what the file leaves at its default, for this run only. `on_change` hears every change: all options,
    and the names of the changed ones.
    """

    def __init__(self, file: Path, presets: Mapping[str, Value] | None = None) -> None:
        self.file = file
        self.on_change: list[Callable[[Settings, frozenset[str]], None]] = []
        loaded = load(file)
        self.problems = loaded.problems
        known = options()
        own: dict[str, Any] = {
            name: value
            for name, value in (presets or {}).items()
            if getattr(loaded.settings, name) == known[name][0]
        }
        self.current = replace(loaded.settings, **own)

    def change(self, **changes: Value) -> Settings:
        """Keep new values on disk; returns what now holds.

        Raises SettingsError for a wrong value, with nothing changed; UnkeptError where they hold for this run only.
        """
        try:
            save(self.file, changes)
        except UnkeptError:
            self._hold(changes)
            raise
        self.problems = load(self.file).problems
        self._hold(changes)
        return self.current

    def _hold(self, changes: Mapping[str, Value]) -> None:
        values: dict[str, Any] = dict(changes)
        self.current = replace(self.current, **values)
        for receiver in self.on_change:
            receiver(self.current, frozenset(changes))


def documentation() -> str:
    """`docs/settings.md`: a table of every option."""
    lines = [
        "# Settings",
        "",
        "`settings.toml` in the settings folder, one `name = value` a line. A wrong value is named in the window and",
        "on standard error, and the default is used. Made from `desktop/settings.py` by `python -m desktop.settings`.",
        "",
        "| option | type | default | accepted | what it does | IT may lock it |",
        "|---|---|---|---|---|---|",
    ]
    for name, (default, option) in options().items():
        accepted = ", ".join(f"`{toml_value(each)}`" for each in option.choices)
        if option.minimum is not None:
            accepted = f"{option.minimum} to {option.maximum}"
        kind = {str: "text", int: "number", bool: "yes or no"}[type(default)]
        row = [f"`{name}`", kind, f"`{toml_value(default)}`", accepted, option.sentence]
        lines.append("| " + " | ".join([*row, "yes" if option.lockable else "no"]) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(documentation())
