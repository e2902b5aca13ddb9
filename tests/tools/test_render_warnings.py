"""A text that changed has its voice rendered anew, or this fails."""

import json
import shutil
from pathlib import Path

import pytest

from desktop.adapters.policy.voices import shipped_folder
from tools import render_warnings


def test_shipped_voices_say_what_the_policies_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert render_warnings.main(["--check"]) == 0, capsys.readouterr().out


def test_an_old_a_missing_and_a_foreign_file_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "voice"
    shutil.copytree(shipped_folder(), folder)
    document = json.loads((folder / "manifest.json").read_text("utf-8"))
    document["files"]["ko/verbal_1-1.ogg"]["spoken"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(document), "utf-8")
    (folder / "th/notice-1.ogg").unlink()
    (folder / "vi/notice-1.ogg").write_bytes(b"OggS")
    (folder / "ja/nothing-1.ogg").write_bytes(b"OggS")
    assert render_warnings.main(["--check", "--voices", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "ko/verbal_1-1.ogg: out of date" in said
    assert "th/notice-1.ogg: missing" in said
    assert "vi/notice-1.ogg: not the file that was rendered" in said
    assert "ja/nothing-1.ogg: belongs to no text" in said


def test_one_name_means_one_wording(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = render_warnings.sentences
    calls = []

    def other(policy: object) -> object:
        found = real(policy)  # type: ignore[arg-type]
        calls.append(1)
        return dict.fromkeys(found, next(iter(found.values()))) if len(calls) == 2 else found

    monkeypatch.setattr(render_warnings, "sentences", other)
    assert render_warnings.main(["--check"]) == 1
    assert "has other words in" in capsys.readouterr().err
