"""What the shape of a policy cannot say: does one part fit the other? Any content will do, so all is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.domain.policy import PLACEHOLDER, StepKind, placeholder_values

Where = tuple[str | int, ...]
Finding = tuple[Where, str]
"""A place in the file, and what is wrong there."""

ORDER = [kind.value for kind in StepKind]


def findings(content: Mapping[str, Any]) -> Iterator[Finding]:
    """Every contradiction. What has the wrong shape is passed over: the shape's own check names it."""
    yield from _ladders(content)
    yield from _classes(content)
    yield from _crisis(content)
    yield from _texts(content)
    yield from _time_and_languages(content)
    yield from _laws(content)
    yield from _twice(content)


def notes(content: Mapping[str, Any]) -> Iterator[Finding]:
    """What is no error, but somebody should see to."""
    for number, line in enumerate(_rows(content, "crisis", "lines")):
        where: Where = ("crisis", "lines", number)
        called = _word(line, "number")
        if not called:
            yield where, "has no number; the window says to call the supervisor instead"
        elif not line.get("confirmed"):
            yield (
                where,
                f"{called} is not confirmed; try it from this exchange, then set confirmed = true",
            )
    if not _rows(content, "crisis", "lines"):
        yield ("crisis", "lines"), "is empty; the window says to call the supervisor instead"
    for number, law in enumerate(_rows(content, "laws", "suggestions")):
        if not law.get("checked"):
            yield (
                ("laws", "suggestions", number),
                f"{_word(law, 'code')} is not checked; have it read by a lawyer",
            )
    if not _table(content, "supervisor").get("sip"):
        yield ("supervisor", "sip"), "is empty; the key for the supervisor can call nobody"
    if not _rows(content, "delivery"):
        yield ("delivery",), "is empty; reports stay on the desk"


def _ladders(content: Mapping[str, Any]) -> Iterator[Finding]:
    for name in _table(content, "ladders"):
        steps = _rows(content, "ladders", name)
        kinds = [_word(step, "kind") for step in steps]
        if steps and (kinds[-1:] != ["end"] or kinds.count("end") != 1):
            yield ("ladders", name), "must have one step end, as the last"
        if steps and (kinds[-2:-1] != ["end_notice"] or kinds.count("end_notice") != 1):
            yield ("ladders", name), "must have one step end_notice, just before the end"
        ranks = [ORDER.index(kind) for kind in kinds if kind in ORDER]
        if ranks != sorted(ranks):
            yield ("ladders", name), "must keep the order notice, warning, end_notice, end"
        for number, step in enumerate(steps):
            yield from _step(content, ("ladders", name, number), step)


def _step(content: Mapping[str, Any], where: Where, step: Mapping[str, Any]) -> Iterator[Finding]:
    text = _word(step, "text")
    if step.get("kind") == "end":
        if text:
            yield (*where, "text"), "must be left out: nothing is said after the end notice"
    elif not text:
        yield (*where, "text"), "is missing"
    elif text not in _table(content, "texts"):
        yield (*where, "text"), f"names {text}, which is not in [texts]"
    if step.get("by_exchange") is True and step.get("kind") != "notice":
        yield (*where, "by_exchange"), "is for a notice only: the exchange cannot know what comes later"


def _classes(content: Mapping[str, Any]) -> Iterator[Finding]:
    rows = _rows(content, "classes")
    known = {_word(row, "id") for row in rows}
    seen: dict[str, str] = {}
    for number, row in enumerate(rows):
        name = _word(row, "ladder")
        if name and name not in _table(content, "ladders"):
            yield ("classes", number, "ladder"), f"names {name}, which is not in [ladders]"
        for label in _texts_of(row.get("detected")):
            if label in seen:
                yield (
                    ("classes", number, "detected"),
                    f"holds {label}, which the class {seen[label]} has already",
                )
            seen.setdefault(label, _word(row, "id"))
    for key in ("default_class", "time_class"):
        chosen = _word(_table(content, "procedure"), key)
        if chosen and rows and chosen not in known:
            yield ("procedure", key), f"names {chosen}, which is not among the classes"
    for number, row in enumerate(_rows(content, "restrictions")):
        name = _word(row, "class")
        if name and name not in known:
            yield ("restrictions", number, "class"), f"names {name}, which is not among the classes"


def _crisis(content: Mapping[str, Any]) -> Iterator[Finding]:
    said = {
        _word(step, "text") for name in _table(content, "ladders") for step in _rows(content, "ladders", name)
    }
    for where, text in crisis_texts(content):
        if text not in _table(content, "texts"):
            yield where, f"names {text}, which is not in [texts]"
        if text in said:
            yield where, f"names {text}, which a ladder uses; nothing that warns may be reached in a crisis"
    names = {"site", "minutes"}
    for number, line in enumerate(_rows(content, "crisis", "lines")):
        name = _word(line, "id")
        if name in names:
            yield ("crisis", "lines", number, "id"), f"must not be {name}, which is a placeholder of its own"


def crisis_texts(content: Mapping[str, Any]) -> Iterator[tuple[Where, str]]:
    """Where the crisis path names a text, and its id."""
    crisis = _table(content, "crisis")
    for key in ("stay", "place", "connect"):
        if _word(crisis, key):
            yield ("crisis", key), _word(crisis, key)
    for number, check in enumerate(_rows(content, "crisis", "checks")):
        if _word(check, "text"):
            yield ("crisis", "checks", number, "text"), _word(check, "text")


def _texts(content: Mapping[str, Any]) -> Iterator[Finding]:
    site, recording = _table(content, "site"), _table(content, "recording")
    languages = _texts_of(site.get("languages"))
    numbers = {_word(line, "id"): _word(line, "number") for line in _rows(content, "crisis", "lines")}
    known = set(placeholder_values(_word(site, "name"), 1, numbers))
    recorded = recording.get("mode") != "off" or recording.get("by_exchange") is True
    for name, text in _table(content, "texts").items():
        if not isinstance(text, Mapping):
            continue
        where: Where = ("texts", name)
        for language in languages if "words" in text else []:
            if language not in _table(text, "words"):
                yield (*where, "words", language), "is missing, and site.languages names it"
        if text.get("says_recorded") is True and not recorded:
            yield (
                (*where, "says_recorded"),
                "says that the call is recorded, but [recording] says that nobody does",
            )
        for part in ("words", "say", "aid"):
            for language, sentence in _table(text, part).items():
                if isinstance(sentence, str):
                    yield from _placeholders((*where, part, language), sentence, known)


def _placeholders(where: Where, sentence: str, known: set[str]) -> Iterator[Finding]:
    for name in sorted(set(PLACEHOLDER.findall(sentence)) - known):
        yield where, f"holds {{{name}}}, which nothing fills"
    rest = PLACEHOLDER.sub("", sentence)
    if "{" in rest or "}" in rest:
        yield where, "holds a brace that belongs to no placeholder"


def _time_and_languages(content: Mapping[str, Any]) -> Iterator[Finding]:
    time, site = _table(content, "time"), _table(content, "site")
    notice, end = time.get("notice_minutes"), time.get("end_minutes")
    if isinstance(notice, int) and isinstance(end, int) and notice >= end:
        yield ("time", "notice_minutes"), "must be less than end_minutes"
    languages = _texts_of(site.get("languages"))
    own = _word(site, "language")
    if languages and own and own not in languages:
        yield ("site", "languages"), f"must name {own}, the language of the site, too"


def _laws(content: Mapping[str, Any]) -> Iterator[Finding]:
    known = {_word(row, "id") for row in _rows(content, "classes")}
    for number, law in enumerate(_rows(content, "laws", "suggestions")):
        for name in _texts_of(law.get("classes")):
            if name not in known:
                yield (
                    ("laws", "suggestions", number, "classes"),
                    f"names {name}, which is not among the classes",
                )


def _twice(content: Mapping[str, Any]) -> Iterator[Finding]:
    lists: tuple[tuple[Where, str], ...] = (
        (("classes",), "id"),
        (("time", "reasons"), "id"),
        (("crisis", "checks"), "id"),
        (("crisis", "lines"), "id"),
        (("delivery",), "name"),
        (("laws", "suggestions"), "code"),
    )
    for where, key in lists:
        counts = Counter(_word(row, key) for row in _rows(content, *where) if _word(row, key))
        for value in (value for value, count in counts.items() if count > 1):
            yield where, f"has several with the {key} {value}"
    languages = _texts_of(_table(content, "site").get("languages"))
    for value in (value for value, count in Counter(languages).items() if count > 1):
        yield ("site", "languages"), f"names {value} twice"


def _at(content: Any, where: tuple[Any, ...]) -> Any:
    for key in where:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def _table(content: Mapping[str, Any], *where: str) -> Mapping[str, Any]:
    found = _at(content, where)
    return found if isinstance(found, Mapping) else {}


def _rows(content: Mapping[str, Any], *where: Any) -> list[Mapping[str, Any]]:
    """The tables of a list, each at its own place; what is no table stands as an empty one."""
    found = _at(content, where)
    return [row if isinstance(row, Mapping) else {} for row in found] if isinstance(found, list) else []


def _word(row: Mapping[str, Any], key: str) -> str:
    """The text of a key; "" where it holds none."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _texts_of(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
