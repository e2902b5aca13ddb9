"""Reading an answer pack: one SQLite file, opened read-only and checked before anything in it is believed."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import grams
from desktop.adapters.search.gram_store import GramStore, json_list
from desktop.domain.errors import DeskError
from desktop.domain.faq import CATEGORY_BREAK, Article

APPLICATION_ID = 0x44444651
"""PRAGMA application_id of a pack."""

SCHEMA = 4
"""PRAGMA user_version of the packs that this program reads and writes."""

MOST_LANGUAGES = 256
"""Languages of a pack: each article says its own in a byte."""

KEPT_DOCUMENTS = 300
"""Articles that are kept in memory: those of the last few keys."""

_TABLES = {
    "meta", "faq", "faq_alias", "search_doc", "search_array", "gram_title", "gram_answer", "gram_choseong",
    "gram_block",
}  # fmt: skip
_REQUIRED_META = {"name", "content_sha256", "built_at", "sample", "articles", "languages"}


class Document(NamedTuple):
    """What ranking needs of an article. `forms` and `masses` run in step: question, variants, keywords.

    Forms stand between `grams.FORM_BREAK`, masses between spaces. `answer` is the text in which answer grams are found:
    the answer itself, then its Latin words with their edges.
    """

    number: int
    forms: str
    question_mass: float
    masses: str
    answer: str
    size: int
    category: str


class Head(NamedTuple):
    """What a list of hits shows of an article."""

    article_id: str
    question: str
    answer: str
    category: str
    department: str
    lang: str
    sample: bool


class PackError(DeskError):
    """The pack cannot be used; the message is a sentence for the agent that says what to do."""


def check_languages(names: Sequence[str]) -> None:
    """Raise PackError where articles are in more languages than a pack can tell apart."""
    if len(names) > MOST_LANGUAGES:
        raise PackError(
            f"These articles are in {len(names)} languages, an answer pack holds {MOST_LANGUAGES}."
            " Correct the field 'lang' of the articles."
        )


class Pack:
    """An open pack. One thread at a time may use it.

    Errors: every method raises PackError when the file turns out to be damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise PackError(f"There is no answer pack at {path}. Build one with 'dasan-desk faq build'.")
        try:
            # immutable: a pack is replaced as a whole and never written in place, so no lock or journal file is needed.
            uri = path.resolve().as_uri() + "?mode=ro&immutable=1"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except (sqlite3.Error, ValueError) as error:
            raise PackError(f"The answer pack {path.name} cannot be opened: {error}.") from error
        try:
            self._prepare()
        except PackError:
            self._connection.close()
            raise
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            self._connection.close()
            raise self.damaged() from error
        self.grams = GramStore(self._rows, self.articles, self.damaged)
        self._kept_documents: OrderedDict[int, Document] = OrderedDict()

    def damaged(self) -> PackError:
        """What to raise when the file holds what no pack holds."""
        return PackError(
            f"The answer pack {self.path.name} is damaged or is not an answer pack. Build it again or copy it again."
        )

    def _prepare(self) -> None:
        for pragma in ("trusted_schema=off", "cell_size_check=on", "query_only=on", "cache_size=-3000"):
            self._connection.execute(f"pragma {pragma}")
        application = self._connection.execute("pragma application_id").fetchone()[0]
        schema = self._connection.execute("pragma user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise self.damaged()
        if schema > SCHEMA:
            raise PackError(
                f"The answer pack {self.path.name} was built by a newer version of the desk. Update the desk to use it."
            )
        if schema < SCHEMA:
            raise PackError(
                f"The answer pack {self.path.name} was built by an older version of the desk: build it again with"
                " 'dasan-desk faq build'."
            )
        found = {
            row[0] for row in self._connection.execute("select name from sqlite_master where type='table'")
        }
        self.meta: dict[str, str] = dict(self._connection.execute("select key, value from meta"))
        active = self._connection.execute(
            "select count(*) from sqlite_master where type in ('trigger','view')"
        )
        if active.fetchone()[0] or _TABLES - found or _REQUIRED_META - self.meta.keys():
            raise self.damaged()
        self.articles = int(self.meta["articles"])
        self.languages: tuple[str, ...] = tuple(json.loads(self.meta["languages"]))
        arrays = dict(self._connection.execute("select name, data from search_array"))
        self.sizes = {name: self._array(arrays[name], "<u2") for name in ("title_size", "answer_size")}
        self.lang = self._array(arrays["lang"], "<u1")
        if self.lang.size and self.lang.max() >= len(self.languages):
            raise ValueError("unknown language number")

    def _array(self, data: bytes, kind: str) -> NDArray[Any]:
        array = np.frombuffer(data, dtype=kind)
        if array.size != self.articles:
            raise ValueError("array of a wrong length")
        return array

    def close(self) -> None:
        """Close the file; the pack cannot be used afterwards."""
        self._connection.close()

    def read_through(self) -> None:
        """Look at every page and at the number of articles. Takes about as long as reading the file."""
        if self._rows("pragma quick_check(1)") != [("ok",)]:
            raise self.damaged()
        expected = (self.articles, 1, self.articles) if self.articles else (0, None, None)
        if self._rows("select count(*), min(id), max(id) from faq") != [expected]:
            raise self.damaged()

    def _rows(self, statement: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise self.damaged() from error

    def _numbers(self, statement: str, values: Iterable[object]) -> list[int]:
        """Article numbers; a damaged index of SQLite's brings anything."""
        numbers = [row[0] for row in self._rows(statement, values)]
        if not all(isinstance(number, int) for number in numbers):
            raise self.damaged()
        return numbers  # type: ignore[return-value]

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """What ranking needs of these articles, in their order. The last ones are kept: one key changes few."""
        kept = self._kept_documents
        for document in self._read_documents([number for number in numbers if number not in kept]):
            kept[document.number] = document
        found = []
        for number in numbers:
            if number not in kept:
                raise self.damaged()
            kept.move_to_end(number)
            found.append(kept[number])
        while len(kept) > KEPT_DOCUMENTS:
            kept.popitem(last=False)
        return found

    def _read_documents(self, numbers: Sequence[int]) -> list[Document]:
        if not numbers:
            return []
        found = []
        for row in self._rows(
            "select d.id, d.title_form, d.title_mass, d.form_masses, d.latin, d.size, f.answer, f.category"
            " from json_each(?) n join search_doc d on d.id=n.value join faq f on f.id=n.value",
            (json_list(numbers),),
        ):
            number, forms, mass, masses, latin, size, answer, category = row
            if not (
                isinstance(number, int)
                and isinstance(forms, str)
                and isinstance(mass, float)
                and isinstance(masses, str)
                and isinstance(size, int)
            ):
                raise self.damaged()
            text = f"{answer}\n{latin}" if latin else str(answer)
            found.append(Document(number, forms, mass, masses, text, size, str(category)))
        return found

    def choseong(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """Number and choseong forms of these articles."""
        marks = ",".join(str(int(number)) for number in numbers)
        return self._rows(f"select id, choseong from search_doc where id in ({marks})")  # type: ignore[return-value]

    def numbers_grouped(self, group: str) -> list[int]:
        """The language versions of one article."""
        return self._numbers("select id from faq where versions=? order by id limit 20", (group,))

    def numbers_in(self, category: str, limit: int) -> list[int]:
        """The first articles of just this category, in the pack's own order."""
        return self._numbers("select id from faq where category=? order by id limit ?", (category, limit))

    def categories(self, lang: str | None = None) -> dict[str, int]:
        """Number of articles by category, as the pack's own order brings them; of one language if given."""
        rows = self._rows(
            "select category, count(*) from faq where ?1 is null or lang=?1 group by category order by min(id)",
            (lang,),
        )
        return {str(category): int(str(count)) for category, count in rows}

    def numbers_titled(self, question: str) -> list[int]:
        """Articles whose question is exactly this, of those whose question has no words."""
        return self._numbers(
            "select f.id from search_doc d join faq f on f.id=d.id"
            " where d.title_key=? and d.size=0 and f.question=? limit 20",
            (grams.title_key(""), question),
        )

    def numbers(self, limit: int, category: str | None = None) -> list[int]:
        """The first articles in the pack's own order, of one category and those below it if given."""
        return self._numbers(
            "select id from faq where ?1 is null or category=?1 or substr(category, 1, length(?2))=?2"
            " order by id limit ?3",
            (category or None, (category or "") + CATEGORY_BREAK, limit),
        )

    def numbers_of_title(self, form: str) -> list[int]:
        """Articles whose question may have this title form (see `grams.title_key`)."""
        return self._numbers("select id from search_doc where title_key=? limit 20", (grams.title_key(form),))

    def all_articles(self) -> Iterator[Article]:
        """Every article in the pack's own order."""
        for first in range(1, self.articles + 1, 500):
            yield from self.articles_of(range(first, first + 500)).values()

    def has_checked(self, except_for: Iterable[int]) -> bool:
        """Whether an article beside these is no sample."""
        marks = ",".join(str(int(number)) for number in except_for)
        return bool(self._rows(f"select 1 from faq where not sample and id not in ({marks}) limit 1"))

    def number_of(self, article_id: str) -> int | None:
        """The number of an article by its own id."""
        numbers = self._numbers("select id from faq where article_id=?", (article_id,))
        return numbers[0] if numbers else None

    def heads(self, numbers: Iterable[int]) -> dict[int, Head]:
        """What a list of hits shows of these articles, by number."""
        rows = self._rows(
            "select f.id, f.article_id, f.question, f.answer, f.category, f.department, f.lang, f.sample"
            " from json_each(?) n join faq f on f.id=n.value",
            (json_list(list(numbers)),),
        )
        return {
            int(str(number)): Head(
                str(id_), str(question), str(answer), str(category), str(department), str(lang), bool(mark)
            )
            for number, id_, question, answer, category, department, lang, mark in rows
        }

    def dates(self, numbers: Iterable[int]) -> list[tuple[int, str | None, str | None]]:
        """Number, last check and last day of these articles; dates as the pack has them, None for none."""
        rows = self._rows(
            "select f.id, f.checked_on, f.valid_until from json_each(?) n join faq f on f.id=n.value",
            (json.dumps(list(numbers)),),
        )
        return [
            (int(str(number)), str(checked) if checked else None, str(last) if last else None)
            for number, checked, last in rows
        ]

    def articles_of(self, numbers: Iterable[int]) -> dict[int, Article]:
        """Whole articles by number."""
        marks = ",".join(str(int(number)) for number in numbers)
        aliases: dict[int, dict[str, list[str]]] = {}
        for number, kind, text in self._rows(
            f"select faq_id, kind, text from faq_alias where faq_id in ({marks}) order by id"
        ):
            aliases.setdefault(int(str(number)), {}).setdefault(str(kind), []).append(str(text))
        try:
            return {
                int(str(row[0])): _article(row, aliases.get(int(str(row[0])), {}))
                for row in self._rows(
                    "select id, article_id, lang, category, question, answer, department, law, followup, checks,"
                    " sample, checked_on, audience, versions, phone, owner, valid_until, links, menu"
                    f" from faq where id in ({marks}) order by id"
                )
            }
        except (ValueError, TypeError) as error:
            raise self.damaged() from error


def _article(row: tuple[object, ...], aliases: dict[str, list[str]]) -> Article:
    text = [str(value) if value is not None else "" for value in row]
    return Article(
        id=text[1],
        lang=text[2],
        category=text[3],
        question=text[4],
        answer=text[5],
        variants=tuple(aliases.get("variant", ())),
        keywords=tuple(aliases.get("keyword", ())),
        department=text[6],
        law=text[7],
        followup=tuple(map(str, json.loads(text[8]))),
        checks=tuple(map(str, json.loads(text[9]))),
        sample=bool(row[10]),
        checked_on=text[11] or None,
        audience=text[12],
        group=text[13],
        phone=text[14],
        owner=text[15],
        valid_until=text[16] or None,
        links=tuple(map(str, json.loads(text[17]))),
        menu=tuple(map(str, json.loads(text[18]))),
    )
