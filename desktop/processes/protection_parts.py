"""What the protection stands on: the site's policy, the detector, the voices. What can't be used is named."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.adapters.abuse.desk_detector import DeskDetector
from desktop.adapters.policy.apart import load_policy_apart
from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError
from desktop.adapters.policy.presets import DEFAULT_PRESET
from desktop.adapters.policy.voices import Voices
from desktop.adapters.system.caller_key import caller_hash
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, SmtpTarget, Target
from desktop.domain.errors import DeskError
from desktop.domain.events import TroubleFound
from desktop.domain.policy import Policy, Retention, Sentence
from desktop.paths import Folders
from desktop.processes.spawn import command
from desktop.services.protection_ports import ProtectionParts
from desktop.services.retention_service import STRIKE_DAYS

_log = logging.getLogger(__name__)
Tell = Callable[[TroubleFound], None]
KEEP_ALL = Retention(3650, 3650, 3650)
"""While the centre's own policy can't be read: what another one deletes would be gone when it can be again."""


class ReadyVoices:
    """The voices of a policy, ready for the phone; one that can't be written is one that isn't there."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices

    def file(self, sentence: Sentence) -> tuple[Path, float] | None:
        """See `services.protection_ports.Voices`."""
        try:
            return self._voices.file(sentence)
        except (OSError, DeskError) as error:
            _log.error("the sound of %s can't be used: %s", sentence.text_id, error)
            return None


def protection_parts(where: Folders, policy: str, tell: Tell) -> ProtectionParts:
    """All of it. A process of its own reads the policy: a third of a second."""
    loaded = open_policy(policy, tell)
    language = loaded.policy.language
    detector = DeskDetector(where.config, language, lambda sentence: tell(TroubleFound("policy", sentence)))
    voices = ReadyVoices(Voices(loaded.file, where.data / "voices"))
    return ProtectionParts(loaded.policy, detector, voices, caller_hash(where.caller_key))


def open_policy(name: str, tell: Tell) -> LoadedPolicy:
    """The policy of the settings; where that cannot be used the shipped one, which then deletes nothing.

    A broken shipped one is a broken desk.
    """
    try:
        return load_policy_apart(command("policy"), name)
    except PolicyError as error:
        if not name or name == DEFAULT_PRESET:
            raise
        for problem in error.problems:
            _log.error("the policy is not used: %s", problem.sentence())
        tell(TroubleFound("policy", f"{error}; the shipped policy is used."))
        shipped = load_policy_apart(command("policy"), DEFAULT_PRESET)
        policy = replace(shipped.policy, retention=KEEP_ALL, strike_days=STRIKE_DAYS)
        return replace(shipped, policy=policy)


TARGETS = {"https": HttpsTarget, "smtp": SmtpTarget, "folder": FolderTarget}


def targets_of(policy: Policy, tell: Tell) -> tuple[Target, ...]:
    """Where the policy sends reports; a target that makes no sense is left out and named."""
    found: list[Target] = []
    for each in policy.deliveries:
        try:
            made = TARGETS[each.kind](name=each.name, label=each.label, **each.settings)
        except (KeyError, TypeError, ValueError) as error:
            _log.error("reports do not go to %s: %s", each.name, error)
            tell(TroubleFound("policy", f"Reports do not go to {each.label}: {error}"))
        else:
            found.append(made)
    return tuple(found)
