"""The detector as the desk starts it."""

import asyncio
from pathlib import Path

import pytest

from desktop.adapters.abuse import files
from desktop.adapters.abuse.desk_detector import OWN_FILE, DeskDetector
from desktop.domain.errors import DeskError
from desktop.services.protection_ports import Verdict

THREAT = {"ko": "불 질러 버린다", "en": "I will burn your office down"}


def started(config: Path, told: list[str], language: str = "ko") -> DeskDetector:
    """A detector that is getting ready."""
    detector = DeskDetector(config, language, told.append)
    detector.start()
    return detector


def labels(detector: DeskDetector, language: str, text: str) -> tuple[str, ...]:
    """What it hears in the first words of a call."""
    return asyncio.run(detector.judge(f"call of {text}", 3.0, language, text)).labels


def test_what_is_said_before_it_is_ready_is_judged_then(tmp_path: Path) -> None:
    told: list[str] = []
    detector = started(tmp_path, told)
    found = asyncio.run(detector.judge("c1", 3.0, "ko", THREAT["ko"]))
    assert (found.labels, bool(found.matched), bool(found.why)) == (("THREAT",), True, True)
    assert asyncio.run(detector.judge("c1", 5.0, "ko", "도시 발전 계획이 궁금해요")) == Verdict()
    assert detector.glance("ko", "불 질러 버린다 진짜")
    assert detector.glance("ko", "도시 발전 계획이") == ()
    assert told == []


def test_a_language_is_read_when_somebody_speaks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[set[str]] = []
    whole = files.load

    def load(own: object, languages: set[str]) -> object:
        read.append(set(languages))
        return whole((), languages)

    monkeypatch.setattr(files, "load", load)
    detector = started(tmp_path, [])
    assert labels(detector, "ko", THREAT["ko"]) == ("THREAT",)
    assert (read, detector.glance("en", THREAT["en"])) == ([{"ko"}], ())
    assert labels(detector, "en", THREAT["en"]) == ("THREAT",)
    assert detector.glance("en", THREAT["en"])
    # Latin words in a Korean call are English.
    assert labels(detector, "ko", THREAT["en"]) == ("THREAT",)
    assert read == [{"ko"}, {"en"}]


def test_the_turns_of_a_call_keep_their_order_while_a_language_is_read(tmp_path: Path) -> None:
    detector = started(tmp_path, [])
    assert labels(detector, "ko", "네") == ()
    judged: list[str] = []

    async def judge(language: str, text: str) -> None:
        await detector.judge("c1", 3.0, language, text)
        judged.append(text)

    async def together() -> None:
        await asyncio.gather(judge("en", THREAT["en"]), judge("ko", "네"), judge("vi", "xin chào"))

    asyncio.run(together())
    assert judged == [THREAT["en"], "네", "xin chào"]


def test_a_language_that_cannot_be_read_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    detector = started(tmp_path, told)
    assert labels(detector, "ko", THREAT["ko"]) == ("THREAT",)

    def broken(own: object, languages: object) -> object:
        raise DeskError("the disk is gone")

    monkeypatch.setattr(files, "load", broken)
    assert labels(detector, "vi", "xin chào") == ()
    assert labels(detector, "vi", "tôi hỏi lại") == ()
    assert labels(detector, "ko", THREAT["ko"] + "!") == ("THREAT",)
    assert told == ["the disk is gone"]


def test_a_site_file_that_cannot_be_used_is_told_and_the_shipped_words_hold(tmp_path: Path) -> None:
    (tmp_path / OWN_FILE).write_text("language = 3\n", "utf-8")
    told: list[str] = []
    detector = started(tmp_path, told)
    assert labels(detector, "ko", THREAT["ko"]) == ("THREAT",)
    assert len(told) == 1
    assert OWN_FILE in told[0]


def test_the_language_of_a_site_file_is_there_from_the_start(tmp_path: Path) -> None:
    rule = '[[rule]]\nid = "own.words"\nlabel = "INSULT"\nwords = ["boorling"]\n'
    (tmp_path / OWN_FILE).write_text(f'language = "en"\nstyle = "words"\n{rule}', "utf-8")
    told: list[str] = []
    detector = started(tmp_path, told)
    assert labels(detector, "ko", "네") == ()
    assert (detector.glance("en", "boorling"), told) == (("boorling",), [])
