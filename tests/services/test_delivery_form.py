"""What is sent, against the form that is published for receivers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from desktop.domain.call import CallState, Direction
from desktop.domain.delivery import message_of
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.evidence import EvidenceFile
from desktop.domain.phone import CallReport
from desktop.domain.recording import RECORD_KIND, RecordingFacts, recording_record
from tests.house_rules.source import ROOT
from tests.services.test_untouched import Shift, shift

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))


def test_what_is_sent_has_the_form_that_is_published() -> None:
    async def work(desk: Shift) -> None:
        world = desk.world
        frozen = await desk.incident()
        world.phone.say(CallReport("c9", Direction.OUTGOING, CallState.CALLING, "sip:112@city"))
        world.phone.say(CallReport("c9", Direction.OUTGOING, CallState.DISCONNECTED, "sip:112@city"))
        file = EvidenceFile(frozen.id, "recordings/c1-1.sealed", "audio/wav", 64, "0f" * 32, "2026-11-22")
        facts = RecordingFacts(16_000, ("caller", "agent"), 0.0, 2.0, True)
        await world.records.add_evidence_record(frozen.id, RECORD_KIND, recording_record(file, facts))
        await world.background.settle()
        filed = await world.escalation.file(ReportForm(AbuseKind.VERBAL))
        (delivery,) = await world.delivery.of_report(filed.id)
        version = await world.records.outbox.version(filed.id, delivery.number)
        assert version is not None
        assert version.sha256 == filed.versions[-1].sha256
        check(json.loads(message_of(delivery, version).body), SCHEMA, "report")

    shift(work)


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
