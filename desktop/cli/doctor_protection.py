"""The doctor's checks of the centre's policy: whether it holds together, and whether its reports reach anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.cli.doctor_checks import Finding, fail, ok, warn
from desktop.paths import Folders
from desktop.settings import Loaded

if TYPE_CHECKING:
    from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError

# What the checks stand on is imported in them: the command's help would wait a second for it.


class PolicyChecks:
    """Both checks stand on one reading of the policy's file, which takes a third of a second."""

    def __init__(self) -> None:
        self._found: LoadedPolicy | PolicyError | None = None

    def policy(self, _where: Folders, loaded: Loaded) -> Finding:
        """The policy that the desk uses, and what somebody should see to in it."""
        from desktop.adapters.policy.loaded import PolicyError
        from desktop.services.retention_service import rules_of

        found = self._read(loaded)
        if isinstance(found, PolicyError):
            return fail(
                str(found), "Run 'dasan-desk policy check' with the file; the desk uses the shipped policy."
            )
        rules = rules_of(found.policy.retention, loaded.settings.retention_days)
        detail = (
            f"{found.file.name} for {found.policy.site or 'no named centre'}; transcripts are kept "
            f"{rules.transcript_days} days, calls and notes {rules.call_days}, evidence {rules.hold_days} days after "
            f"its case is closed, recordings {found.policy.retention.recordings_days}"
        )
        if found.notes and not found.is_preset:
            return warn(
                f"{detail}: {found.notes[0].sentence()}", "Run 'dasan-desk policy check' with the file."
            )
        return ok(detail)

    def reports(self, _where: Folders, loaded: Loaded) -> Finding:
        """Whether the places that reports go to answer; nothing is sent."""
        from desktop.adapters.policy.loaded import PolicyError
        from desktop.adapters.system.secrets import Secrets
        from desktop.cli.doctor_delivery import delivery
        from desktop.domain.events import TroubleFound
        from desktop.processes.protection_parts import targets_of

        found = self._read(loaded)
        if isinstance(found, PolicyError):
            return warn("the policy cannot be used", "See the line before.")
        troubles: list[TroubleFound] = []
        targets = targets_of(found.policy, troubles.append)
        if troubles:
            return fail(troubles[0].sentence, "Correct the address in the policy.")
        return delivery(targets, Secrets().find)

    def _read(self, loaded: Loaded) -> LoadedPolicy | PolicyError:
        from desktop.adapters.policy.loaded import PolicyError
        from desktop.adapters.policy.reading import load_policy

        if self._found is None:
            try:
                self._found = load_policy(loaded.settings.protection_policy)
            except PolicyError as error:
                self._found = error
        return self._found
