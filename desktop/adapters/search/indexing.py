"""Makes the derived tables of a pack from its articles. Pure: the storage package writes what comes out of here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.search import grams, postings
from desktop.adapters.search.everyday import telling_share
from desktop.adapters.search.gram_store import BLOCK
from desktop.adapters.search.pack import check_languages
from desktop.adapters.search.vocabulary import AnswerWords, Lists, Numbers, TitleWords
from desktop.domain.faq import Article

FIELDS = ("title", "answer", "choseong")
"""The gram tables of a pack."""

DocumentRow = tuple[int, str, float, str, str, str, int, int]
"""Number, title forms, mass of the question, masses of the forms, Latin part of the answer, choseong, title length."""

GramRow = tuple[str, int, bytes | None, int | None, int | None]
"""Gram, number of articles that hold it, and its postings: themselves, or their place and size in the blocks."""

INLINE = 64
"""Postings of up to this many bytes stand beside their gram."""

_BATCH = 4096
"""Articles that are cut at a time."""
_ARTICLE_BITS = 12
_CODE_BITS = 7
_CODE_MASK = (1 << _CODE_BITS) - 1
_STARTS = 1 << 2 * _CODE_BITS
"""A pair of consonants as a number: seven bits for each, and this one for a pair that begins a text."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Which articles hold which gram of one field: `ids[ends[i - 1]:ends[i]]` are the numbers of `grams[i]`, sorted."""

    grams: list[str]
    ends: Numbers
    ids: NDArray[np.uint32]

    @property
    def counts(self) -> Numbers:
        """How many articles hold each gram."""
        return np.diff(self.ends, prepend=0)

    def pairs(self) -> Iterator[tuple[str, int]]:
        """Each gram with each article that holds it."""
        numbers = iter(self.ids.tolist())
        for gram, count in zip(self.grams, self.counts.tolist(), strict=True):
            for _ in range(count):
                yield gram, next(numbers)


class _Gatherer:
    """Collects the pairs of one field batch by batch; grams are numbers until the end."""

    def __init__(self) -> None:
        self._batches: list[tuple[int, Numbers, Numbers, NDArray[np.uint16]]] = []

    def add(self, first: int, count: int, found: Numbers, owners: Numbers) -> Numbers:
        """Pairs of `count` articles from number `first` on (owners from 0); how many grams each of them holds."""
        keys = _distinct(found << _ARTICLE_BITS | owners)
        held = (keys & (1 << _ARTICLE_BITS) - 1).astype(np.uint16)
        keys >>= _ARTICLE_BITS
        starts = np.flatnonzero(_is_new(keys))
        self._batches.append((first, keys[starts], np.diff(starts, append=keys.size), held))
        return np.bincount(held, minlength=count)

    def gathered(self, names: Mapping[int, str] | Sequence[str]) -> Gathered:
        """The whole field, by the names of the grams."""
        tops = [int(found[-1]) for _, found, _, _ in self._batches if found.size]
        counts = np.zeros(max(tops, default=-1) + 1, dtype=np.int64)
        for _, found, times, _ in self._batches:
            counts[found] += times
        order = np.array(sorted(np.flatnonzero(counts).tolist(), key=names.__getitem__), dtype=np.int64)
        ends = np.cumsum(counts[order])
        filled = np.zeros_like(counts)
        filled[order] = ends - counts[order]
        ids = np.empty(int(ends[-1]) if ends.size else 0, dtype=np.uint32)
        for first, found, times, held in self._batches:
            before = np.cumsum(times) - times
            ids[np.repeat(filled[found] - before, times) + np.arange(held.size)] = held + np.uint32(first)
            filled[found] += times
        return Gathered([names[number] for number in order.tolist()], ends, ids)


def _is_new(ordered: Numbers) -> NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    new = np.ones(ordered.size, dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return new


def _distinct(keys: Numbers) -> Numbers:
    """The different values, ascending."""
    keys.sort()
    return keys[_is_new(keys)]


def title_forms(article: Article) -> list[str]:
    """The texts that count as title: the question, each variant, and last all keywords as one."""
    return [article.question, *article.variants, " ".join(article.keywords)]


def choseong_texts(article: Article) -> str:
    """The choseong forms of question, variants and keywords, each marked at its start."""
    return grams.FORM_BREAK.join([grams.START + grams.choseong_form(text) for text in title_forms(article)])


def _choseong_pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Pairs of consonants, and the first pair of each form once more with its start mark, as numbers; their owners."""
    codes = np.frombuffer("\n".join(["", *texts]).encode("ascii"), dtype=np.uint8).astype(np.int64)
    owners = np.cumsum(codes == ord("\n")) - 1
    letter = (codes != ord("\n")) & (codes != ord(grams.START)) & (codes != ord(grams.FORM_BREAK))
    paired = np.flatnonzero(letter[:-1] & letter[1:])
    pairs = codes[paired] << _CODE_BITS | codes[paired + 1]
    first = codes[paired - 1] == ord(grams.START)
    starts = pairs[first] | _STARTS
    return np.concatenate((pairs, starts)), np.concatenate((owners[paired], owners[paired[first]]))


class _ChoseongNames(dict[int, str]):
    """The grams behind the numbers of `_choseong_pairs`."""

    def __missing__(self, number: int) -> str:
        start = grams.START if number & _STARTS else ""
        first, second = number >> _CODE_BITS & _CODE_MASK, number & _CODE_MASK
        name = self[number] = f"{start}{chr(first)}{chr(second)}"
        return name


class Reading:
    """Articles as the index sees them, numbered from 1 in the order given."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._words, self._answers = TitleWords(), AnswerWords()
        self._gatherers = {field: _Gatherer() for field in FIELDS}
        self._tokens = array("i")
        self._form_ends = array("q", (0,))
        self._forms_of = array("q", (0,))
        self._parts: list[tuple[str, str, str, int]] = []
        sizes: dict[str, list[Numbers]] = {field: [] for field in FIELDS}
        walk = iter(articles)
        while batch := list(islice(walk, _BATCH)):
            for field, size in self._read(batch).items():
                sizes[field].append(size)
        self.title_size, self.answer_size = _joined(sizes["title"]), _joined(sizes["answer"])
        names = {"title": list(self._words.numbers), "answer": list(self._answers.numbers)}
        self.fields: dict[str, Gathered] = {
            field: gatherer.gathered(names[field] if field in names else _ChoseongNames())
            for field, gatherer in self._gatherers.items()
        }

    def __len__(self) -> int:
        return len(self._parts)

    def _read(self, articles: Sequence[Article]) -> dict[str, Numbers]:
        """Take in a batch; how many grams of each field each of its articles holds."""
        first = len(self._parts) + 1
        tokens, answer_tokens = array("i"), array("i")
        ends, answer_ends = array("q"), array("q")
        choseong: list[str] = []
        for article in articles:
            forms, size = self._title(article, tokens)
            ends.append(len(tokens))
            answer = list(map(self._answers.__getitem__, article.answer.split()))
            answer_tokens.extend(answer)
            answer_ends.append(len(answer_tokens))
            latin = self._answers.latin
            spelled = dict.fromkeys(form for stretch in answer if stretch in latin for form in latin[stretch])
            choseong.append(choseong_texts(article))
            self._parts.append((forms, "".join(spelled), choseong[-1], size))
        self._tokens.extend(tokens)
        count = len(articles)
        pairs = {
            "title": self._words.grams.joined(_array(tokens), _owners(ends)),
            "answer": self._answers.grams.joined(_array(answer_tokens), _owners(answer_ends)),
            "choseong": _choseong_pairs(choseong),
        }
        return {
            field: self._gatherers[field].add(first, count, found, owners)
            for field, (found, owners) in pairs.items()
        }

    def _title(self, article: Article, tokens: array[int]) -> tuple[str, int]:
        """Read the title forms: the string of them all, and the length of the question's words."""
        words = self._words
        forms: list[str] = []
        size = 0
        for text in title_forms(article):
            stretches = [words[stretch] for stretch in text.split()]
            if not forms:
                size = sum([words.sizes[stretch] for stretch in stretches])
            forms.append("".join([words.forms[stretch] for stretch in stretches]))
            tokens.extend(stretches)
            self._form_ends.append(self._form_ends[-1] + len(stretches))
        self._forms_of.append(self._forms_of[-1] + len(forms))
        return grams.FORM_BREAK.join(forms), size

    def documents(self, weights: Mapping[str, float]) -> Iterator[DocumentRow]:
        """The rows of documents, given the weight of every title gram of these articles."""
        names = list(self._words.numbers)
        whole = np.array([weights[gram] for gram in names])
        telling = whole * np.array([telling_share(gram) for gram in names])
        places = self._forms_of.tolist()
        for first in range(0, len(self), _BATCH):
            last = min(first + _BATCH, len(self))
            begin, end = places[first], places[last]
            questions = self._masses(begin, end, self._words.grams, whole)
            masses = self._masses(begin, end, self._words.telling, telling)
            texts = [f"{mass:.2f}" for mass in masses.tolist()]
            for place in range(first, last):
                forms, latin, choseong, size = self._parts[place]
                start, stop = places[place] - begin, places[place + 1] - begin
                mass = float(questions[start])
                key = grams.title_key(forms.partition(grams.FORM_BREAK)[0])
                yield place + 1, forms, mass, " ".join(texts[start:stop]), latin, choseong, size, key

    def _masses(
        self, begin: int, end: int, lists: Lists, weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Of each title form from `begin` to `end` the weight of its different grams."""
        ends = _array(self._form_ends)[begin : end + 1]
        tokens = _array(self._tokens[int(ends[0]) : int(ends[-1])])
        found, owners = lists.joined(tokens, _owners(ends[1:] - ends[0]))
        size = max(1, weights.size)
        keys = _distinct(owners * size + found)
        # bincount sums in the order of the keys, so the same articles give the same bits.
        sums = np.bincount(keys // size, weights=weights[keys % size], minlength=end - begin)
        return sums.astype(np.float64, copy=False)


def _array(numbers: array[int]) -> Numbers:
    """A copy, so that the array can grow on."""
    return np.array(numbers, dtype=np.int64)


def _owners(ends: array[int] | Numbers) -> Numbers:
    """For each place before the last end, the number of the stretch that it lies in."""
    places: Numbers = np.asarray(ends, dtype=np.int64)
    counts = np.diff(places, prepend=0)
    return np.repeat(np.arange(counts.size), counts)


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Index:
    """The derived tables: rows of documents, rows of the three gram tables with the blocks that their longer postings
    lie in, and arrays over the article numbers.

    Arrays are little-endian with one entry per article, number 1 first: `title_size` and `answer_size` uint16 (distinct
    grams, capped), `lang` uint8 (place in `languages`).
    """

    documents: Iterable[DocumentRow]
    tables: Mapping[str, Sequence[GramRow]]
    blocks: Sequence[bytes]
    arrays: Mapping[str, bytes]
    languages: tuple[str, ...]


class _Blocks:
    """The stream of longer postings."""

    def __init__(self) -> None:
        self._stream = bytearray()

    def rows(self, found: Gathered) -> list[GramRow]:
        """The rows of one gram table in key order."""
        rows: list[GramRow] = []
        packed = postings.encode_all(found.ids, found.ends) if found.grams else iter(())
        for gram, count, blob in zip(found.grams, found.counts.tolist(), packed, strict=True):
            if len(blob) <= INLINE:
                rows.append((gram, count, blob, None, None))
            else:
                rows.append((gram, count, None, len(self._stream), len(blob)))
                self._stream += blob
        return rows

    def cut(self) -> list[bytes]:
        """The stream in rows of `BLOCK` bytes."""
        return [bytes(self._stream[at : at + BLOCK]) for at in range(0, len(self._stream), BLOCK)]


def _language_array(languages: Sequence[str]) -> tuple[tuple[str, ...], bytes]:
    """The different languages, sorted, and the place of each article's among them. Raises PackError for too many."""
    names = tuple(sorted(set(languages)))
    check_languages(names)
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[name] for name in languages], dtype="<u1").tobytes()


def _size_array(sizes: Numbers) -> bytes:
    """Numbers of grams as they are stored."""
    return np.minimum(sizes, 65535).astype("<u2").tobytes()


def build_index(articles: Iterable[Article]) -> Index:
    """Index articles that are numbered from 1 in the order given."""
    languages: list[str] = []

    def noted() -> Iterator[Article]:
        for article in articles:
            languages.append(article.lang)
            yield article

    reading = Reading(noted())
    title = reading.fields["title"]
    weights = postings.weights(len(reading), title.counts)
    blocks = _Blocks()
    tables = {field: blocks.rows(reading.fields[field]) for field in FIELDS}
    names, places = _language_array(languages)
    arrays = {
        "title_size": _size_array(reading.title_size),
        "answer_size": _size_array(reading.answer_size),
        "lang": places,
    }
    documents = reading.documents(dict(zip(title.grams, weights.tolist(), strict=True)))
    return Index(documents, tables, blocks.cut(), arrays, names)
