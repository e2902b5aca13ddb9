"""From the checked shape of a file to the domain's policy."""

from __future__ import annotations

from desktop.adapters.policy import shape
from desktop.domain.policy import (
    AbuseClass,
    Axis,
    CallTime,
    Crisis,
    CrisisCheck,
    CrisisLine,
    DeliveryTarget,
    LawSuggestion,
    Policy,
    Reason,
    Recording,
    RecordingMode,
    Restriction,
    Retention,
    Step,
    StepKind,
    Supervisor,
    Text,
)


def built(content: shape.PolicyShape, digest: str) -> Policy:
    """The policy of a file that holds together."""
    procedure, time, keep = content.procedure, content.time, content.retention
    recording = content.recording
    return Policy(
        digest=digest,
        site=content.site.name,
        agency=content.site.agency,
        language=content.site.language,
        languages=tuple(content.site.languages),
        classes=tuple(_class(each) for each in content.classes),
        ladders={name: tuple(_step(step) for step in steps) for name, steps in content.ladders.items()},
        texts={name: _text(name, each) for name, each in content.texts.items()},
        default_class=procedure.default_class,
        time_class=procedure.time_class,
        merge_seconds=float(procedure.merge_seconds),
        least_confidence=float(procedure.least_confidence),
        automatic_end=procedure.automatic_end,
        time=CallTime(
            time.notice_minutes,
            time.end_minutes,
            time.extend_minutes,
            tuple(Reason(each.id, each.label) for each in time.reasons),
        ),
        crisis=_crisis(content.crisis),
        rest_minutes=content.care.rest_minutes,
        strike_days=content.strikes.expiry_days,
        retention=Retention(keep.recordings_days, keep.transcripts_days, keep.hold_days),
        recording=Recording(RecordingMode(recording.mode), recording.pre_roll_seconds, recording.by_exchange),
        supervisor=Supervisor(content.supervisor.name, content.supervisor.sip),
        deliveries=tuple(_target(each) for each in content.delivery),
        send_untouched_minutes=content.report.send_untouched_minutes,
        laws=tuple(_law(each) for each in content.laws.suggestions),
        laws_note=content.laws.note,
        restrictions=tuple(
            Restriction(each.class_id, each.from_count, each.label) for each in content.restrictions
        ),
    )


def _class(row: shape.ClassShape) -> AbuseClass:
    return AbuseClass(
        id=row.id,
        label=row.label,
        axis=Axis(row.axis),
        severity=row.severity,
        ladder=row.ladder,
        kind=row.kind,
        detected=tuple(row.detected),
        police=row.police,
        supervisor=row.supervisor,
    )


def _step(row: shape.StepShape) -> Step:
    return Step(StepKind(row.kind), row.text, row.label, row.by_exchange)


def _text(name: str, row: shape.TextShape) -> Text:
    return Text(name, row.version, row.words, row.say, row.aid, row.says_recorded)


def _crisis(row: shape.CrisisShape) -> Crisis:
    return Crisis(
        stay_text=row.stay,
        place_text=row.place,
        checks=tuple(CrisisCheck(each.id, each.label, each.text) for each in row.checks),
        connect_text=row.connect,
        lines=tuple(CrisisLine(each.id, each.number, each.label, each.confirmed) for each in row.lines),
    )


def _law(row: shape.LawShape) -> LawSuggestion:
    return LawSuggestion(row.code, row.name, row.shows, tuple(row.classes), row.checked)


def _target(row: shape.HttpsShape | shape.SmtpShape | shape.FolderShape) -> DeliveryTarget:
    settings = row.model_dump(exclude={"kind", "name", "label"})
    return DeliveryTarget(row.kind, row.name, row.label, settings)
