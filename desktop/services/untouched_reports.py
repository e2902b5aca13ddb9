"""Sends a report that nobody works on any more, as far as the machine knows: it never stays here for want of a key."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Escalation, ReportForm
from desktop.domain.report_proposal import proposed_form
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.delivery_service import DeliveryService
from desktop.services.escalation_service import EscalationService
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock
from desktop.services.protection_service import ProtectionService

LOOK_S = 30.0
"""How often it is looked for reports whose time has come; the first time so long after the start of the desk."""
_log = logging.getLogger(__name__)


class UntouchedReports:
    """By the policy's `send_untouched_minutes`. Reports of practice stay, and those of a centre that names no place."""

    def __init__(
        self,
        protection: ProtectionService,
        line: CurrentLine,
        calls: CallService,
        escalation: EscalationService,
        delivery: DeliveryService,
        clock: Clock,
        background: Background,
    ) -> None:
        self._protection, self._line, self._calls = protection, line, calls
        self._escalation, self._delivery = escalation, delivery
        self._clock, self._background = clock, background
        # A call that outlived the last desk is known by then.
        self._next = clock.mono() + LOOK_S

    def due(self, escalation: Escalation) -> datetime | None:
        """When a report goes out by itself; None for never, and for one that was sent or withdrawn."""
        minutes, touched = self._protection.policy.send_untouched_minutes, escalation.touched
        settled = escalation.filed is not None or escalation.form.withdrawn
        if settled or touched is None or not self._sends or not minutes:
            return None
        return touched + timedelta(minutes=minutes)

    def tick(self) -> None:
        """Once a second."""
        if self._clock.mono() >= self._next:
            self._next = self._clock.mono() + LOOK_S
            self._background.start(self.send_due(), "send reports that nobody works on")

    async def send_due(self) -> None:
        """Send what is due. One that can't be read or written does not hold up the others."""
        minutes = self._protection.policy.send_untouched_minutes
        if not minutes or not self._sends:
            return
        try:
            due = await self._line.records.untouched(self._clock.now() - timedelta(minutes=minutes))
        except DeskError as error:
            _log.error("reports that nobody works on can't be read: %s", error)
            return
        for call_id in due:
            try:
                await self._send(call_id)
            except DeskError as error:
                # It stays due.
                _log.error("a report could not be sent by itself: %s", error)

    @property
    def _sends(self) -> bool:
        """While a practice line is in the place of the real one its records are."""
        return bool(self._delivery.targets) and not self._line.practice

    async def _send(self, call_id: str) -> None:
        call = await self._line.records.call(call_id)
        if call is None or call.scenario or self._calls.live(call_id) is not None:
            return
        filed = await self._escalation.file_untouched(call, self._proposed)
        if filed is not None:
            _log.info("report %s goes out by itself", filed.id)

    async def _proposed(self, call_id: str, form: ReportForm) -> ReportForm:
        state = await self._protection.procedure_of(call_id)
        return proposed_form(form, state, self._protection.policy)
