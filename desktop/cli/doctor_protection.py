"""The doctor's checks of the centre's policy: whether it holds together, and whether its reports reach anybody."""

from __future__ import annotations

from desktop.cli.doctor_checks import Finding, fail, ok, warn
from desktop.paths import Folders
from desktop.settings import Loaded

# What the checks stand on is imported in them: the command's help would wait a second for it.


def policy(_where: Folders, loaded: Loaded) -> Finding:
    """The policy that the desk uses, and what somebody should see to in it."""
    from desktop.adapters.policy.reading import PolicyError, load_policy

    try:
        found = load_policy(loaded.settings.protection_policy)
    except PolicyError as error:
        return fail(
            str(error), "Run 'dasan-desk policy check' with the file; the desk uses the shipped policy."
        )
    detail = f"{found.file.name} for {found.policy.site}"
    if found.notes and not found.is_preset:
        return warn(f"{detail}: {found.notes[0].sentence()}", "Run 'dasan-desk policy check' with the file.")
    return ok(detail)


def reports(_where: Folders, loaded: Loaded) -> Finding:
    """Whether the places that reports go to answer; nothing is sent."""
    from desktop.adapters.policy.reading import PolicyError, load_policy
    from desktop.adapters.system.secrets import Secrets
    from desktop.cli.doctor_delivery import delivery
    from desktop.domain.events import TroubleFound
    from desktop.processes.protection_parts import targets_of

    try:
        found = load_policy(loaded.settings.protection_policy)
    except PolicyError:
        return warn("the policy cannot be used", "See the line before.")
    troubles: list[TroubleFound] = []
    targets = targets_of(found.policy, troubles.append)
    if troubles:
        return fail(troubles[0].sentence, "Correct the address in the policy.")
    return delivery(targets, Secrets().find)
