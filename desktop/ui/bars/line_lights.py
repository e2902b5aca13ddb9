"""What the lights say of the sound that comes from the caller, and of what leaves for them: word, shape, detail."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QCoreApplication

from desktop.domain.call import Call, Hold
from desktop.domain.line_quality import LineTrouble, MicrophoneTrouble
from desktop.domain.phone import SoundState
from desktop.services.line_watch import LineWatch
from desktop.ui import messages
from desktop.ui.call.line_words import figures_text, line_sentence

translate = QCoreApplication.translate
LightWords = tuple[str, str, str]


def microphone(sound: SoundState, trouble: MicrophoneTrouble | None) -> LightWords:
    """Whether the microphone is open and gives a sound that can be understood."""
    if sound.problem in ("no_devices", "no_microphone", "microphone_gone"):
        return translate("LineLights", "No microphone"), "fail", messages.sound_sentence(sound)
    said = messages.microphone_sentence(trouble)
    match trouble:
        case MicrophoneTrouble.SILENT:
            return translate("LineLights", "Microphone silent"), "warn", said
        case MicrophoneTrouble.CLIPPING:
            return translate("LineLights", "Microphone too loud"), "warn", said
        case _:
            word = translate("LineLights", "Microphone")
            return word, "ok", messages.sound_sentence(sound) or sound.microphone or word


def coming(call: Call, watch: LineWatch, deaf: str) -> LightWords:
    """Of a call that is talked in; `deaf` says why the agent can't hear, "" where they can."""
    if call.hold is not Hold.NONE:
        return translate("LineLights", "On hold"), "off", ""
    said = line_sentence(watch.trouble)
    match watch.trouble:
        case LineTrouble.NOTHING_IN:
            return translate("LineLights", "No caller audio"), "fail", said
        case _ if deaf:
            return translate("LineLights", "No caller audio"), "fail", deaf
        case _ if watch.caller.trouble is not None:
            said = messages.caller_sentence(watch.caller.trouble)
            return translate("LineLights", "Caller silent"), "warn", said
        case LineTrouble.POOR_IN:
            return translate("LineLights", "Caller breaks up"), "warn", f"{said} {_figures(call, watch)}"
        case _:
            return translate("LineLights", "Caller audio"), _known(watch), _figures(call, watch)


def leaving(call: Call, watch: LineWatch) -> LightWords:
    """Of a call that is talked in."""
    if call.hold is not Hold.NONE:
        return translate("LineLights", "Nothing is sent"), "off", ""
    said = line_sentence(watch.trouble)
    match watch.trouble:
        case LineTrouble.NOTHING_OUT:
            return translate("LineLights", "Nothing is sent"), "fail", said
        case _ if call.muted and watch.microphone.announces:
            return (
                translate("LineLights", "Announcement"),
                "ok",
                translate("LineLights", "You are muted: the other side hears the announcement alone."),
            )
        case _ if call.muted:
            return (
                translate("LineLights", "Muted"),
                "off",
                translate("LineLights", "The other side hears silence."),
            )
        case LineTrouble.POOR_OUT:
            return translate("LineLights", "You break up"), "warn", f"{said} {_figures(call, watch)}"
        case _:
            return translate("LineLights", "Your audio"), _known(watch), _figures(call, watch)


def _known(watch: LineWatch) -> str:
    """Fine is only said once packets were seen."""
    return "ok" if watch.judged is not None and watch.judged.flow is not None else "off"


def _figures(call: Call, watch: LineWatch) -> str:
    report = watch.judged.measured if watch.judged is not None else None
    return figures_text(call.codec, asdict(report) if report is not None else {})
