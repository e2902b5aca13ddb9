"""What is kept about the agent is counted and handed out whole."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop.adapters.storage.records import SqliteRecords
from desktop.paths import Folders
from desktop.processes.desk_parts import practice_records
from desktop.ui.preferences.kept_page import KeptPage
from tests.ui.conftest import WindowFactory
from tests.ui.history.test_calls import _call
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


def test_practice_is_kept_of_the_agent_too(make_window: WindowFactory, tmp_path: Path) -> None:
    window, desk = make_window(language="en")
    where = Folders(tmp_path / "data", tmp_path / "config")
    desk.services.kept._practice = partial(practice_records, where)
    page = window.settings_stage.page_of("kept")
    assert isinstance(page, KeptPage)

    async def practised() -> None:
        records = await SqliteRecords.open(where.practice_database)
        await records.save_call(replace(_call(), scenario="S10"))
        await records.close()

    for count in (0, 1):
        desk.do(page.enter)
        desk.settle()
        assert f"Practice calls: {count}" in page.words.text().split("\n")
        desk.do(lambda: page.export(tmp_path / "mine.json"))
        desk.settle()
        practice = json.loads((tmp_path / "mine.json").read_text("utf-8"))["practice"]
        assert [call["scenario"] for call in practice.get("calls", [])] == ["S10"] * count
        assert where.practice_database.exists() == bool(count)
        desk.run(practised())


def test_a_place_that_cannot_be_written_is_said(make_window: WindowFactory, tmp_path: Path) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("kept")
    assert isinstance(page, KeptPage)
    (tmp_path / "file").write_text("")
    desk.do(lambda: page.export(tmp_path / "file" / "mine.json"))
    desk.settle()
    assert "could not be written" in window.toast.text
