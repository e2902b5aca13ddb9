"""`faq build` of every kind of file, `check`, `diff`, `export` and `suggest` as the command line promises them."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.suggestions import Suggester
from desktop.cli import faq_suggest, json_lines
from desktop.cli.main import main
from desktop.domain.faq import Suggestion

SAMPLE = Path(__file__).parents[2] / "resources" / "faq" / "sample.faq"
GOOD = {"id": "A1", "lang": "ko", "category": "여권", "question": "여권 재발급", "answer": "구청에서 합니다."}
NO_KEYS = {"v", "event", "time", "mono"}


class Faq:
    """Runs the command in this process and reads its lines."""

    def __init__(
        self, capfd: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._capfd, self._patch = capfd, monkeypatch
        self.folder = folder
        self.error = ""

    def __call__(self, *arguments: object, lines: bytes = b"") -> tuple[int, list[dict[str, Any]]]:
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
        where = ["--data", str(self.folder / "d"), "--config", str(self.folder / "c")]
        code = main(["faq", *map(str, arguments), *where, "--json"])
        out, self.error = self._capfd.readouterr()
        return code, [json.loads(line) for line in out.split("\n") if line]

    def pack(self, name: str, *articles: Mapping[str, object]) -> Path:
        source, pack = self.folder / f"{name}.jsonl", self.folder / f"{name}.faq"
        source.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        assert self("build", source, "--output", pack)[0] == 0
        source.unlink()
        return pack


@pytest.fixture
def faq(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faq:
    return Faq(capfd, tmp_path, monkeypatch)


@pytest.mark.parametrize("ending", ["yaml", "jsonl", "csv", "xlsx", "sqlite", "db"])
def test_export_and_build_again_change_nothing(faq: Faq, ending: str) -> None:
    file, again = faq.folder / f"a.{ending}", faq.folder / "again.faq"
    code, (summary,) = faq("export", SAMPLE, "--output", file)
    assert (code, summary["event"], summary["file"]) == (0, "summary", str(file))
    code, lines = faq("build", file, "--output", again)
    assert (code, lines[-1]["articles"], lines[-1]["refused"]) == (0, summary["articles"], 0)
    with closing(FaqIndex.open(again)) as new, closing(FaqIndex.open(SAMPLE)) as old:
        assert new.pack_id == old.pack_id
    code, (summary,) = faq("diff", SAMPLE, again)
    assert code == 0
    assert {key: summary[key] for key in summary.keys() - NO_KEYS} == {
        "added": 0,
        "removed": 0,
        "changed": 0,
        "same": lines[-1]["articles"],
    }


def test_an_export_that_cannot_be(faq: Faq) -> None:
    pack = faq.pack("p", GOOD)
    for output, words in (("a.doc", "no kind of file"), ("none/a.csv", "does not exist")):
        assert faq("export", pack, "--output", faq.folder / output) == (1, [])
        assert words in faq.error
    assert os.listdir(faq.folder) == ["p.faq"]


def test_diff_names_articles_and_fields(faq: Faq) -> None:
    old = faq.pack("old", GOOD, {**GOOD, "id": "A2"}, {**GOOD, "id": "A3"})
    new = faq.pack(
        "new", {**GOOD, "id": "A4"}, {**GOOD, "answer": "다름", "menu": ["1"]}, {**GOOD, "id": "A3"}
    )
    code, lines = faq("diff", old, new)
    assert code == 0
    assert lines[:-1] == [
        {"id": "A4", "change": "added", "fields": []},
        {"id": "A1", "change": "changed", "fields": ["answer", "menu"]},
        {"id": "A2", "change": "removed", "fields": []},
    ]
    assert [lines[-1][key] for key in ("event", "added", "removed", "changed", "same")] == [
        "summary",
        1,
        1,
        1,
        1,
    ]


def test_check_of_a_whole_pack(faq: Faq) -> None:
    code, lines = faq("check", SAMPLE)
    assert code == 0
    summary = lines[-1]
    assert (summary["event"], summary["broken"], summary["sample"]) == ("summary", 0, True)
    assert [line["verdict"] for line in lines[:-1]] == ["warn"] * (len(lines) - 1)


def test_check_names_what_its_owner_should_see(faq: Faq) -> None:
    pack = faq.pack(
        "p",
        GOOD,
        {**GOOD, "id": "A2", "question": "여권  재발급?"},
        {**GOOD, "id": "A3", "question": "빈 글", "answer": ""},
        {**GOOD, "id": "A4", "question": "지난 글", "valid_until": "2020-01-31"},
        {**GOOD, "id": "A5", "question": "오래된 글", "checked_on": "2020-01-31"},
        {**GOOD, "id": "A6", "lang": "en"},
    )
    code, lines = faq("check", pack)
    assert code == 0
    assert [(line["kind"], line["id"], line["verdict"]) for line in lines[:-1]] == [
        ("duplicate", "A2", "warn"),
        ("empty", "A3", "warn"),
        ("stale", "A4", "warn"),
        ("stale", "A5", "warn"),
    ]
    assert "asks the same as A1" in lines[0]["detail"]
    assert lines[-1]["findings"] == {"duplicate": 1, "empty": 1, "stale": 2}


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("update faq set answer='bought' where article_id='A1'", "content"),
        ("update meta set value='00' where key='content_sha256'", "content"),
        ("delete from gram_title", "index"),
        ("drop index faq_category; create index faq_category on faq(lang)", ""),
    ],
)
def test_check_of_a_pack_that_was_meddled_with(faq: Faq, damage: str, kind: str) -> None:
    pack = faq.pack("p", GOOD, {**GOOD, "id": "A2", "question": "수도 요금 조회"})
    with closing(sqlite3.connect(pack)) as connection:
        connection.executescript(damage)
    code, lines = faq("check", pack)
    if not kind:
        assert (code, lines[-1]["broken"]) == (0, 0)
        return
    assert code == 1
    assert kind in {line["kind"] for line in lines[:-1] if line["verdict"] == "broken"}
    assert "build it again" in faq.error.splitlines()[-1]


def test_check_of_damaged_files_never_surprises(faq: Faq) -> None:
    whole = faq.pack(
        "p", *({**GOOD, "id": str(each), "question": f"질문 {each}"} for each in range(9))
    ).read_bytes()
    seen = set()
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        path = faq.folder / "damaged.faq"
        path.write_bytes(whole[:place] + bytes([0x5A]) * 64 + whole[place + 64 :])
        code, _ = faq("check", path)
        seen.add(code)
        assert code in (0, 1)
        assert "internal error" not in faq.error
    assert 1 in seen


def said(text: str, at: float = 0.0, call: str = "c", leg: str = "caller", final: object = True) -> str:
    return json.dumps({"call_id": call, "t": at, "leg": leg, "text": text, "final": final})


WATER = "내일 이사 나가는데요 수도요금은 어떻게 내야 돼요"


def _card(card: Suggestion | None) -> dict[str, object] | None:
    return {"id": card.article_id, "score": card.score, "cause": card.cause} if card is not None else None


def test_suggest_answers_each_line_as_the_desk_would(faq: Faq) -> None:
    texts = ["여보세요", WATER, "네 그리고 여권을 잃어버렸는데 다시 만들려면 어떻게 해요", "감사합니다"]
    lines = [
        *(said(text, at * 9.0) for at, text in enumerate(texts)),
        said(WATER, 40.0, "agent speaks", "agent"),
        said(WATER, 40.0, "not final", final=False),
        said(WATER, 1.0, "another call"),
    ]
    code, answers = faq("suggest", "--pack", SAMPLE, lines="\n".join(lines).encode())
    assert code == 0
    assert [list(answer) for answer in answers] == [["call_id", "t", "card"]] * len(lines)
    with closing(FaqIndex.open(SAMPLE)) as index:
        suggester = Suggester(index)
        cards = [suggester.feed(text, at * 9.0) for at, text in enumerate(texts)]
    expected = [_card(card) for card in cards]
    assert [answer["card"] for answer in answers[: len(texts)]] == expected
    assert expected[1] is not None
    assert expected[2] is None, "not twice within twenty seconds"
    assert [answer["card"] for answer in answers[4:6]] == [None, None]
    assert (answers[6]["call_id"], answers[6]["t"]) == ("another call", 1.0)
    assert answers[6]["card"] == {**expected[1], "cause": WATER}


@pytest.mark.parametrize(
    ("line", "call", "at"),
    [
        ("nonsense", None, None),
        ("[1]", None, None),
        ("null", None, None),
        ('{"call_id": 5, "t": 1, "leg": "caller", "text": "x", "final": true}', None, 1),
        ('{"call_id": "a", "t": NaN, "leg": "caller", "text": "x", "final": true}', "a", None),
        ('{"call_id": "a", "t": true, "leg": "caller", "text": "x", "final": true}', "a", None),
        ('{"call_id": "a", "t": 1, "leg": "nobody", "text": "x", "final": true}', "a", 1),
        ('{"call_id": "a", "t": 1, "leg": ["caller"], "text": "x", "final": true}', "a", 1),
        ('{"call_id": "a", "t": 1, "leg": "caller", "final": true}', "a", 1),
        ('{"call_id": "a", "t": 1, "leg": "caller", "text": "x", "final": 1}', "a", 1),
        (said("x" * json_lines.LONGEST_LINE), None, None),
        ("[" * 100_000, None, None),
        ('{"call_id": "a", "t": 1' + "0" * 400 + "}", "a", None),
    ],
)
def test_suggest_goes_on_after_a_bad_line(faq: Faq, line: str, call: str | None, at: float | None) -> None:
    code, answers = faq("suggest", "--pack", SAMPLE, lines=f"{line}\n\n{said(WATER)}\n".encode())
    assert code == 0
    assert answers[0] == {"call_id": call, "t": at, "card": None}
    assert answers[1]["card"] is not None
    assert faq.error.startswith("line 1 is not used: ")


def test_suggest_takes_what_no_person_says(faq: Faq) -> None:
    strange = [said("\ud800\x00" + "가" * 5000), said("", -1e308), said("' \" * (", 1e308), said("x", 3.0)]
    code, answers = faq("suggest", "--pack", SAMPLE, lines=b"\xef\xbb\xbf" + "\n".join(strange).encode())
    assert (code, len(answers)) == (0, 4)


def test_suggest_forgets_old_calls_only(faq: Faq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faq_suggest, "MOST_CALLS", 2)
    calls = ["a", "b", "a", "c", "a", "b"]
    lines = [said(WATER, float(at), call) for at, call in enumerate(calls)]
    _, answers = faq("suggest", "--pack", SAMPLE, lines="\n".join(lines).encode())
    assert [answer["card"] is not None for answer in answers] == [True, True, False, True, False, True]


def test_suggest_answers_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop", "faq", "suggest", "--pack", str(SAMPLE)]
    command += ["--data", str(tmp_path / "d"), "--config", str(tmp_path / "c")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for at in (0.0, 30.0):
            program.stdin.write(said(WATER, at).encode() + b"\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["t"] == at
        program.stdin.close()
        assert program.wait(20) == 0


def test_a_preview_writes_nothing(faq: Faq) -> None:
    old = faq.pack("old", GOOD, {**GOOD, "id": "A2"})
    file = faq.folder / "b.csv"
    file.write_text(
        "id,lang,category,question,answer\nA1,ko,여권,다른 질문,구청에서 합니다.\nA3,ko,x,,a\n", "utf-8"
    )
    code, lines = faq("build", file, "--preview", "--update", old)
    assert code == 0
    assert [(line.get("event"), line.get("reason")) for line in lines[:1]] == [
        ("refused", "question is empty")
    ]
    assert lines[1] == {"id": "A1", "change": "changed", "fields": ["question"]}
    counts = {key: lines[2][key] for key in ("articles", "refused", "added", "changed", "removed", "same")}
    assert counts == {"articles": 1, "refused": 1, "added": 0, "changed": 1, "removed": 0, "same": 0}
    assert lines[2]["first"] == [{"id": "A1", "lang": "ko", "category": "여권", "question": "다른 질문"}]
    assert sorted(os.listdir(faq.folder)) == ["b.csv", "old.faq"]


def test_ctrl_c_half_way_leaves_nothing(faq: Faq, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signal comes for real, while rows are read."""
    old = faq.pack("p", GOOD)
    before, handler = old.read_bytes(), signal.getsignal(signal.SIGINT)
    file = faq.folder / "many.jsonl"
    file.write_text("\n".join(json.dumps({**GOOD, "id": str(each)}) for each in range(3000)), "utf-8")
    from desktop.adapters.articles import importing

    told = threading.Event()

    def interrupt(progress: object) -> None:
        if not told.is_set():
            told.set()
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("desktop.cli.faq_build._Teller", lambda: interrupt)
    code, lines = faq("build", file, "--output", old)
    assert (code, lines) == (1, [])
    assert "stopped; nothing was written" in faq.error
    assert old.read_bytes() == before
    assert sorted(os.listdir(faq.folder)) == ["many.jsonl", "p.faq"]
    assert signal.getsignal(signal.SIGINT) is handler
    assert importing.TELL_EVERY < 3000
