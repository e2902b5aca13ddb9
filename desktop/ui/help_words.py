"""What to say where help was asked for and nobody was called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.services.help_service import Help

translate = QCoreApplication.translate


def help_words(outcome: Help, name: str) -> str:
    """A sentence for all but CALLED. `name`: who was to be called, "" where nobody has a name."""
    if outcome is Help.UNKNOWN:
        return translate("Help", "No supervisor's address is known here. Tell IT.")
    if outcome is Help.PRACTICE:
        who = name or translate("Help", "your supervisor")
        return translate("Help", "Noted. In a real call {name} would be called now.").format(name=who)
    return translate("Help", "Not now: the second line is taken.")
