"""What is broken or missing is said in the window, the desk goes on as far as it can, and nothing is overwritten."""

from __future__ import annotations

import hashlib
import socket
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.domain.transcript import SpeechState
from desktop.processes.desk_core import DEVICES
from tests.journeys.real_window import QUIET, RealWindow, folders_of, real_window, until
from tests.peers.headless import HeadlessPhone

pytestmark = pytest.mark.timeout(60)
Run = Callable[[Coroutine[Any, Any, None]], None]


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def newer_database(path: Path) -> Path:
    """A database as a newer version may have written it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE calls (id TEXT, something_new TEXT)")
    connection.execute("INSERT INTO calls VALUES ('c1', 'kept')")
    connection.execute("PRAGMA user_version=99")
    connection.commit()
    connection.close()
    return path


def noise(path: Path, size: int = 30_000) -> Path:
    """A file that is nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(hashlib.shake_256(b"noise").digest(size))
    return path


@pytest.fixture(scope="module")
def citizen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadlessPhone]:
    """Somebody who calls."""
    with HeadlessPhone(tmp_path_factory.mktemp("citizen"), "--audio", "null") as phone:
        phone.ready()
        yield phone


def test_a_wrong_setting_is_named_and_its_default_used(run: Run, tmp_path: Path) -> None:
    where = folders_of(tmp_path, QUIET + 'theme = "pink"\nwrapup_seconds = -5\n')
    before = hash_of(where.settings_file)

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("theme")
            light = real.window.light_bar.settings
            assert light.isVisible()
            assert "wrapup_seconds" in light.toolTip()
            assert "60" in light.toolTip()
            assert real.desk.services.wrap_up.seconds == 60

    run(work())
    assert hash_of(where.settings_file) == before


def test_a_broken_settings_file_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    where = folders_of(tmp_path, 'language = "ko\n[[[')
    before = hash_of(where.settings_file)

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("settings file can't be read")
            # The agent can begin all the same: what is chosen holds until the window is closed.
            assert real.window.situation == "first_start"
            real.window.first_start.choose_language("ko")
            await until(lambda: "설정을 저장할 수 없어" in real.window.toast.text)
            real.window.first_start.escape()
            await until(lambda: real.window.situation == "idle")
            assert "설정 파일을 읽을 수 없어" in real.notice

    run(work())
    assert hash_of(where.settings_file) == before


def test_records_of_a_newer_version_are_not_touched(run: Run, tmp_path: Path, citizen: HeadlessPhone) -> None:
    where = folders_of(tmp_path)
    before = hash_of(newer_database(where.desk_database))

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("Records of a newer version: update. Nothing was changed.")
            assert real.window.light_bar.records.isVisible()
            call_id = await real.takes(citizen)
            real.window.notes.type_text("kept in memory")
            records = real.desk.services.line.records
            await real.desk.services.background.settle()
            assert await records.notes(call_id) == "kept in memory"

    run(work())
    assert hash_of(where.desk_database) == before
    assert not where.desk_database.with_name("desk.sqlite-wal").exists()


def test_damaged_records_are_not_touched(run: Run, tmp_path: Path) -> None:
    where = folders_of(tmp_path)
    before = hash_of(noise(where.desk_database))

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("The records can't be read and stay as they are.")

    run(work())
    assert hash_of(where.desk_database) == before


@pytest.mark.parametrize("there", [True, False])
def test_in_place_of_a_broken_pack_the_shipped_one_is_used(run: Run, tmp_path: Path, there: bool) -> None:
    pack = tmp_path / "city.faq"
    where = folders_of(tmp_path, QUIET + f'faq_pack = "{pack.as_posix()}"\n')
    before = hash_of(noise(pack)) if there else ""

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("New pack unreadable; still using")
            assert await real.desk.services.faq.search("여권")

    run(work())
    assert not there or hash_of(pack) == before


@pytest.mark.parametrize("there", [True, False])
def test_without_a_speech_model_that_can_be_read_calls_work(
    run: Run, tmp_path: Path, citizen: HeadlessPhone, there: bool
) -> None:
    model = tmp_path / "model.pt"
    where = folders_of(tmp_path, f'language = "en"\nspeech_model = "{model.as_posix()}"\n')
    before = hash_of(noise(model)) if there else ""

    async def work() -> None:
        async with real_window(where) as real:
            light = real.window.light_bar.transcript
            await until(lambda: light.state in ("warn", "fail"), 30)
            await real.reads("Calls and search work.")
            assert "Calls and search work." in light.toolTip()
            await real.takes(citizen)

    run(work())
    assert not there or hash_of(model) == before


def test_a_taken_port_is_said_and_tried_again(
    run: Run, tmp_path: Path, citizen: HeadlessPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.processes.phone_watch.RETRY_S", 0.2)
    taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    taken.bind(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    account = tmp_path / "account.toml"
    account.write_text(f'id = "sip:agent@127.0.0.1"\nport = {port}\n', encoding="utf-8")
    where = folders_of(tmp_path, QUIET + f'account = "{account.as_posix()}"\n')

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads(f"another program uses port {port}")
            assert real.window.light_bar.phone.state == "fail"
            taken.close()
            await until(lambda: real.window.light_bar.phone.state != "fail", 20)
            assert "port" not in real.notice
            await real.takes(citizen)

    run(work())


def test_a_wrong_account_is_said(run: Run, tmp_path: Path) -> None:
    account = tmp_path / "account.toml"
    account.write_text('id = "sip:agent@127.0.0.1"\nport = "many"\n', encoding="utf-8")
    where = folders_of(tmp_path, QUIET + f'account = "{account.as_posix()}"\n')
    before = hash_of(account)

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("the phone account is wrong")
            assert real.window.light_bar.phone.state == "fail"

    run(work())
    assert hash_of(account) == before


def test_without_a_sound_device_there_is_silence_and_a_sentence(
    run: Run, tmp_path: Path, citizen: HeadlessPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    where = folders_of(tmp_path)

    async def work() -> None:
        async with real_window(where, DEVICES) as real:
            await real.reads("No sound device: neither side hears the other.")
            assert real.window.light_bar.microphone.state == "fail"
            await real.takes(citizen)
            assert "No sound device" in real.notice

    run(work())


def test_where_nothing_can_be_written_people_can_still_talk(
    run: Run, tmp_path: Path, citizen: HeadlessPhone
) -> None:
    where = folders_of(tmp_path)
    # Nobody, root included, can make a folder below a file.
    where.data.write_text("in the way", encoding="utf-8")
    before = hash_of(where.data)

    async def work() -> None:
        async with real_window(where) as real:
            await real.reads("calls are kept until you close")
            assert real.window.light_bar.records.isVisible()
            await real.takes(citizen)
            real.window.notes.type_text("for this run")
            await real.desk.services.background.settle()
            assert not real.window.notes._is_saved

    run(work())
    assert hash_of(where.data) == before


def test_a_disk_that_fills_up_in_a_call_takes_the_notes_once_there_is_room(
    run: Run, tmp_path: Path, citizen: HeadlessPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.saving.RETRY_S", 0.2)
    where = folders_of(tmp_path)
    long_text = "가나다라 " * 20_000

    async def set_pages(real: RealWindow, least: int) -> None:
        await real.desk.records._thread.run(
            lambda db: db.execute(f"PRAGMA max_page_count={least}").fetchall()
        )

    async def work() -> None:
        async with real_window(where) as real:
            call_id = await real.takes(citizen)
            real.window.notes.type_text("before ")
            await until(lambda: real.window.notes._is_saved)
            await set_pages(real, 1)
            real.window.notes.type_text(long_text)
            await real.reads("The disk is full. Your text is still here")
            assert real.window.notes.text == "before " + long_text
            assert not real.window.notes._is_saved
            assert real.window.situation == "talking"
            await set_pages(real, 1_000_000)
            await until(lambda: real.notice == "", 10, lambda: real.notice)
            assert real.window.notes._is_saved
            assert await real.desk.records.notes(call_id) == "before " + long_text

    run(work())


def test_a_speech_process_that_is_killed_comes_back_and_the_call_goes_on(
    run: Run, tmp_path: Path, citizen: HeadlessPhone
) -> None:
    where = folders_of(tmp_path, 'language = "en"\nspeech_model = ""\n')

    async def work() -> None:
        async with real_window(where) as real:
            transcript = real.desk.services.transcript
            waiting = (SpeechState.OFF, SpeechState.LOADING, SpeechState.RESTARTING)
            await until(lambda: transcript.state not in waiting, 40, lambda: transcript.state.value)
            settled = transcript.state
            call_id = await real.takes(citizen)
            phone, first = real.desk.phone.pid, real.desk.speech.pid  # type: ignore[attr-defined]
            psutil.Process(first).kill()
            await real.reads("Transcript restarting; gaps are filled later.")
            await until(lambda: transcript.state is settled, 40, lambda: transcript.state.value)
            assert real.desk.speech.pid != first
            assert "restarting" not in real.notice
            current = real.desk.services.calls.current
            assert current is not None
            assert current.id == call_id
            assert real.desk.phone.pid == phone  # type: ignore[attr-defined]

    run(work())


def test_a_phone_that_is_killed_comes_back(run: Run, tmp_path: Path, citizen: HeadlessPhone) -> None:
    where = folders_of(tmp_path)

    async def work() -> None:
        async with real_window(where) as real:
            idle = real.desk.phone.pid  # type: ignore[attr-defined]
            psutil.Process(idle).kill()
            await real.reads("The phone is being started again.")
            await until(lambda: "started again" not in real.notice, 20)
            call_id = await real.takes(citizen)
            real.window.notes.type_text("what was said")
            await until(lambda: real.window.notes._is_saved)
            psutil.Process(real.desk.phone.pid).kill()  # type: ignore[attr-defined]
            await real.reads("The call was lost. Notes and records are safe.", 30)
            assert real.window.situation == "wrap_up"
            assert real.window.notes.text == "what was said"
            await real.desk.services.background.settle()
            assert await real.desk.records.notes(call_id) == "what was said"
            kept = await real.desk.records.call(call_id)
            assert kept is not None
            assert kept.ended is not None

    run(work())
