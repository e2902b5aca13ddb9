"""Between what is remembered of the caller and the page that lists it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.domain.events import (
    CallEnded,
    CallerKnown,
    CallMissed,
    CallParked,
    CallReceived,
    CallUnparked,
    LineChanged,
)
from desktop.domain.strikes import Strike
from desktop.services.desk_services import DeskServices
from desktop.ui.history.rows import CallRow, day_text
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.protection.incidents_view import IncidentsView
from desktop.ui.theme.look import look


class IncidentsPresenter:
    """The newest incident first; `changed` is called when whether there are any may have changed."""

    def __init__(
        self, view: IncidentsView, services: DeskServices, hooks: PaneHooks, changed: Callable[[], object]
    ) -> None:
        self._view, self._services, self._hooks, self._changed = view, services, hooks, changed
        self._callers = services.protection.callers
        self._strikes: tuple[Strike, ...] = ()
        self._asked: Strike | None = None
        for kind in (
            CallReceived,
            CallMissed,
            CallEnded,
            CallerKnown,
            CallParked,
            CallUnparked,
            LineChanged,
        ):
            services.bus.subscribe(kind, lambda _event: self.show())
        view.retranslated.connect(self.show)
        view.chosen.connect(self._chosen)
        view.reason_given.connect(self._correct)

    @property
    def any(self) -> bool:
        """Whether anything is known of the caller."""
        return bool(self._callers.incidents)

    def show(self) -> None:
        """The list as it stands; what is being written stays while the list does."""
        strikes = tuple(reversed(self._callers.incidents))
        if strikes != self._strikes or not strikes or self._asked is None:
            self._strikes, self._asked = strikes, None
            self._view.show_rows([self._row(strike) for strike in strikes])
        self._changed()

    def _chosen(self, place: int) -> None:
        strike = self._strikes[place]
        if strike.corrected:
            self._hooks.start(self._callers.take_back(strike), "count an incident again")
            words = QCoreApplication.translate("Incidents", "Counts again: {what}")
            self._tell(words, strike, lambda: self._callers.correct(strike, strike.corrected))
        else:
            if strike != self._asked:
                # What was begun is the reason of another one.
                self._view.close_reason()
            self._asked = strike
            self._view.reason.ask()

    def _correct(self, reason: str) -> None:
        strike, self._asked = self._asked, None
        if strike is not None:
            self._hooks.start(self._callers.correct(strike, reason), "correct an incident")
            words = QCoreApplication.translate("Incidents", "Counts no more: {what}")
            self._tell(words, strike, lambda: self._callers.take_back(strike))

    def _tell(self, words: str, strike: Strike, undo: Callable[[], Coroutine[Any, Any, None]]) -> None:
        what = f"{self._class(strike)}, {day_text(strike.moment, self._services.clock.now())}"
        self._hooks.show_toast(
            words.replace("{what}", what),
            lambda: self._hooks.start(undo(), "take a correction back"),
        )

    def _class(self, strike: Strike) -> str:
        policy = self._services.protection.policy
        known = {each.id: each.label for each in policy.classes}
        return policy.word(known.get(strike.class_id, {}), look().language) or strike.class_id

    def _row(self, strike: Strike) -> CallRow:
        translate, now = QCoreApplication.translate, self._services.clock.now()
        axes = {
            "malicious": translate("Incidents", "abuse"),
            "difficult": translate("Incidents", "difficult call"),
        }
        days = self._services.protection.policy.strike_days
        counts = not strike.corrected and strike.moment >= now - timedelta(days=days)
        if strike.corrected:
            status = translate("Incidents", "counts no more")
        else:
            status = (
                translate("Incidents", "counts") if counts else translate("Incidents", "too old to count")
            )
        detail = " · ".join(filter(None, (axes.get(strike.axis, strike.axis), strike.corrected)))
        return CallRow(
            strike.call_id, day_text(strike.moment, now), self._class(strike), detail, status, counts
        )
