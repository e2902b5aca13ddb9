"""What is kept about the agent is counted and handed out whole."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.ui.preferences.kept_page import KeptPage
from tests.ui.conftest import WindowFactory
from tests.ui.talking import end, say, talk


def test_it_counts_and_writes_all_of_it(make_window: WindowFactory, tmp_path: Path) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    say(desk, "당장 지우라고.", 3)
    desk.do(window.action("red_button").trigger)
    end(desk)
    desk.do(window.close_report)
    desk.do(lambda: window.open_settings("kept"))
    desk.settle()
    page = window.settings_stage.page_of("kept")
    assert isinstance(page, KeptPage)
    lines = page.words.text().split("\n")
    assert "Calls: 1" in lines
    assert "Lines of transcripts: 1" in lines
    assert "Incident reports: 1" in lines
    desk.do(lambda: page.export(tmp_path / "mine.json"))
    desk.settle()
    content = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    assert [call["id"] for call in content["calls"]["calls"]] == ["c1"]
    assert [line["text"] for line in content["calls"]["segments"]] == ["당장 지우라고."]
    assert set(content["answers"]) >= {"uses", "flags", "learned"}
    desk.do(lambda: page.export(tmp_path / "nowhere" / "mine.json" / "x"))
    desk.settle()


def test_a_place_that_cannot_be_written_is_said(make_window: WindowFactory, tmp_path: Path) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("kept")
    assert isinstance(page, KeptPage)
    (tmp_path / "file").write_text("")
    desk.do(lambda: page.export(tmp_path / "file" / "mine.json"))
    desk.settle()
    assert "could not be written" in window.toast.text
