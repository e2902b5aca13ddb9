"""Settings that take effect in a running desk, without a restart."""

from __future__ import annotations

from desktop.adapters.phone.desk_phone import DeskPhone
from desktop.processes.desk_core import Desk
from desktop.processes.sound_settings import SOUND_OPTIONS, wishes_of
from desktop.processes.voice_settings import VOICE_OPTIONS, voice_of
from desktop.services.auto_answer import AutoAnswer
from desktop.settings import Settings, SettingsFile


class LiveSettings:
    """Hears every change of the settings and tells the part that it concerns."""

    def __init__(self, desk: Desk, settings: SettingsFile) -> None:
        self._desk = desk
        settings.on_change.append(self._changed)
        services, wanted = desk.services, lambda: settings.current.auto_answer
        self._auto_answer = AutoAnswer(
            services.calls, services.agent, services.bus, services.background, wanted
        )
        services.transcript.usual_language = lambda: settings.current.speech_language
        desk.services.help.interpreter_at = lambda: settings.current.interpreter.strip()

    def _changed(self, now: Settings, names: frozenset[str]) -> None:
        services = self._desk.services
        services.calls.agent_name, services.calls.agent_number = now.agent_name, now.agent_number
        services.wrap_up.seconds = now.wrapup_seconds
        services.calls.call_waiting = now.call_waiting
        if "call_waiting" in names:
            services.background.start(services.agent.apply(), "tell availability")
        if names & {"speech_model", "speech_enabled", "speech_engine"}:
            self._desk.speech_choice.choose()
        # In practice the line's phone is another one; it was started with the settings of then.
        for phone in {self._desk.phone, services.line.phone}:
            if isinstance(phone, DeskPhone) and names & SOUND_OPTIONS:
                services.background.start(phone.set_sound(wishes_of(now)), "set the sound")
            if isinstance(phone, DeskPhone) and names & VOICE_OPTIONS:
                services.background.start(phone.treat_voice(voice_of(now)), "treat the voice")
        if "faq_pack" in names:
            services.background.start(self._desk.packs.choose(), "open answer pack")
        if "faq_thesaurus" in names:
            services.background.start(self._desk.packs.choose_words(), "read the site's own words")
