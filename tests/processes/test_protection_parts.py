"""The policy as the desk takes it up."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.policy.reading import load_policy
from desktop.domain.events import TroubleFound
from desktop.processes.protection_parts import open_policy
from desktop.services.retention_service import RetentionRules, rules_of


def test_a_policy_that_cannot_be_read_is_named_and_nothing_is_deleted_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text("form = 2\n", "utf-8")
    troubles: list[TroubleFound] = []
    used = open_policy(str(path), troubles.append).policy
    assert [each.subject for each in troubles] == ["policy"]
    assert used.digest == load_policy("").policy.digest
    assert rules_of(used.retention, 7) == RetentionRules(3650, 3650, 3650)
    assert (used.retention.recordings_days, used.strike_days) == (3650, 3650)
    assert rules_of(open_policy("", troubles.append).policy.retention, 7) == RetentionRules(30, 30, 365)
    assert len(troubles) == 1
