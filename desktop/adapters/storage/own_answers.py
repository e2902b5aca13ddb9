"""The agent's own file `answers.sqlite`: the port `OwnAnswers`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.adapters.storage import kept, rows
from desktop.adapters.storage.database import DatabaseThread, table
from desktop.domain.errors import StorageError
from desktop.domain.own_answers import Flag, Learned, Place, Proposal, Seen, Use

if TYPE_CHECKING:
    from sqlite_utils import Database


class SqliteOwnAnswers:
    """Implements `services.ports.OwnAnswers`; see there for what each method promises."""

    def __init__(self, path: Path | None) -> None:
        self._thread = DatabaseThread(path, "answers")

    @classmethod
    async def open(cls, path: Path | None) -> SqliteOwnAnswers:
        """Open the file, or keep everything in memory for None. Raises StorageError, NewerDatabaseError."""
        own = cls(path)
        try:
            await own.begin()
        except StorageError:
            await own._thread.close()
            raise
        return own

    async def begin(self) -> None:
        """Open the file of one that was only made; what is asked before waits. Raises as `open` does."""
        await self._thread.open()

    async def begin_in_memory(self) -> None:
        """After `begin` has failed: keep everything in memory for this run."""
        await self._thread.open_in_memory()

    async def adopt(self, source: str, uses: Sequence[Use]) -> int:
        """Take over uses; those that came already are let go. Returns the last number."""
        return await self._thread.run(lambda db: _adopt(db, source, uses))

    async def note_use(self, use: Use) -> None:
        """Remember that an article was opened, copied or put away."""
        await self._thread.run(lambda db: table(db, "uses").insert(_use_row(use)))

    async def often_used(self, pack: str, since: datetime, limit: int) -> list[tuple[str, int]]:
        """Article ids by how often they were opened or copied since then."""
        found = await self._query(
            "SELECT article_id, count(*) AS uses FROM uses "
            "WHERE pack = ? AND time >= ? AND action <> 'dismiss' GROUP BY article_id "
            "ORDER BY uses DESC, max(time) DESC LIMIT ?",
            [pack, rows.text_of(since), limit],
        )
        return [(row["article_id"], row["uses"]) for row in found]

    async def recently_used(self, pack: str, limit: int) -> list[str]:
        """Article ids, the one used last first."""
        found = await self._query(
            "SELECT article_id FROM uses WHERE pack = ? AND action <> 'dismiss' "
            "GROUP BY article_id ORDER BY max(time) DESC, max(id) DESC LIMIT ?",
            [pack, limit],
        )
        return [row["article_id"] for row in found]

    async def use_counts(self, pack: str) -> dict[str, int]:
        """Uses of each article less how often it was put away; only those above 0."""
        found = await self._query(
            "SELECT article_id, sum(CASE action WHEN 'dismiss' THEN -1 ELSE 1 END) AS uses FROM uses "
            "WHERE pack = ? GROUP BY article_id HAVING uses > 0",
            [pack],
        )
        return {row["article_id"]: row["uses"] for row in found}

    async def places(self, pack: str) -> dict[Place, list[str]]:
        """Article ids that the agent pinned or made a favourite, in the order of doing so."""
        found = await self._query("SELECT * FROM places WHERE pack = ? ORDER BY time, rowid", [pack])
        places: dict[Place, list[str]] = {"favourite": [], "pin": []}
        for row in found:
            places[row["place"]].append(row["article_id"])
        return places

    async def set_place(self, pack: str, article_id: str, place: Place, on: bool, moment: datetime) -> None:
        """Pin an article or make it a favourite, or take that back."""
        key = (pack, article_id, place)
        await self._thread.run(lambda db: _set_place(db, key, on, rows.text_of(moment)))

    async def save_flag(self, flag: Flag) -> None:
        """Insert or replace a flag by its id."""
        row = {
            "id": flag.id,
            "pack": flag.pack,
            "article_id": flag.article_id,
            "question": flag.question,
            "fault": flag.fault,
            "note": flag.note,
            "time": rows.text_of(flag.time),
        }
        await self._thread.run(lambda db: table(db, "flags").upsert(row, pk="id"))

    async def delete_flag(self, flag_id: str) -> None:
        """Take a flag back."""
        await self._thread.run(lambda db: table(db, "flags").delete_where("id = ?", [flag_id]))

    async def flags(self) -> list[Flag]:
        """All flags of all packs, oldest first."""
        found = await self._query("SELECT * FROM flags ORDER BY time, rowid", [])
        return [
            Flag(
                row["id"],
                row["pack"],
                row["article_id"],
                row["question"],
                row["fault"],
                row["note"],
                rows.time_of(row["time"]),
            )
            for row in found
        ]

    async def save_proposal(self, proposal: Proposal) -> None:
        """Insert or replace a proposal by its id."""
        await self._thread.run(lambda db: table(db, "proposals").upsert(_proposal_row(proposal), pk="id"))

    async def delete_proposal(self, proposal_id: str) -> None:
        """Throw a proposal away."""
        await self._thread.run(lambda db: table(db, "proposals").delete_where("id = ?", [proposal_id]))

    async def proposals(self) -> list[Proposal]:
        """All proposals of all packs, oldest change first."""
        found = await self._query("SELECT * FROM proposals ORDER BY changed, rowid", [])
        return [_proposal_of(row) for row in found]

    async def learn(self, pack: str, article_id: str, wording: str, moment: datetime, times: int = 1) -> int:
        """Count a wording by which the agent found this article, with `times` -1 put it away; returns the sum."""
        row = [pack, article_id, wording, times, rows.text_of(moment)]
        found = await self._query(
            'INSERT INTO learned (pack, article_id, wording, "count", time) VALUES (?, ?, ?, ?, ?) '
            'ON CONFLICT DO UPDATE SET "count" = "count" + excluded."count", time = excluded.time RETURNING "count"',
            row,
        )
        return int(found[0]["count"])

    async def learned(self, pack: str) -> list[Learned]:
        """All wordings of a pack, the newest last."""
        found = await self._query("SELECT * FROM learned WHERE pack = ? ORDER BY time, rowid", [pack])
        return [Learned(row["article_id"], row["wording"], row["count"]) for row in found]

    async def put_away(self, pack: str, article_id: str, wording: str, moment: datetime) -> None:
        """Remember which words a card came from that the agent did not want."""
        row = {"pack": pack, "article_id": article_id, "wording": wording, "time": rows.text_of(moment)}
        await self._thread.run(lambda db: table(db, "dismissed").insert(row))

    async def put_away_since(self, pack: str, since: datetime) -> list[tuple[str, str, datetime]]:
        """Article id, wording and time of cards put away since then; older ones are deleted."""
        return await self._thread.run(lambda db: _put_away_since(db, pack, rows.text_of(since)))

    async def seen(self, pack: str) -> Seen | None:
        """The pack as it was when the last shift ended."""
        return await self._thread.run(lambda db: _seen(db, pack))

    async def keep_seen(self, pack: str, seen: Seen, moment: datetime) -> None:
        """The pack as it is at the end of a shift."""
        await self._thread.run(lambda db: _keep_seen(db, pack, seen, rows.text_of(moment)))

    async def kept_counts(self) -> dict[str, int]:
        """See `services.kept_service.Kept`."""
        return await self._thread.run(lambda db: kept.counts(db, kept.ANSWERS_TABLES))

    async def kept_rows(self) -> dict[str, list[Mapping[str, object]]]:
        """See `services.kept_service.Kept`."""
        return await self._thread.run(lambda db: kept.rows_of(db, kept.ANSWERS_TABLES))

    async def close(self) -> None:
        """Write what is pending and close the file."""
        await self._thread.close()

    async def _query(self, statement: str, values: Sequence[object]) -> list[dict[str, Any]]:
        return await self._thread.run(lambda db: list(db.query(statement, values)))


def _use_row(use: Use) -> dict[str, object]:
    return {
        "time": rows.text_of(use.time),
        "pack": use.pack,
        "article_id": use.article_id,
        "action": use.action,
        "origin": use.number or None,
    }


def _adopt(db: Database, source: str, uses: Sequence[Use]) -> int:
    known = list(table(db, "adopted").rows_where("source = ?", [source]))
    last = int(known[0]["last"]) if known else 0
    fresh = [use for use in uses if use.number > last]
    if fresh:
        table(db, "uses").insert_all(map(_use_row, fresh))
        last = max(use.number for use in fresh)
        table(db, "adopted").upsert({"source": source, "last": last}, pk="source")
    return last


def _set_place(db: Database, key: tuple[str, str, Place], on: bool, moment: str | None) -> None:
    where = "pack = ? AND article_id = ? AND place = ?"
    if not on:
        table(db, "places").delete_where(where, key)
    elif not table(db, "places").count_where(where, key):
        names = ("pack", "article_id", "place", "time")
        table(db, "places").insert(dict(zip(names, (*key, moment), strict=True)))


def _proposal_row(proposal: Proposal) -> dict[str, object]:
    return {
        "id": proposal.id,
        "pack": proposal.pack,
        "article_id": proposal.article_id,
        "lang": proposal.lang,
        "category": proposal.category,
        "question": proposal.question,
        "answer": proposal.answer,
        "variants": json.dumps(proposal.variants, ensure_ascii=False),
        "changed": rows.text_of(proposal.changed),
        "done": int(proposal.done),
    }


def _proposal_of(row: rows.Row) -> Proposal:
    return Proposal(
        row["id"],
        row["pack"],
        row["article_id"],
        row["lang"],
        row["category"],
        row["question"],
        row["answer"],
        tuple(map(str, json.loads(row["variants"]))),
        rows.time_of(row["changed"]),
        bool(row["done"]),
    )


def _put_away_since(db: Database, pack: str, since: str | None) -> list[tuple[str, str, datetime]]:
    table(db, "dismissed").delete_where("time < ?", [since])
    found = table(db, "dismissed").rows_where("pack = ?", [pack], order_by="id")
    return [(row["article_id"], row["wording"], rows.time_of(row["time"])) for row in found]


def _seen(db: Database, pack: str) -> Seen | None:
    known = list(table(db, "seen_packs").rows_where("pack = ?", [pack]))
    if not known:
        return None
    marks = db.execute("SELECT article_id, mark FROM seen_articles WHERE pack = ? ORDER BY rowid", [pack])
    return Seen(known[0]["content"], dict(marks.fetchall()))


def _keep_seen(db: Database, pack: str, seen: Seen, moment: str | None) -> None:
    known = list(table(db, "seen_packs").rows_where("pack = ?", [pack]))
    table(db, "seen_packs").upsert({"pack": pack, "content": seen.content, "time": moment}, pk="pack")
    if known and known[0]["content"] == seen.content:
        return
    table(db, "seen_articles").delete_where("pack = ?", [pack])
    db.conn.executemany(
        "INSERT INTO seen_articles (pack, article_id, mark) VALUES (?, ?, ?)",
        ((pack, article_id, mark) for article_id, mark in seen.marks.items()),
    )
