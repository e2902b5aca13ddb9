"""Evidence and report of an abusive call: versions that are added and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


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


class Charges(Enum):
    """Whether the agent wants to press charges."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    """To be decided later."""


LONGEST_REFERENCE = 60
RESTED = "rest"
"""The reason of a version that only adds when the agent has rested."""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the agent fills in. `heard`: start seconds of the quotes that the agent heard with their own ears.

    `confirmed`: a person has sent it; until then it says what the machine knows and what was filled in so far.
    `withdrawn`: why the agent took it back, "" while it stands. `charges` and `police_called` are None while nobody has
    said anything of them; `police_reference` is the police's number for it.
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
    charges: Charges | None = None
    police_called: bool | None = None
    police_reference: str = ""


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
    `number`: what people call it, as DASAN-20261126-003; "" before it is saved, and for one from before there were any.
    """

    id: str
    call_id: str
    versions: tuple[EscalationVersion, ...] = ()
    form: ReportForm = field(default_factory=ReportForm)
    filed: datetime | None = None
    changed: datetime | None = None
    number: str = ""

    @property
    def unconfirmed(self) -> bool:
        """Whether it was sent by itself and no person has completed it or taken it back since."""
        return self.filed is not None and not self.form.confirmed and not self.form.withdrawn

    @property
    def touched(self) -> datetime | None:
        """When something was last added to it, by a person or by the call; the agent's rest holds nothing up."""
        moments = [self.changed, *(v.created for v in self.versions if v.reason != RESTED)]
        return max((moment for moment in moments if moment), default=None)


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
        "charges": form.charges.value if form.charges else "",
        "police_called": form.police_called,
        "police_reference": form.police_reference,
    }


def canonical_json(content: Mapping[str, object]) -> str:
    """JSON with sorted keys, no spaces, UTF-8 text as it is: the same content always gives the same bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def stored_object(text: str) -> dict[str, Any]:
    """The JSON object that `text` holds; an empty one where it was damaged since, as `verify` names it.

    A damaged record must keep no new evidence from being saved and no other from being handed out.
    """
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


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
    from desktop.domain.redaction import masked_content  # loaded after the start

    canonical = canonical_json(masked_content(content))
    sha256 = digest(canonical)
    return EscalationVersion(escalation_id, call_id, number, reason, created, canonical, sha256, sealed)
