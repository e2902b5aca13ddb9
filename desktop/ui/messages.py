"""The sentences of the desk where something is missing: what is, what it means for the call, what to do."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import NewerDatabaseError, PhoneError, StorageError
from desktop.domain.events import TroubleFound
from desktop.domain.line_quality import CallerTrouble, MicrophoneTrouble
from desktop.domain.phone import Registration, SoundState
from desktop.domain.recording import RecorderState
from desktop.domain.transcript import SpeechLevel, SpeechRemark, SpeechState
from desktop.settings import Problem, ProblemKind, SettingsError, UnkeptError
from desktop.ui.key_table import KEYS
from desktop.ui.shortcuts import KeyProblem, cap, shown

translate = QCoreApplication.translate


def error_sentence(error: Exception) -> str:
    """What to tell the agent about `error`."""
    if isinstance(error, NewerDatabaseError):
        return newer_database()
    if isinstance(error, StorageError):
        return cannot_save()
    if isinstance(error, PhoneError):
        return translate("Messages", "The phone could not do that: {reason}").format(reason=error)
    if isinstance(error, UnkeptError):
        return translate("Messages", "Settings can't be saved: this holds until you close. Tell IT.")
    if isinstance(error, SettingsError):
        return translate("Messages", "The setting was not kept: {reason}").format(reason=error)
    return translate("Messages", "That did not work. Nothing was lost; please try again.")


def cannot_save(kind: str = "") -> str:
    """Records can't be written; `kind` as in `StorageError`."""
    if kind == "full":
        return translate(
            "Messages", "The disk is full. Your text is still here and is saved when there is room."
        )
    return translate("Messages", "Can't save. Your text is still here. Tell IT.")


def newer_database() -> str:
    """The records belong to a newer program."""
    return translate("Messages", "Records of a newer version: update. Nothing was changed.")


def unsaved_at_the_end() -> str:
    """The window is closed while something waits to be written."""
    return translate(
        "Messages", "Some text is not saved yet. Make room, or close once more to leave without it."
    )


def trouble_sentence(trouble: TroubleFound, data_of: str = "") -> str:
    """What was found missing or broken; `data_of` is the day of the answers in use. "" for settings."""
    words = {
        ("records", "newer"): newer_database(),
        ("records", "damaged"): translate(
            "Messages",
            "The records can't be read and stay as they are. Calls are kept until you close. Tell IT.",
        ),
        ("records", "read_only"): translate(
            "Messages", "The data folder is read-only: calls are kept until you close. Tell IT."
        ),
        ("records", "full"): translate(
            "Messages", "The disk is full: calls are kept until you close. Make room and start again."
        ),
        ("answers", "none"): translate(
            "Messages", "The answers can't be opened. Calls and notes work. Tell IT."
        ),
        ("own_answers", "newer"): newer_database(),
        ("phone", "port_taken"): translate(
            "Messages", "Calls can't reach you: another program uses port {port}. Trying again every 10 s."
        ),
        ("phone", "account"): translate(
            "Messages", "Calls can't reach you: the phone account is wrong. Settings › Account"
        ),
        ("practice", "records"): translate(
            "Messages", "Practice records can't be opened: this practice is not kept. Real calls are."
        ),
        ("practice", ""): translate(
            "Messages", "The practice calls can't be read. Real calls work. Tell IT."
        ),
    }
    if trouble.kind == "replaced":
        return translate("Messages", "New pack unreadable; still using {day}.").format(day=data_of)
    general = {
        "records": translate("Messages", "Records can't be opened: calls are kept until you close. Tell IT."),
        "own_answers": translate(
            "Messages", "Favourites and flags can't be opened: new ones are kept until you close. Tell IT."
        ),
        "phone": translate(
            "Messages", "Calls can't reach you: the phone does not start. Trying again every 10 s."
        ),
    }
    found = words.get((trouble.subject, trouble.kind), general.get(trouble.subject, ""))
    return found.replace("{port}", trouble.detail)


def day_format() -> str:
    """How a day is written."""
    return translate("Messages", "d MMM")


def call_lost() -> str:
    """The engine died under a call."""
    return translate("Messages", "The call was lost. Notes and records are safe.")


def phone_restarting() -> str:
    """The phone process is being started again."""
    return translate("Messages", "The phone is being started again. Notes and records are safe.")


def registration_sentence(registration: Registration, seconds_left: float) -> str:
    """Why calls can't come, "" while they can or where no account is set."""
    if registration.state in ("registered", "none"):
        return ""
    if seconds_left > 0:
        return translate("Messages", "Calls can't reach you. Trying again in {seconds} s.").format(
            seconds=math.ceil(seconds_left)
        )
    if registration.state == "failed" and not registration.retry_s:
        said = translate("Messages", "Calls can't reach you.")
        return f"{said} {registration_cause(registration)}".rstrip()
    return translate("Messages", "Calls can't reach you. Trying to connect.")


def registration_cause(registration: Registration) -> str:
    """Why the server has not taken the registration, "" where nothing is known yet."""
    by_trouble = {
        "other_name": translate("Messages", "The server's certificate is for another name. Tell IT."),
        "expired": translate("Messages", "The server's certificate has expired. Tell IT."),
        "not_yet": translate("Messages", "The certificate is not valid yet: check this computer's clock."),
        "untrusted": translate("Messages", "This computer does not trust the server's certificate. Tell IT."),
        "no_digest": translate(
            "Messages", "The server wants a proof of the password that this phone does not know. Tell IT."
        ),
        "no_password": translate(
            "Messages", "The server asks for the password: Settings › Phone account ({key})."
        ).format(key=shown("settings")),
        "not_found": translate("Messages", "The server's name was not found. Check the network."),
        "offline": translate("Messages", "This computer has no network. Check cable or Wi-Fi."),
        "moved": translate("Messages", "This computer's place in the network has changed."),
        "woken": translate("Messages", "This computer was asleep."),
        "no_tls": translate("Messages", "The server takes no secured connection here. Tell IT."),
    }
    if registration.trouble in by_trouble:
        return by_trouble[registration.trouble]
    match registration.code:
        case 401 | 403 | 407:
            return translate("Messages", "The server refuses user name or password.")
        case 404:
            return translate("Messages", "The server does not know this account.")
        case 408 | 503:
            return translate("Messages", "The server does not answer.")
        case code if code >= 400:
            return translate("Messages", "The server says {code}.").format(code=code)
        case _:
            return ""


def sound_sentence(sound: SoundState) -> str:
    """What is wrong with the devices, "" for nothing."""
    if sound.problem == "no_devices":
        return translate("Messages", "No sound device: neither side hears the other. Plug in a headset.")
    if sound.problem == "microphone_gone":
        return translate("Messages", "No sound from your microphone. Check plug and mute.")
    if sound.problem == "no_microphone":
        return translate("Messages", "No microphone to use: the caller can't hear you. Plug in a headset.")
    if sound.problem == "no_speaker":
        return translate(
            "Messages", "No headset or loudspeaker to use: you can't hear the caller. Plug one in."
        )
    if sound.problem == "speaker_gone":
        return translate("Messages", "The headset is gone: you can't hear the caller. Check the plug.")
    if sound.problem == "no_voice_processing":
        return translate("Messages", "Echo and noise are not removed: that part can't be loaded. Calls work.")
    return ""


def microphone_sentence(trouble: MicrophoneTrouble | None) -> str:
    """What is wrong with the agent's own sound, "" for nothing."""
    if trouble is MicrophoneTrouble.SILENT:
        return translate("Messages", "We hear nothing from your microphone. Check its switch, plug and boom.")
    if trouble is MicrophoneTrouble.CLIPPING:
        return translate("Messages", "Your microphone is too loud and distorts. Turn it down or away.")
    return ""


def caller_sentence(trouble: CallerTrouble | None) -> str:
    """That nothing but silence comes from the other side, "" where it does not."""
    if trouble is None:
        return ""
    return translate("Messages", "Only silence comes from the other side. Ask whether they hear you.")


def speech_sentence(state: SpeechState, level: SpeechLevel = SpeechLevel.FULL) -> str:
    """What is wrong with the live transcript, "" for nothing; `level` is that of a `DEGRADED` one."""
    if state is SpeechState.NO_MODEL:
        return translate("Messages", "No speech model. Calls and search work. Settings › Transcript")
    if state is SpeechState.UNSUITED:
        return translate(
            "Messages", "No transcript here: the practice model does not know this call's words."
        )
    if state is SpeechState.TOO_SLOW:
        return translate(
            "Messages",
            "No transcript: this computer's processor is too slow for the installed speech models (no AVX2).",
        )
    if state is SpeechState.LITTLE_MEMORY:
        return translate(
            "Messages", "No transcript: this computer has too little memory for the installed speech models."
        )
    if state is SpeechState.RESTARTING:
        return translate("Messages", "Transcript restarting; gaps are filled later.")
    if state is SpeechState.FAILED:
        return translate(
            "Messages", "The transcript can't start. Calls and search work. Settings › Transcript"
        )
    return _degraded_sentence(level) if state is SpeechState.DEGRADED else ""


def _degraded_sentence(level: SpeechLevel) -> str:
    words = {
        SpeechLevel.FULL: translate(
            "Messages", "Speech is found by its loudness alone: words may be missing."
        ),
        SpeechLevel.SLOWER: translate("Messages", "The computer is busy: the transcript comes more slowly."),
        SpeechLevel.SEGMENTS: translate("Messages", "The computer is busy: words come sentence by sentence."),
        SpeechLevel.SMALLER: translate(
            "Messages", "A smaller speech model writes for now: too little time or memory."
        ),
        SpeechLevel.LATER: translate(
            "Messages", "The transcript is behind and will be filled in after the call."
        ),
    }
    return words[level]


def speech_remark(detail: str) -> str:
    """What is to be said of a transcript that works, "" for nothing. `detail`: that of its state."""
    return {
        SpeechRemark.SMALLER_TOO_SLOW.value: translate(
            "Messages",
            "A smaller speech model listens: this computer's processor is too slow for the chosen one (no AVX2).",
        ),
        SpeechRemark.SMALLER_LITTLE_MEMORY.value: translate(
            "Messages",
            "A smaller speech model listens: this computer has too little memory for the chosen one.",
        ),
        SpeechRemark.LONG_WINDOWS.value: translate(
            "Messages", "This speech model needs longer stretches of sound; the transcript costs more time."
        ),
        SpeechRemark.NO_INT8.value: translate(
            "Messages", "This computer decodes speech the slow way; the transcript costs more time."
        ),
        SpeechRemark.NOT_INSTALLED.value: translate(
            "Messages",
            "PyTorch runs the speech model: CTranslate2 is not installed on this computer. Tell IT.",
        ),
        SpeechRemark.NO_ROOM.value: translate(
            "Messages",
            "PyTorch runs the speech model: the disk has no room for CTranslate2's form of it. Make room.",
        ),
        SpeechRemark.NOT_CONVERTED.value: translate(
            "Messages", "PyTorch runs the speech model: it can't be converted for CTranslate2. Tell IT."
        ),
    }.get(detail, "")


def speech_words(state: SpeechState, detail: str, level: SpeechLevel = SpeechLevel.FULL) -> str:
    """How the live transcript is, what it means for the call, what to do; empty while it works."""
    if state is SpeechState.LOADING:
        return translate("Transcript", "The speech model is loading. Words appear here in a moment.")
    if state is SpeechState.OFF:
        return translate("Transcript", "The transcript is turned off. Calls and search work.")
    words = speech_sentence(state, level)
    return f"{words} ({detail})" if state is SpeechState.FAILED and detail else words


def recording_sentence(state: RecorderState) -> str:
    """Why a call that should be recorded is not, "" where it is or need not be."""
    if state is RecorderState.FULL:
        return translate("Messages", "The disk is full: this call is not recorded. It goes on. Make room.")
    if state is RecorderState.NO_SOUND:
        return translate("Messages", "The recording gets no sound: trying again. The call goes on.")
    if state is RecorderState.BROKEN:
        return translate("Messages", "This call can't be recorded; trying again. It goes on. Tell IT.")
    return ""


def settings_sentence(problem: Problem) -> str:
    """One problem of the settings file and what follows from it."""
    if problem.kind is ProblemKind.WRONG_VALUE:
        return translate("Messages", "The setting {key} has a wrong value; {default} is used.").format(
            key=problem.key, default=problem.default
        )
    if problem.kind is ProblemKind.UNKNOWN_KEY:
        return translate("Messages", "{key} is not a setting and is left alone; check its spelling.").format(
            key=problem.key
        )
    return translate(
        "Messages", "The settings file can't be read. All defaults are used; the file is left as it is."
    )


def key_sentence(problem: KeyProblem) -> str:
    """One changed key that does not hold, and what follows from it."""
    if problem.other:
        name = translate("Actions", KEYS[problem.other].words)
        why = translate("Messages", "‘{action}’ has that key.").replace("{action}", name)
    elif problem.reason:
        why = translate("Keys", problem.reason)
    else:
        words = translate(
            "Messages", "Keys in the settings: ‘{entry}’ is no action whose key can be changed."
        )
        return words.replace("{entry}", problem.entry)
    words = translate("Messages", "Keys in the settings: ‘{entry}’ does not hold; {default} is used. {why}")
    parts = {"{default}": cap(problem.default), "{why}": why, "{entry}": problem.entry}
    for part, text in parts.items():
        words = words.replace(part, text)
    return words
