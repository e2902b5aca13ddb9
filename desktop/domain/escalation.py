"""Evidence and report of an abusive call: versions that are added and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from desktop.domain.redaction import masked_content


class AbuseKind(Enum):
    """What the agent says happened; the order is that of the digits in the form."""

    VERBAL = "verbal"
    SEXUAL = "sexual"
    THREAT = "threat"
    LONG_REPEATED = "long_repeated"
    PRANK = "prank"
    OTHER = "other"
    CRISIS = "crisis"
    """No abuse: a caller in danger. The last one, so that the digits of the form stay what they were."""


class Feeling(Enum):
    """How the agent is."""

    FINE = "fine"
    SHAKEN = "shaken"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the agent fills in. `heard`: start seconds of the quotes that the agent heard with their own ears.

    `confirmed`: a person has sent it; until then it says what the machine knows and what was filled in so far.
    `withdrawn`: why the agent took it back, "" while it stands.
    """

    kind: AbuseKind | None = None
    concrete_threat: bool = False
    feeling: Feeling | None = None
    wants_separation: bool = True
    wants_counselling: bool = False
    demand: str = ""
    heard: tuple[float, ...] = ()
    confirmed: bool = False
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class EscalationVersion:
    """One frozen version: `sha256` is of `canonical`; `number` counts from 1 within an escalation.

    `canonical` has personal data masked; `sealed` is the unmasked original as only this desk can read it. Versions from
    the time before that have no `sealed`, and their `canonical` is the original.
    """

    escalation_id: str
    call_id: str
    number: int
    reason: str
    created: datetime
    canonical: str
    sha256: str
    sealed: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Escalation:
    """All versions of one call's evidence, oldest first, and the form as it stands.

    `filed`: when it was sent first. `changed`: when the form was last kept, the opening of the case before that.
    """

    id: str
    call_id: str
    versions: tuple[EscalationVersion, ...] = ()
    form: ReportForm = field(default_factory=ReportForm)
    filed: datetime | None = None
    changed: datetime | None = None

    @property
    def unconfirmed(self) -> bool:
        """Whether it was sent by itself and no person has completed it or taken it back since."""
        return self.filed is not None and not self.form.confirmed and not self.form.withdrawn

    @property
    def touched(self) -> datetime | None:
        """When something was last added to it, by a person or by the call."""
        moments = [moment for moment in (self.changed, *(v.created for v in self.versions[-1:])) if moment]
        return max(moments, default=None)


def form_fields(form: ReportForm) -> dict[str, object]:
    """The form as JSON holds it, in evidence and in storage alike: enums by value, "" for what is open."""
    return {
        "kind": form.kind.value if form.kind else "",
        "concrete_threat": form.concrete_threat,
        "feeling": form.feeling.value if form.feeling else "",
        "wants_separation": form.wants_separation,
        "wants_counselling": form.wants_counselling,
        "demand": form.demand,
        "heard": list(form.heard),
        "confirmed": form.confirmed,
        "withdrawn": form.withdrawn,
    }


def canonical_json(content: Mapping[str, object]) -> str:
    """JSON with sorted keys, no spaces, UTF-8 text as it is: the same content always gives the same bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(canonical: str) -> str:
    """SHA-256 of the canonical JSON's UTF-8 bytes, in lower-case hex."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def freeze(
    escalation_id: str,
    call_id: str,
    number: int,
    reason: str,
    created: datetime,
    content: Mapping[str, object],
    sealed: bytes = b"",
) -> EscalationVersion:
    """A version of `content` as it is now, masked. `sealed`: its `canonical_json` before masking, sealed."""
    canonical = canonical_json(masked_content(content))
    sha256 = digest(canonical)
    return EscalationVersion(escalation_id, call_id, number, reason, created, canonical, sha256, sealed)
