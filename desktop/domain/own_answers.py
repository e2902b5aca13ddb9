"""What an agent does with answers: uses, favourites, pins, flags, proposals, and the pack as it was last seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Literal

from desktop.domain.faq import Article

Place = Literal["favourite", "pin"]
"""Where an agent keeps an article at hand."""

Fault = Literal["outdated", "wrong"]
"""What may be the matter with an article."""

Action = Literal["open", "suggestion", "copy", "dismiss"]
"""Opened from a list, opened as a suggestion, copied into the notes, put away as a suggestion."""

LONGEST_FIELD = 20_000
"""Characters of one field of a proposal or a note."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of an article. `number` is its row where uses were kept before, 0 for none."""

    pack: str
    article_id: str
    action: str
    time: datetime
    number: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """The agent says that an article is outdated or wrong. `question` names the article for whoever reads the flag."""

    id: str
    pack: str
    article_id: str
    question: str
    fault: Fault
    note: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article as the agent would have it. `article_id` is "" for a new one; `done` once the owner may have it."""

    id: str
    pack: str
    article_id: str
    lang: str
    category: str
    question: str
    answer: str
    variants: tuple[str, ...]
    changed: datetime
    done: bool = False


@dataclass(frozen=True, slots=True)
class Learned:
    """A wording by which the agent found an article, and how often; below 0 where it was put away more often."""

    article_id: str
    wording: str
    count: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A pack's content: the hash of all of it, and a mark of each article by its id."""

    content: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of articles that are new or different since a pack was last seen, in the pack's order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.added) + len(self.changed)


def storable(text: str) -> str:
    """Text that can be stored: half a character, which can be typed and pasted, becomes a replacement character."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")[:LONGEST_FIELD]


def article_mark(article: Article) -> str:
    """A short hash (16 hex digits) of all that an article says; the same for the same content only."""
    line = json.dumps(asdict(article), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def changes_between(before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What is new or different in `now`; both are marks by article id."""
    added = tuple(each for each in now if each not in before)
    changed = tuple(each for each, mark in now.items() if before.get(each, mark) != mark)
    return Changes(added, changed)


def for_the_owner(flags: Sequence[Flag], proposals: Sequence[Proposal]) -> Iterator[str]:
    """Flags and finished proposals as JSON lines, each with its end of line; unfinished proposals stay here."""
    for flag in flags:
        yield _line({"kind": "flag", **asdict(flag), "time": _text(flag.time)})
    for proposal in proposals:
        if proposal.done:
            fields = asdict(proposal)
            del fields["done"]
            yield _line({"kind": "proposal", **fields, "changed": _text(proposal.changed)})


def _line(fields: Mapping[str, object]) -> str:
    # Half of a surrogate pair can be typed and pasted, but is no UTF-8.
    text = (
        json.dumps(fields, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )
    return text + "\n"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
