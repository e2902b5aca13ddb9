"""`faq build` and `faq search` as the command line promises them."""

import asyncio
import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.cli.main import main
from desktop.domain.own_answers import Flag, Proposal

SAMPLE = Path(__file__).parents[2] / "resources" / "faq"
GOOD = {"id": "A1", "lang": "ko", "category": "여권", "question": "여권 재발급", "answer": "구청에서 합니다."}


class Faq:
    """Runs the command in this process and reads its lines."""

    def __init__(self, capfd: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capfd = capfd
        self.folder = folder
        self.error = ""

    def __call__(self, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
        code = main(
            [
                "faq",
                *map(str, arguments),
                "--data",
                str(self.folder / "d"),
                "--config",
                str(self.folder / "c"),
            ]
        )
        out, self.error = self._capfd.readouterr()
        return code, [json.loads(line) for line in out.split("\n") if line]

    def file(self, name: str, *values: object) -> Path:
        path = self.folder / name
        path.write_text(
            "\n".join(json.dumps(value, ensure_ascii=False) for value in values), encoding="utf-8"
        )
        return path


@pytest.fixture
def faq(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Faq:
    return Faq(capfd, tmp_path)


def test_build_from_the_sample(faq: Faq) -> None:
    pack = faq.folder / "p.faq"
    code, (summary,) = faq("build", SAMPLE / "sample" / "ko-basics.yaml", "--output", pack, "--json")
    assert code == 0
    assert (summary["v"], summary["event"], summary["articles"], summary["refused"]) == (1, "summary", 40, 0)
    assert {"seconds", "index_mb", "index_ms_per_article", "time", "mono"} <= summary.keys()
    assert 0 < summary["index_mb"] < 1
    if sys.platform != "win32":
        assert stat.S_IMODE(pack.stat().st_mode) == 0o600
    code, lines = faq("search", "--pack", pack, "여궈")
    assert (code, lines[0]["hits"][0]["id"]) == (0, "F002")


def test_search_prints_exactly_the_promised_fields(faq: Faq) -> None:
    code, (answer, summary) = faq(
        "search", "--pack", SAMPLE / "sample.faq", "--json", "--limit", 2, "여권", "재발급"
    )
    assert code == 0
    assert list(answer) == ["query", "hits", "ms", "suggest"]
    assert answer["query"] == "여권 재발급"
    assert answer["suggest"] is False
    assert [list(hit) for hit in answer["hits"]] == [["id", "score"]] * 2
    assert answer["hits"][0]["id"] == "F001"
    assert answer["ms"] > 0
    assert set(summary) == {"v", "event", "time", "mono", "queries", "start_ms"}
    assert (summary["event"], summary["queries"]) == ("summary", 1)


def test_batch_takes_every_line(faq: Faq) -> None:
    batch = faq.folder / "q.txt"
    batch.write_bytes("여권\r\n\n\"'(*\n\u2028a\n".encode() + b"\xff\xfe\n" + "수도요금".encode())
    code, lines = faq("search", "--pack", SAMPLE / "sample.faq", "--batch", batch)
    assert code == 0
    assert [line["query"] for line in lines[:-1]] == [
        "여권",
        "",
        "\"'(*",
        "\u2028a",
        "\ufffd\ufffd",
        "수도요금",
    ]
    assert lines[-1]["queries"] == 6
    assert lines[1]["hits"] == []


def test_transcript_mode_says_whether_a_card_would_show(faq: Faq) -> None:
    for query, suggest in (
        ("내일 이사 나가는데요 수도요금은 어떻게 내야 돼요", True),
        ("네 감사합니다", False),
    ):
        _, (answer, _) = faq("search", "--pack", SAMPLE / "sample.faq", "--mode", "transcript", query)
        assert answer["suggest"] is suggest


def test_language_and_category(faq: Faq) -> None:
    _, (answer, _) = faq("search", "--pack", SAMPLE / "sample.faq", "--lang", "en", "여권")
    assert answer["hits"] == []
    _, (answer, _) = faq(
        "search", "--pack", SAMPLE / "sample.faq", "--lang", "ko", "--category", "복지", "신청"
    )
    assert answer["hits"]


def test_refused_rows_are_listed_and_the_rest_is_built(faq: Faq) -> None:
    file = faq.file("a.jsonl", GOOD, {"id": "x"}, {**GOOD, "id": "B", "answer": ""}, GOOD)
    code, lines = faq("build", file, "--output", faq.folder / "p.faq")
    assert code == 0
    assert [(line["event"], line.get("row"), line.get("reason")) for line in lines] == [
        ("refused", 2, "lang, category, question, answer missing"),
        ("warning", 3, "answer is empty; the article is found by its question"),
        ("refused", 4, "the id 'A1' occurs twice (first in row 1)"),
        ("summary", None, None),
    ]
    assert (lines[-1]["articles"], lines[-1]["refused"]) == (2, 2)
    assert "row 2 (line 2) refused" in faq.error
    _, (answer, _) = faq("search", "--pack", faq.folder / "p.faq", "여권 재발급")
    assert {hit["id"] for hit in answer["hits"]} == {"A1", "B"}


def test_several_files_and_an_update(faq: Faq) -> None:
    old, new = faq.folder / "old.faq", faq.folder / "new.faq"
    first, second = (
        faq.file("a.jsonl", GOOD),
        faq.file("b.jsonl", {**GOOD, "id": "A2", "question": "자동차세 연납"}),
    )
    assert faq("build", first, second, "--output", old)[0] == 0
    change = faq.file(
        "c.jsonl", {**GOOD, "question": "여권 사진 규격"}, {**GOOD, "id": "A3", "question": "대형폐기물"}
    )
    code, lines = faq("build", change, "--output", new, "--update", old)
    assert (code, lines[-1]["articles"]) == (0, 3)
    for query, article in (("사진 규격", "A1"), ("자동차세", "A2"), ("폐기물", "A3")):
        assert faq("search", "--pack", new, query)[1][0]["hits"][0]["id"] == article
    assert faq("search", "--pack", new, "재발급")[1][0]["hits"] == []
    assert faq("build", change, "--output", old, "--update", old)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["suggest", "--pack", "x"], 1, "no answer pack"),
        (["suggest"], 2, "--pack"),
        (["check", "x"], 1, "no answer pack"),
        (["diff", "a.faq", "b.faq"], 1, "no answer pack"),
        (["diff", "a.faq"], 2, "NEW"),
        (["export", "x", "--output", "y.csv"], 1, "no answer pack"),
        (["export", "x"], 2, "--output"),
        (["build", "a.csv", "--output", "p"], 1, "cannot be read"),
        (["build", "a.XLSX", "--output", "p"], 1, "cannot be read"),
        (["build", "none.yaml", "--output", "p"], 1, "cannot be read"),
        (["build", "none.txt", "--output", "p"], 1, "no file of articles"),
        (["build", "none.yaml", "--output", "no/such/folder/p"], 1, "does not exist"),
        (["build", "a.yaml"], 2, "--output"),
        (["search", "--pack", "none.faq", "x"], 1, "no answer pack"),
        (["search", "--pack", "none.faq"], 2, "give a query"),
        (["search", "--pack", "none.faq", "--batch", "f", "x"], 2, "not both"),
        (["search", "--pack", "none.faq", "--limit", "0", "x"], 2, "from 1 to 1000"),
        (["search", "--pack", "none.faq", "--limit", "x", "x"], 2, "--limit"),
        (["search", "--pack", "none.faq", "--mode", "x", "x"], 2, "--mode"),
        ([], 2, "VERB"),
    ],
)
def test_refusals(
    faq: Faq, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(faq.folder)
    assert faq(*arguments) == (code, [])
    assert words in faq.error
    assert len(faq.error.strip().splitlines()) == 1


def test_a_broken_pack_and_an_unreadable_batch(faq: Faq) -> None:
    broken = faq.folder / "b.faq"
    broken.write_bytes(b"nonsense" * 1000)
    code, lines = faq("search", "--pack", broken, "x")
    assert (code, lines) == (1, [])
    assert "damaged" in faq.error
    assert faq("search", "--pack", SAMPLE / "sample.faq", "--batch", faq.folder / "none")[0] == 1
    assert faq("build", faq.file("a.jsonl", GOOD), "--output", faq.folder / "p", "--update", broken)[0] == 1
    assert sorted(os.listdir(faq.folder)) == ["a.jsonl", "b.faq"]


def test_nothing_readable_writes_no_pack(faq: Faq) -> None:
    code, lines = faq("build", faq.file("a.jsonl", {}), "--output", faq.folder / "p")
    assert (code, lines[-1]["event"]) == (1, "refused")
    assert "no pack was written" in faq.error
    assert not (faq.folder / "p").exists()


def test_searching_loads_neither_speech_nor_window() -> None:
    program = (
        "import sys; from desktop.cli.main import main;"
        f"main(['faq', 'search', '--pack', {str(SAMPLE / 'sample.faq')!r}, '여권']);"
        "print([name for name in ('torch', 'whisper', 'PySide6', 'pjsua2', 'sqlite_utils', 'ruamel.yaml')"
        " if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stderr.strip() == "[]"


def test_bytes_that_are_no_text_are_a_query_too(faq: Faq) -> None:
    pack = faq.folder / "p.faq"
    faq("build", faq.file("a.jsonl", GOOD), "--output", pack)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "desktop",
            "faq",
            "search",
            "--pack",
            str(pack),
            b"\xff\xfe" + "여권".encode(),
        ],
        capture_output=True,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.splitlines()[0])
    assert answer["query"] == "\ufffd\ufffd여권"
    assert answer["hits"][0]["id"] == "A1"


@pytest.mark.parametrize("limit", ["many", "0", "1001", "-1", "1.5", ""])
def test_a_limit_that_is_none_is_said(faq: Faq, limit: str) -> None:
    code, lines = faq("search", "--pack", "p", f"--limit={limit}", "x")
    assert (code, lines) == (2, [])
    assert "--limit: give a number from 1 to 1000" in faq.error


def test_what_the_agent_flagged_and_proposed_goes_to_one_file(faq: Faq) -> None:
    output = faq.folder / "for-the-owner.jsonl"
    assert faq("proposals", "--output", output)[0] == 1
    assert "nothing was flagged" in faq.error
    moment = datetime(2026, 11, 26, tzinfo=UTC)

    async def propose() -> None:
        own = await SqliteOwnAnswers.open(faq.folder / "d" / "answers.sqlite")
        await own.save_flag(Flag("f1", "city", "A1", "여권 재발급", "outdated", "수수료", moment))
        await own.save_proposal(Proposal("p1", "city", "", "ko", "", "새 질문", "답", (), moment, done=True))
        await own.save_proposal(Proposal("p2", "city", "", "ko", "", "쓰다 만 것", "", (), moment))
        await own.close()

    asyncio.run(propose())
    code, (summary,) = faq("proposals", "--output", output)
    assert (code, summary["flags"], summary["proposals"], summary["unfinished"]) == (0, 1, 1, 1)
    lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [(line["kind"], line["id"], line["question"]) for line in lines] == [
        ("flag", "f1", "여권 재발급"),
        ("proposal", "p1", "새 질문"),
    ]
    assert faq("proposals", "--output", faq.folder)[0] == 1
    assert "could not be written" in faq.error


def test_search_with_a_sites_own_words(faq: Faq) -> None:
    words = faq.folder / "words.csv"
    words.write_text("everyday,official,weight,category\n물꼬지값,수도요금,.9,x\nx,,1,x\n", encoding="utf-8")
    search = ("search", "--pack", SAMPLE / "sample.faq", "--limit", 1)
    _code, (plain, _summary) = faq(*search, "물꼬지값")
    code, (own, _summary) = faq(*search, "--thesaurus", words, "물꼬지값")
    assert code == 0
    assert own["hits"] != plain["hits"]
    assert set(own["hits"][0]) == {"id", "score"}
    assert "1 rows are left out, the first in line 3: no term in the column official." in faq.error
    assert faq(*search, "--thesaurus", faq.folder / "none", "x")[0] == 1
    assert "cannot be read" in faq.error
