"""The detector as the desk starts it."""

from pathlib import Path

from desktop.adapters.abuse.desk_detector import OWN_FILE, DeskDetector
from desktop.services.protection_ports import Verdict


def test_it_hears_once_it_is_ready(tmp_path: Path) -> None:
    told: list[str] = []
    detector = DeskDetector(tmp_path, told.append)
    detector.start()
    detector.wait()
    found = detector.judge("c1", 3.0, "ko", "불 질러 버린다")
    assert (found.labels, bool(found.matched), bool(found.why)) == (("THREAT",), True, True)
    assert detector.judge("c1", 5.0, "ko", "도시 발전 계획이 궁금해요") == Verdict()
    assert detector.glance("ko", "불 질러 버린다 진짜")
    assert detector.glance("ko", "도시 발전 계획이") == ()
    assert told == []


def test_a_site_file_that_cannot_be_used_is_told_and_the_shipped_words_hold(tmp_path: Path) -> None:
    (tmp_path / OWN_FILE).write_text("language = 3\n", "utf-8")
    told: list[str] = []
    detector = DeskDetector(tmp_path, told.append)
    detector.start()
    detector.wait()
    assert len(told) == 1
    assert OWN_FILE in told[0]
    assert detector.judge("c1", 3.0, "ko", "불 질러 버린다").labels == ("THREAT",)
