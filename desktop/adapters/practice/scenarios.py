"""Reading practice scenarios from YAML, checked as a whole so that a call never stops over a missing field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from desktop.domain.errors import DeskError
from desktop.domain.escalation import AbuseKind
from desktop.domain.practice import ModelWrapUp, Scenario, Turn, Voice, Who

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z")
DEFAULT_VOICE: Mapping[str, object] = {"variant": "", "speed": 165, "pitch": 50}

T = TypeVar("T")


class ScenarioError(DeskError):
    """The scenario file cannot be used; the text names the place and what is wrong there."""


def load_scenarios(path: Path) -> tuple[Scenario, ...]:
    """Every scenario of the file, in its order. Raises ScenarioError with one sentence a problem."""
    try:
        document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScenarioError(f"The scenarios in {path} cannot be read: {error.strerror}.") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path} is not YAML: {_first_line(error)}.") from error
    try:
        return _document(document)
    except _Wrong as error:
        raise ScenarioError(f"{path.name}: {error}.") from error


def fill(text: str, placeholders: Mapping[str, str]) -> str:
    """Put names in the place of placeholders, in the order given."""
    for mark, name in placeholders.items():
        text = text.replace(mark, name)
    return text


class _Wrong(Exception):
    """What is wrong, beginning with the place."""


class _Fields:
    """A mapping of the file with typed access that knows where it stands."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise _Wrong(f"{where} must be a mapping")
        self._values: dict[Any, Any] = values
        self.where = where

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`; `default` where it is absent, a complaint where there is no default."""
        value = self._values.get(key, default)
        if value is None:
            raise _Wrong(f"{self.where} has no {key}")
        if kind is float and isinstance(value, int):
            value = float(value)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise _Wrong(f"{self.where}: {key} must be {_NAMES[kind]}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, unless the default is."""
        value = self.get(key, str, default).strip()
        if not value and default != "":
            raise _Wrong(f"{self.where}: {key} is empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where it is absent."""
        values = self.get(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise _Wrong(f"{self.where}: {key} must be a list of texts")
        return tuple(values)

    def fields(self, key: str, default: Mapping[str, object] | None = None) -> _Fields:
        """A mapping within."""
        return _Fields(
            self.get(key, dict, dict(default) if default is not None else None), f"{self.where}, {key}"
        )


_NAMES: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
}


def _document(document: object) -> tuple[Scenario, ...]:
    top = _Fields(document, "the file")
    meta = top.fields("meta", {})
    placeholders = meta.get("placeholders", dict, {})
    if not all(isinstance(part, str) for pair in placeholders.items() for part in pair):
        raise _Wrong("meta: placeholders must be texts")
    language = meta.text("language", "ko")
    scenarios = tuple(
        _scenario(_Fields(values, f"scenario {number}"), language, placeholders)
        for number, values in enumerate(top.get("scenarios", list), 1)
    )
    for scenario in scenarios:
        if sum(other.id == scenario.id for other in scenarios) > 1:
            raise _Wrong(f"there are several scenarios {scenario.id}")
    return scenarios


def _scenario(fields: _Fields, language: str, placeholders: Mapping[str, str]) -> Scenario:
    key = fields.text("id")
    if not ID.match(key):
        raise _Wrong(f"{fields.where}: id may hold letters, digits, - and _ only")
    fields.where = f"scenario {key}"
    caller, wrapup = fields.fields("caller", {}), fields.fields("wrapup")
    voice = fields.fields("voice", DEFAULT_VOICE)
    turns = tuple(_turns(fields, placeholders))
    if not any(turn.who == "caller" for turn in turns):
        raise _Wrong(f"{fields.where}: the caller says nothing")
    return Scenario(
        id=key,
        title=fields.text("title"),
        language=fields.text("language", language),
        category=fields.text("category"),
        level=fields.get("level", int, 1),
        minutes=fields.get("minutes", int, max(1, round(len(turns) * 7 / 60))),
        needs=fields.texts("needs"),
        faq=fields.texts("faq"),
        goal=fields.text("goal", ""),
        caller_name=fill(caller.text("name", ""), placeholders),
        caller_mood=caller.text("mood", ""),
        voice=Voice(voice.text("variant", ""), voice.get("speed", int, 165), voice.get("pitch", int, 50)),
        turns=turns,
        wrapup=ModelWrapUp(wrapup.text("category"), wrapup.text("summary"), wrapup.text("result")),
        report=_report(fields.fields("action", {}).fields("form", {})),
    )


def _report(form: _Fields) -> AbuseKind | None:
    kind = form.text("kind", "")
    if not kind:
        return None
    try:
        return AbuseKind(kind)
    except ValueError:
        known = ", ".join(each.value for each in AbuseKind)
        raise _Wrong(f"{form.where}: kind must be one of {known}") from None


def _turns(fields: _Fields, placeholders: Mapping[str, str]) -> Iterator[Turn]:
    for number, values in enumerate(fields.get("turns", list), 1):
        turn = _Fields(values, f"{fields.where}, turn {number}")
        who = _who(turn)
        written = turn.text("text" if who == "caller" else "model")
        earliest = turn.get("t", float, 0.0)
        yield Turn(
            who,
            fill(written, placeholders),
            fill(turn.text("say", written), placeholders),
            earliest,
            labels=turn.texts("labels"),
            step=turn.text("step", ""),
            checks=turn.texts("checks"),
            place=turn.text("place", ""),
            line=turn.text("line", ""),
        )


def _who(turn: _Fields) -> Who:
    who = turn.text("who")
    if who == "agent":
        return "agent"
    if who == "caller":
        return "caller"
    raise _Wrong(f"{turn.where}: who must be agent or caller")


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".")
