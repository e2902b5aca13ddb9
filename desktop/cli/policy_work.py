"""`dasan-desk policy`: is a centre's policy file right, and what does it say?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError, Problem
from desktop.adapters.policy.presets import DEFAULT_PRESET
from desktop.adapters.policy.reading import load_policy
from desktop.adapters.policy.voices import Voices, own_folder
from desktop.cli.output import DONE, CommandError, emit, emit_event, say
from desktop.domain.policy import Policy, Retention, Sentence
from desktop.paths import Folders
from desktop.services.retention_service import HOLD_DAYS
from desktop.settings import load

MOST_MINUTES = 5


def work(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where the policy has errors."""
    if args.action == "check":
        return _check(args.file, args.json)
    name = args.name
    if name is None:
        name = load(Folders(args.data, args.config).settings_file).settings.protection_policy
    return _show(name or DEFAULT_PRESET, args.json)


def _check(name: str, as_json: bool) -> int:
    try:
        loaded = load_policy(name)
    except PolicyError as error:
        for problem in error.problems:
            _tell("error", problem, as_json)
        _sum_up(as_json, len(error.problems), 0)
        raise
    problems = _recordings(loaded)
    for problem in problems:
        _tell("error", problem, as_json)
    for note in loaded.notes:
        _tell("note", note, as_json)
    _sum_up(as_json, len(problems), len(loaded.notes))
    if problems:
        raise CommandError(f"{len(problems)} recordings beside {loaded.file.name} cannot be used")
    return DONE


def _recordings(loaded: LoadedPolicy) -> list[Problem]:
    """What is wrong with the centre's own recordings."""
    folder = own_folder(loaded.file)
    if loaded.is_preset or not folder.is_dir():
        return []
    found = Voices(loaded.file, folder).problems(_sentences(loaded.policy))
    return [Problem(folder.name, "", None, reason) for reason in found]


def _sentences(policy: Policy) -> Iterator[Sentence]:
    """Everything that can be played, in every language of the centre; each once."""
    texts = {step.text_id for steps in policy.ladders.values() for step in steps if step.text_id}
    most = max(MOST_MINUTES, policy.time.end_minutes - policy.time.notice_minutes)
    seen = set()
    for text_id in sorted(texts):
        for language in policy.languages:
            for minutes in range(1, most + 1):
                sentence = policy.sentence(text_id, language, minutes)
                if sentence not in seen:
                    seen.add(sentence)
                    yield sentence


def _tell(kind: str, problem: Problem, as_json: bool) -> None:
    if as_json:
        emit_event(kind, file=problem.file, line=problem.line, where=problem.where, reason=problem.reason)
    else:
        say(f"{kind}: {problem.sentence()}")


def _sum_up(as_json: bool, errors: int, notes: int) -> None:
    if as_json:
        emit_event("summary", errors=errors, notes=notes)
    elif not errors:
        say(f"the policy can be used ({notes} notes).")


def _show(name: str, as_json: bool) -> int:
    try:
        loaded = load_policy(name)
    except PolicyError as error:
        for problem in error.problems:
            _tell("error", problem, as_json=False)
        raise
    if as_json:
        emit({"file": str(loaded.file), "sha256": loaded.policy.digest, "policy": loaded.content})
    else:
        for line in _lines(loaded):
            print(line, flush=True)
    return DONE


def kept_words(retention: Retention) -> str:
    """How long what is kept."""
    transcripts = f"{retention.transcripts_days} days" if retention.transcripts_days else "by retention_days"
    return (
        f"recordings {retention.recordings_days} days, transcripts {transcripts}, "
        f"evidence {retention.hold_days or HOLD_DAYS} days after its case is closed"
    )


def _lines(loaded: LoadedPolicy) -> Iterator[str]:
    policy = loaded.policy
    own = policy.language
    yield f"{loaded.file}"
    yield f"sha256 {policy.digest}"
    yield f"languages: {', '.join(policy.languages)} (first {own})"
    yield (
        f"time: notice at {policy.time.notice_minutes} min, end offered at {policy.time.end_minutes} min, "
        f"{policy.time.extend_minutes} min more each time"
    )
    yield f"ends calls by itself: {'yes' if policy.automatic_end else 'no'}"
    yield f"recording: {policy.recording.mode.value}; the exchange records: {policy.recording.by_exchange}"
    yield f"kept: {kept_words(policy.retention)}"
    yield f"rest after an incident: {policy.rest_minutes} min; strikes expire after {policy.strike_days} days"
    for each in policy.classes:
        yield ""
        detected = f", detected as {', '.join(each.detected)}" if each.detected else ""
        yield f"{each.id}: {policy.word(each.label, own)} ({each.axis.value}, {each.severity}{detected})"
        for step in policy.ladder_of(each.id):
            text = policy.sentence(step.text_id, own).text if step.text_id else ""
            given = " [said by the exchange]" if step.by_exchange else ""
            yield f"  {policy.word(step.label, own)}{given}{': ' if text else ''}{text}"
    yield ""
    lines = [f"{line.number} {policy.word(line.label, own)}" for line in policy.crisis.reachable]
    yield f"crisis: {', '.join(lines) or 'no number is known; call the supervisor'}"
    yield f"supervisor: {policy.supervisor.sip or 'not known'}"
    yield f"reports go to: {', '.join(target.label for target in policy.deliveries) or 'nobody'}"
