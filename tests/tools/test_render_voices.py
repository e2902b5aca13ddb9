from __future__ import annotations

import array
import json
import math
import shutil
from pathlib import Path

import miniaudio
import pytest

from tools import render_voices
from tools.render_voices import RATE, SCENARIOS, TARGET_DBFS, VOICES, Line, fill, level, lines, load


def spoken() -> list[Line]:
    return list(lines(load(SCENARIOS)))


def test_shipped_files_fit_the_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert render_voices.main(["--check"]) == 0
    assert "122 lines, 0 files do not fit" in capsys.readouterr().out


def test_a_changed_line_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = SCENARIOS.read_text(encoding="utf-8").replace("없어요, 감사합니다.", "없어요, 고맙습니다.")
    (tmp_path / "scenarios.yaml").write_text(changed, encoding="utf-8")
    assert render_voices.main(["--check", "--scenarios", str(tmp_path / "scenarios.yaml")]) == 1
    assert "S01/10-caller.flac: out of date" in capsys.readouterr().out


def test_a_missing_and_a_foreign_file_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copyfile(VOICES / "manifest.json", tmp_path / "manifest.json")
    (tmp_path / "S99").mkdir()
    (tmp_path / "S99" / "01-agent.flac").write_bytes(b"")
    assert render_voices.main(["--check", "--voices", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "S01/01-agent.flac: missing" in said
    assert "S99/01-agent.flac: belongs to no line" in said


def test_nothing_read_aloud_holds_a_digit_or_a_placeholder() -> None:
    for line in spoken():
        assert not any(c.isdigit() for c in line.say), line.say
        assert "{" not in line.text
        assert "OO" not in line.text
        assert len(line.text.split()) == len(line.say.split())


def test_callers_have_voices_of_their_own() -> None:
    voices = {
        (line.scenario, line.variant, line.speed, line.pitch) for line in spoken() if line.who == "caller"
    }
    assert len(voices) == 12
    assert len({voice[1:] for voice in voices}) == 12


def test_shipped_sound_is_16_khz_mono_at_the_level() -> None:
    name = "S01/02-caller.flac"
    sound = miniaudio.decode_file(str(VOICES / name), nchannels=1, sample_rate=RATE)
    info = miniaudio.flac_get_file_info(str(VOICES / name))
    assert (info.sample_rate, info.nchannels) == (RATE, 1)
    seconds = json.loads((VOICES / "manifest.json").read_text(encoding="utf-8"))["files"][name]["seconds"]
    assert abs(len(sound.samples) / RATE - seconds) < 0.01
    rms = math.sqrt(sum(s * s for s in sound.samples) / len(sound.samples)) / 32768
    assert abs(20 * math.log10(rms) - TARGET_DBFS) < 2.5


def test_level_trims_and_scales() -> None:
    tone = [round(1000 * math.sin(i / 5)) for i in range(RATE)]
    made = level(array.array("h", [0] * RATE + tone + [0] * RATE))
    assert RATE <= len(made) < 1.1 * RATE
    middle = made[RATE // 4 : RATE // 2]
    rms = math.sqrt(sum(s * s for s in middle) / len(middle)) / 32768
    assert abs(20 * math.log10(rms) - TARGET_DBFS) < 0.3


def test_silence_is_refused() -> None:
    with pytest.raises(render_voices.ToolError, match="no sound"):
        level(array.array("h", [0] * 100))


def test_longer_placeholders_come_first() -> None:
    marks = load(SCENARIOS)["meta"]["placeholders"]
    assert fill("{기관명} 상담사 OOO, 이OO 님", marks) == "다산콜센터 상담사 김다산, 이영희 님"
