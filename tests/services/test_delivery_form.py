"""What is sent, against the form that is published for receivers."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from desktop.domain.delivery import message_of
from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.evidence import EvidenceFile
from desktop.domain.recording import RECORD_KIND, RecordingFacts, recording_record
from desktop.domain.transcript import Leg, Segment
from tests.house_rules.source import ROOT
from tests.services.world import World

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))


def test_what_is_sent_has_the_form_that_is_published() -> None:
    async def work() -> None:
        world = await World.make()
        await world.delivery.use_targets([FolderTarget("team", "민원지원팀", "/srv/a")])
        await world.talk()
        assert world.calls.current is not None
        world.speech.segment(Segment("c1", Leg.CALLER, "그걸 왜 몰라", 0.9, 2.0, 4.0))
        await world.background.settle()
        frozen = await world.escalation.freeze_evidence(world.calls.current)
        file = EvidenceFile(frozen.id, "recordings/c1-1.sealed", "audio/wav", 64, "0f" * 32, "2026-11-22")
        facts = RecordingFacts(16_000, ("caller", "agent"), 0.0, 2.0, True)
        await world.records.add_evidence_record(frozen.id, RECORD_KIND, recording_record(file, facts))
        filed = await world.escalation.file(ReportForm(AbuseKind.VERBAL))
        (delivery,) = await world.delivery.of_report(filed.id)
        version = await world.records.outbox.version(filed.id, delivery.number)
        assert version == filed.versions[-1]
        assert version is not None
        check(json.loads(message_of(delivery, version).body), SCHEMA, "report")

    asyncio.run(work())


def test_the_check_can_fail() -> None:
    wrong = {"properties": {"kind": SCHEMA["properties"]["kind"]}}
    with pytest.raises(AssertionError, match=r"report\.kind"):
        check({"kind": "letter"}, wrong, "report")


def check(value: Any, schema: dict[str, Any], place: str) -> None:
    """Hold a value against the parts of JSON Schema that ours is made of."""
    known = {
        "const",
        "enum",
        "format",
        "items",
        "maxLength",
        "minimum",
        "pattern",
        "properties",
        "required",
        "type",
    }
    assert set(schema) - {"$schema", "title"} <= known, f"{place}: the check does not know all of it"
    assert value == schema.get("const", value), place
    assert value in schema.get("enum", [value]), place
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]]), place
    if isinstance(value, str):
        assert re.search(schema.get("pattern", ""), value), place
        assert len(value) <= schema.get("maxLength", len(value)), place
    if isinstance(value, dict):
        assert set(schema.get("required", ())) <= set(value), place
        for name, inner in schema.get("properties", {}).items():
            check(value[name], inner, f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        assert value, f"{place}: nothing to check"
        for each in value:
            check(each, schema["items"], f"{place}[]")
