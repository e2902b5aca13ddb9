"""The way of a filed report to those who decide: where it goes, under which key, and what became of each try.

A report goes to each target under one key that never changes, however often it is tried: a receiver that honours the
key takes it once. Times are given in, never taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from desktop.domain.delivery_targets import Target
from desktop.domain.escalation import EscalationVersion, canonical_json

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 900.0
UNREACHABLE_PAUSE_S = 30.0
"""A try that reaches nobody costs nobody anything, and this is how soon a network that came back is noticed."""
SUPPLEMENT_PAUSE_S = 30.0
"""What becomes known after the report waits so long for more, so that a running call sends no message a sentence."""
LONGEST_RECEIPT = 200
_RECEIPT_SIGNS = re.compile(r"[^\x20-\x7e]")


class DeliveryState(Enum):
    """Where a report is on its way to one target. DEAD is taken up again by hand; DELIVERED and WITHDRAWN are final.

    WITHDRAWN: the agent took the report back before this arrived, so it leaves no more.
    """

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


class Trouble(Enum):
    """Why a try did not deliver; none of them carries a secret or a word of the report."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN_OFF = "broken_off"
    BUSY = "busy"
    SERVER_ERROR = "server_error"
    STILL_RUNNING = "still_running"
    CERTIFICATE = "certificate"
    CA_FILE = "ca_file"
    NO_ENCRYPTION = "no_encryption"
    NOT_ALLOWED = "not_allowed"
    TOKEN = "token"
    REDIRECTED = "redirected"
    NOT_THE_RECEIVER = "not_the_receiver"
    MAILBOX = "mailbox"
    FOLDER_MISSING = "folder_missing"
    FOLDER_FORBIDDEN = "folder_forbidden"
    FOLDER_FULL = "folder_full"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NO_TARGET = "no_target"
    NO_EVIDENCE = "no_evidence"
    INTERNAL = "internal"


ADVICE: dict[Trouble, str] = {
    Trouble.UNREACHABLE: "The receiver cannot be reached; it is tried again by itself.",
    Trouble.TIMEOUT: "The receiver did not answer in time; it is tried again by itself.",
    Trouble.BROKEN_OFF: "The connection broke off; it is tried again by itself.",
    Trouble.BUSY: "The receiver asks to wait; it is tried again by itself.",
    Trouble.SERVER_ERROR: "The receiver has an error of its own; it is tried again by itself.",
    Trouble.STILL_RUNNING: "The last try has not come to an end; it is tried again by itself.",
    Trouble.CERTIFICATE: "The receiver's certificate is not trusted, so nothing was sent; tell IT.",
    Trouble.CA_FILE: "The file with the trusted certificates cannot be read, so nothing was sent; tell IT.",
    Trouble.NO_ENCRYPTION: "The mail server offers no encryption, so nothing was sent; tell IT.",
    Trouble.NOT_ALLOWED: "The receiver does not accept this desk's token or password; tell IT.",
    Trouble.TOKEN: "The token or password in the keyring cannot be used; tell IT.",
    Trouble.REDIRECTED: "The receiver sends the desk to another place, which it does not follow; tell IT.",
    Trouble.NOT_THE_RECEIVER: "Something else answers at the receiver's address; tell IT.",
    Trouble.MAILBOX: "The mail server does not accept the sender or the recipient; tell IT.",
    Trouble.FOLDER_MISSING: "The shared folder is not there; it is tried again by itself.",
    Trouble.FOLDER_FORBIDDEN: "The shared folder cannot be written; tell IT.",
    Trouble.FOLDER_FULL: "The shared folder is full; tell IT.",
    Trouble.REFUSED: "The receiver refuses this report; tell IT, then send it again by hand.",
    Trouble.CONFLICT: "The receiver holds another report under the same key; tell IT, then send it again by hand.",
    Trouble.NO_TARGET: "The place that this report goes to is no longer set up; tell IT.",
    Trouble.NO_EVIDENCE: "The saved evidence of this report was not found; tell IT.",
    Trouble.INTERNAL: "The program made an error while sending; it is tried again by itself.",
}
"""What each trouble means and who can end it, in English."""

_HEALS = {
    Trouble.UNREACHABLE,
    Trouble.TIMEOUT,
    Trouble.BROKEN_OFF,
    Trouble.BUSY,
    Trouble.SERVER_ERROR,
    Trouble.STILL_RUNNING,
    Trouble.FOLDER_MISSING,
}
_NOBODY_THERE = {Trouble.UNREACHABLE, Trouble.FOLDER_MISSING}
_NOT_TAKEN = {
    *_NOBODY_THERE,
    Trouble.BUSY,
    Trouble.CERTIFICATE,
    Trouble.CA_FILE,
    Trouble.NO_ENCRYPTION,
    Trouble.NOT_ALLOWED,
    Trouble.TOKEN,
    Trouble.REDIRECTED,
    Trouble.MAILBOX,
    Trouble.FOLDER_FULL,
    Trouble.REFUSED,
    Trouble.NO_TARGET,
    Trouble.NO_EVIDENCE,
}
"""After these it is sure that the receiver did not take the report; after all others it may have, unheard."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One version of a report on its way to one target.

    `label` is the target's name for people when the report was filed. `attempts` counts since it was filed or last
    taken up by hand. `trouble` and `detail` tell of the last try that failed; `receipt` is the receiver's word for it.
    `maybe_there`: a try ended so that the receiver may have it all the same.
    """

    key: str
    escalation_id: str
    number: int
    supplement: bool
    target: str
    label: str
    next_try: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    trouble: Trouble | None = None
    detail: str = ""
    delivered: datetime | None = None
    receipt: str = ""
    maybe_there: bool = False

    @property
    def needs_help(self) -> bool:
        """Whether somebody has to do something; waiting alone does not mend it."""
        if self.state in (DeliveryState.DELIVERED, DeliveryState.WITHDRAWN) or self.trouble is None:
            return False
        return self.state is DeliveryState.DEAD or self.trouble not in _HEALS


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the same bytes at every try of a key. `title` names no person."""

    key: str
    title: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it."""

    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """Not this time. The receiver may ask for a pause of `after_s` seconds."""

    trouble: Trouble
    detail: str = ""
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Dead:
    """The receiver will never take this message as it is."""

    trouble: Trouble
    detail: str = ""


Outcome = Delivered | Retry | Dead


def delivery_key(escalation_id: str, number: int, target: str) -> str:
    """The idempotency key: lower-case letters, digits and `-`; fit for a header, a file name and a Message-ID."""
    return f"{escalation_id}-{number}-{target}"


def addressed(
    version: EscalationVersion, targets: Iterable[Target], supplement: bool
) -> tuple[Delivery, ...]:
    """One delivery of this version for each target."""
    pause = SUPPLEMENT_PAUSE_S if supplement else 0.0
    return tuple(
        Delivery(
            key=delivery_key(version.escalation_id, version.number, target.name),
            escalation_id=version.escalation_id,
            number=version.number,
            supplement=supplement,
            target=target.name,
            label=target.label,
            next_try=version.created + timedelta(seconds=pause),
        )
        for target in targets
    )


def as_report(supplement: Delivery) -> Delivery:
    """The same version for a receiver who got nothing of this report yet: at once, and no supplement."""
    pause = timedelta(seconds=SUPPLEMENT_PAUSE_S)
    return replace(supplement, supplement=False, next_try=supplement.next_try - pause)


def message_of(delivery: Delivery, version: EscalationVersion) -> Message:
    """What the receiver gets: the frozen evidence, letter for letter, in an envelope. Made of stored rows alone."""
    kind = "supplement" if delivery.supplement else "report"
    evidence = json.loads(version.canonical)
    body = canonical_json(
        {
            "schema": 1,
            "key": delivery.key,
            "kind": kind,
            "report": version.escalation_id,
            "version": version.number,
            "created": version.created.isoformat(timespec="milliseconds"),
            "sha256": version.sha256,
            "evidence": evidence,
        }
    )
    # Versions of before have no number; the titles of those that wait must stay what they were.
    number = evidence.get("incident", {}).get("id") or version.escalation_id
    title = f"Dasan Desk: {kind} {number}, version {version.number}"
    form = evidence.get("form", {})
    if form.get("withdrawn"):
        title += ", withdrawn"
    elif form.get("confirmed") is False:
        title += ", not confirmed by a person"
    return Message(delivery.key, title, body.encode())


def started(delivery: Delivery) -> Delivery:
    """A try begins."""
    _must_be(delivery, DeliveryState.WAITING)
    return replace(delivery, state=DeliveryState.SENDING, attempts=delivery.attempts + 1)


def settled(delivery: Delivery, outcome: Outcome, now: datetime, chance: float) -> Delivery:
    """A try came to an end. `chance`, 0 to 1, chooses the pause before the next one."""
    _must_be(delivery, DeliveryState.SENDING)
    if isinstance(outcome, Delivered):
        return replace(
            delivery,
            state=DeliveryState.DELIVERED,
            trouble=None,
            detail="",
            delivered=now,
            receipt=clean_receipt(outcome.receipt),
        )
    maybe_there = delivery.maybe_there or outcome.trouble not in _NOT_TAKEN
    told = replace(delivery, trouble=outcome.trouble, detail=outcome.detail, maybe_there=maybe_there)
    if isinstance(outcome, Dead):
        return replace(told, state=DeliveryState.DEAD)
    seconds = max(pause_s(delivery.attempts, outcome.trouble, chance), min(outcome.after_s, LONGEST_PAUSE_S))
    return replace(told, state=DeliveryState.WAITING, next_try=now + timedelta(seconds=seconds))


def interrupted(delivery: Delivery, now: datetime) -> Delivery:
    """The program ended in the middle of a try: whether it arrived is not known, so it is tried again."""
    _must_be(delivery, DeliveryState.SENDING)
    return replace(delivery, state=DeliveryState.WAITING, next_try=now, maybe_there=True)


def taken_up(delivery: Delivery, now: datetime) -> Delivery:
    """Somebody asks for another try now."""
    _must_be(delivery, DeliveryState.WAITING, DeliveryState.DEAD)
    return replace(delivery, state=DeliveryState.WAITING, attempts=0, next_try=now, trouble=None, detail="")


def pause_s(attempts: int, trouble: Trouble, chance: float) -> float:
    """Seconds before the next try: full jitter under a ceiling that doubles with each of `attempts` (1 or more)."""
    longest = UNREACHABLE_PAUSE_S if nobody_there(trouble) else LONGEST_PAUSE_S
    return chance * min(longest, FIRST_PAUSE_S * 2.0 ** min(attempts - 1, 16))


def nobody_there(trouble: Trouble | None) -> bool:
    """Whether the next report to the same target would meet the same silence."""
    return trouble in _NOBODY_THERE


def clean_receipt(text: str) -> str:
    """A receiver's receipt as one short line of plain signs."""
    return _RECEIPT_SIGNS.sub("", text)[:LONGEST_RECEIPT]


def _must_be(delivery: Delivery, *states: DeliveryState) -> None:
    if delivery.state not in states:
        raise ValueError(f"a delivery that is {delivery.state.value} cannot do this")
