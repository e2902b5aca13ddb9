"""The words of the printed report, in the language that it is asked for and not in that of the window."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTranslator

from desktop.paths import translations

CONTEXT = "ReportPdf"
LANGUAGES = ("ko", "en", "ja", "vi", "th", "mn")

WORDS = {
    "title": QT_TRANSLATE_NOOP("ReportPdf", "Report of an abusive call"),
    "title_crisis": QT_TRANSLATE_NOOP("ReportPdf", "Report of a call in a crisis"),
    "masked": QT_TRANSLATE_NOOP("ReportPdf", "Copy with personal data masked"),
    "unmasked": QT_TRANSLATE_NOOP("ReportPdf", "Original with personal data: handle with care"),
    "practice": QT_TRANSLATE_NOOP(
        "ReportPdf", "Practice: this call was an exercise, nothing of it happened."
    ),
    "facts": QT_TRANSLATE_NOOP("ReportPdf", "Facts"),
    "number": QT_TRANSLATE_NOOP("ReportPdf", "Report number"),
    "record": QT_TRANSLATE_NOOP("ReportPdf", "Id in the records"),
    "organisation": QT_TRANSLATE_NOOP("ReportPdf", "Organisation"),
    "call": QT_TRANSLATE_NOOP("ReportPdf", "Call"),
    "direction": QT_TRANSLATE_NOOP("ReportPdf", "Direction"),
    "incoming": QT_TRANSLATE_NOOP("ReportPdf", "incoming"),
    "outgoing": QT_TRANSLATE_NOOP("ReportPdf", "outgoing"),
    "remote": QT_TRANSLATE_NOOP("ReportPdf", "Other side"),
    "agent": QT_TRANSLATE_NOOP("ReportPdf", "Agent"),
    "queue": QT_TRANSLATE_NOOP("ReportPdf", "Queue"),
    "team": QT_TRANSLATE_NOOP("ReportPdf", "Team"),
    "station": QT_TRANSLATE_NOOP("ReportPdf", "Workplace"),
    "begun": QT_TRANSLATE_NOOP("ReportPdf", "Begun"),
    "ended": QT_TRANSLATE_NOOP("ReportPdf", "Ended"),
    "ended_by": QT_TRANSLATE_NOOP("ReportPdf", "Ended by"),
    "by_local": QT_TRANSLATE_NOOP("ReportPdf", "the agent"),
    "by_remote": QT_TRANSLATE_NOOP("ReportPdf", "the other side"),
    "by_network": QT_TRANSLATE_NOOP("ReportPdf", "the network"),
    "length": QT_TRANSLATE_NOOP("ReportPdf", "Length"),
    "quality": QT_TRANSLATE_NOOP("ReportPdf", "Quality of the line"),
    "quality_words": QT_TRANSLATE_NOOP(
        "ReportPdf", "loss at most {loss} %, jitter at most {jitter} ms, MOS at least {mos}"
    ),
    "speech": QT_TRANSLATE_NOOP("ReportPdf", "Speech model"),
    "previous_calls": QT_TRANSLATE_NOOP("ReportPdf", "Earlier calls of this number"),
    "previous_words": QT_TRANSLATE_NOOP("ReportPdf", "24 h {day} · 30 days {month} · 6 months {half_year}"),
    "incidents": QT_TRANSLATE_NOOP("ReportPdf", "Earlier incidents of this number"),
    "listed": QT_TRANSLATE_NOOP("ReportPdf", "Standing of this number"),
    "listed_none": QT_TRANSLATE_NOOP("ReportPdf", "nothing that counts"),
    "listed_attention": QT_TRANSLATE_NOOP("ReportPdf", "attention: {class_id}"),
    "course": QT_TRANSLATE_NOOP("ReportPdf", "What happened, in order"),
    "caller": QT_TRANSLATE_NOOP("ReportPdf", "Other side"),
    "third": QT_TRANSLATE_NOOP("ReportPdf", "Third party"),
    "call_begun": QT_TRANSLATE_NOOP("ReportPdf", "The call began."),
    "call_answered": QT_TRANSLATE_NOOP("ReportPdf", "The call was answered."),
    "call_ended": QT_TRANSLATE_NOOP("ReportPdf", "The call ended, by: {who}"),
    "marked": QT_TRANSLATE_NOOP("ReportPdf", "Noticed by the program: {labels}"),
    "chosen": QT_TRANSLATE_NOOP("ReportPdf", "Marked by the agent: {labels}"),
    "rejected": QT_TRANSLATE_NOOP("ReportPdf", "the agent said that this is wrong"),
    "heard": QT_TRANSLATE_NOOP("ReportPdf", "heard by the agent"),
    "machine": QT_TRANSLATE_NOOP("ReportPdf", "machine text, not confirmed"),
    "unsure": QT_TRANSLATE_NOOP("ReportPdf", "machine text, unsure, not confirmed"),
    "warnings": QT_TRANSLATE_NOOP("ReportPdf", "Warnings given"),
    "warning": QT_TRANSLATE_NOOP("ReportPdf", "Warning"),
    "agent_voice": QT_TRANSLATE_NOOP("ReportPdf", "said by the agent"),
    "system_text": QT_TRANSLATE_NOOP("ReportPdf", "played by the program"),
    "ars": QT_TRANSLATE_NOOP("ReportPdf", "played by the exchange"),
    "contacts": QT_TRANSLATE_NOOP("ReportPdf", "Who was called"),
    "to_supervisor": QT_TRANSLATE_NOOP("ReportPdf", "Supervisor"),
    "to_police": QT_TRANSLATE_NOOP("ReportPdf", "Police"),
    "to_line": QT_TRANSLATE_NOOP("ReportPdf", "Emergency or crisis line"),
    "answered": QT_TRANSLATE_NOOP("ReportPdf", "answered {time}"),
    "unanswered": QT_TRANSLATE_NOOP("ReportPdf", "not answered"),
    "none": QT_TRANSLATE_NOOP("ReportPdf", "none"),
    "form": QT_TRANSLATE_NOOP("ReportPdf", "The agent's report"),
    "kind": QT_TRANSLATE_NOOP("ReportPdf", "Kind"),
    "verbal": QT_TRANSLATE_NOOP("ReportPdf", "verbal abuse"),
    "sexual": QT_TRANSLATE_NOOP("ReportPdf", "sexual harassment"),
    "threat_kind": QT_TRANSLATE_NOOP("ReportPdf", "threat"),
    "long_repeated": QT_TRANSLATE_NOOP("ReportPdf", "long or repeated calls"),
    "prank": QT_TRANSLATE_NOOP("ReportPdf", "prank or false report"),
    "other": QT_TRANSLATE_NOOP("ReportPdf", "other"),
    "crisis": QT_TRANSLATE_NOOP("ReportPdf", "caller in a crisis, no abuse"),
    "crisis_path": QT_TRANSLATE_NOOP("ReportPdf", "Crisis path"),
    "crisis_place": QT_TRANSLATE_NOOP("ReportPdf", "Where the caller is"),
    "crisis_checks": QT_TRANSLATE_NOOP("ReportPdf", "Found out"),
    "crisis_lines": QT_TRANSLATE_NOOP("ReportPdf", "Brought in"),
    "crisis_left": QT_TRANSLATE_NOOP("ReportPdf", "Why it was no crisis"),
    "concrete_threat": QT_TRANSLATE_NOOP("ReportPdf", "Concrete threat"),
    "feeling": QT_TRANSLATE_NOOP("ReportPdf", "How the agent is"),
    "fine": QT_TRANSLATE_NOOP("ReportPdf", "fine"),
    "shaken": QT_TRANSLATE_NOOP("ReportPdf", "shaken"),
    "hard": QT_TRANSLATE_NOOP("ReportPdf", "hurt"),
    "wants_separation": QT_TRANSLATE_NOOP("ReportPdf", "Wants no more calls of this person"),
    "wants_counselling": QT_TRANSLATE_NOOP("ReportPdf", "Wants counselling"),
    "charges": QT_TRANSLATE_NOOP("ReportPdf", "Wants to press charges"),
    "charges_later": QT_TRANSLATE_NOOP("ReportPdf", "decides later"),
    "police_called": QT_TRANSLATE_NOOP("ReportPdf", "Police called"),
    "police_reference": QT_TRANSLATE_NOOP("ReportPdf", "Reference of the police"),
    "unsaid": QT_TRANSLATE_NOOP("ReportPdf", "not said"),
    "rest": QT_TRANSLATE_NOOP("ReportPdf", "Rest after the incident"),
    "rest_words": QT_TRANSLATE_NOOP("ReportPdf", "from {begin} to {end}"),
    "rest_since": QT_TRANSLATE_NOOP("ReportPdf", "since {begin}"),
    "demand": QT_TRANSLATE_NOOP("ReportPdf", "What the caller asked for"),
    "notes": QT_TRANSLATE_NOOP("ReportPdf", "Notes"),
    "sent": QT_TRANSLATE_NOOP("ReportPdf", "Sent"),
    "not_sent": QT_TRANSLATE_NOOP("ReportPdf", "not sent yet"),
    "confirmed": QT_TRANSLATE_NOOP("ReportPdf", "Confirmed by the agent"),
    "withdrawn": QT_TRANSLATE_NOOP("ReportPdf", "Withdrawn"),
    "yes": QT_TRANSLATE_NOOP("ReportPdf", "yes"),
    "no": QT_TRANSLATE_NOOP("ReportPdf", "no"),
    "hashes": QT_TRANSLATE_NOOP("ReportPdf", "Hashes (SHA-256)"),
    "version": QT_TRANSLATE_NOOP("ReportPdf", "Version {number}, {time}"),
    "head": QT_TRANSLATE_NOOP("ReportPdf", "End of the chain"),
    "whole": QT_TRANSLATE_NOOP("ReportPdf", "The chain of evidence was checked and is whole."),
    "broken": QT_TRANSLATE_NOOP("ReportPdf", "The chain of evidence is broken at: {place}"),
    "looked_at": QT_TRANSLATE_NOOP("ReportPdf", "Who saw the original"),
    "page": QT_TRANSLATE_NOOP("ReportPdf", "Page {page} of {pages}"),
    "made": QT_TRANSLATE_NOOP("ReportPdf", "Printed {time}"),
}
"""English words by name."""


class Labels:
    """The report's words in one language; English where there is no translation."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translator = QTranslator()
        name = f"desktop_{language}" if language in ("ko", "en") else f"report_{language}"
        self._translator.load(name, str(translations()))

    def __call__(self, name: str, **values: object) -> str:
        """The words by their name, with what stands in their places."""
        words = self._translator.translate(CONTEXT, WORDS[name]) or WORDS[name]
        return words.format(**values) if values else words

    def of(self, value: str, prefix: str = "") -> str:
        """The words for a value of a record, the value itself where there are none."""
        return self(f"{prefix}{value}") if f"{prefix}{value}" in WORDS else value
