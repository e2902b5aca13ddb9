"""What may be done with saved evidence: look at an original, hand it out, end the case. Each is noted in the chain."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from desktop.domain.evidence import version_ref
from desktop.domain.originals import CallItem
from desktop.domain.reasons import given_reason
from desktop.services.ports import Clock, Records, Vault

_log = logging.getLogger(__name__)


class EvidenceService:
    """`records` are those of the line in use; `who` names the person who does something."""

    def __init__(
        self, records: Callable[[], Records], vault: Vault, clock: Clock, who: Callable[[], str]
    ) -> None:
        self._records, self._vault, self._clock, self._who = records, vault, clock, who

    async def reveal(self, name: str, number: int, reason: str) -> str:
        """The unmasked canonical JSON of a version of the case with this id or number.

        Who asked, when and why is noted before it is shown.

        Raises ValueError without a reason or for a version that is not there, DeskError where it can't be unsealed.
        """
        reason = given_reason(reason, "unmasking")
        escalation = await self._records().escalation_named(name)
        version = next((v for v in escalation.versions if v.number == number), None) if escalation else None
        if escalation is None or version is None:
            raise ValueError(f"there is no version {number} of {name}")
        await self.note(escalation.id, "reveal", {"number": number, "reason": reason})
        if not version.sealed:
            return version.canonical
        return await self._vault.unseal(version_ref(escalation.id, number), version.sealed)

    async def look(self, call_id: str, item: CallItem, reason: str) -> None:
        """Note that the original of one item of a call is looked at; show it only once this has returned.

        Noted with the incident of the call, or under the call's own id where it has none. Raises ValueError without
        a reason, StorageError where it can't be written.
        """
        reason = given_reason(reason, "unmasking")
        found = await self._records().escalation(call_id)
        name = found.id if found is not None else call_id
        await self.note(name, "reveal", {**item.fields(), "reason": reason})
        _log.info("an original of %s was looked at", name)

    async def close_case(self, name: str, reason: str) -> None:
        """The case with this id or number has ended: after the policy's hold its evidence is deleted.

        Raises ValueError, StorageError.
        """
        reason = given_reason(reason, "ending a case")
        found = await self._records().escalation_named(name)
        if found is None:
            raise ValueError(f"there is no evidence named {name}")
        await self.note(found.id, "closed", {"reason": reason})

    async def note(self, escalation_id: str, kind: str, body: Mapping[str, object]) -> None:
        """Add a record with who and when. Raises StorageError."""
        moment = self._clock.now().isoformat(timespec="milliseconds")
        await self._records().add_evidence_record(
            escalation_id, kind, {"who": self._who(), "when": moment, **body}
        )
