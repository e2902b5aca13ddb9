import shutil
from pathlib import Path

import pytest

from tools.dev import testing, translations
from tools.dev.place import Failure

SOURCE = """from PySide6.QtCore import QObject


class Pane(QObject):
    def words(self) -> str:
        return self.tr("Hello") + self.tr("%n call(s)", "", 3)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "pane.py").write_text(SOURCE)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "SOURCE", tmp_path / "desktop")
    monkeypatch.setattr(translations, "FOLDER", tmp_path / "i18n")
    return tmp_path


def translate(file: Path) -> None:
    text = (
        file.read_text("utf-8")
        .replace(' type="unfinished"', "")
        .replace("<translation></", "<translation>안녕</")
    )
    text = text.replace("<numerusform></", "<numerusform>%n</")
    file.write_text(text, "utf-8")


def test_words_are_gathered_compiled_and_checked(project: Path) -> None:
    assert translations.strings() == 0
    korean = project / "i18n" / "desktop_ko.ts"
    assert {key[:2] for key in translations.messages(korean)} == {("Pane", "Hello"), ("Pane", "%n call(s)")}
    assert sorted(translations.untranslated(korean)) == ["%n call(s)", "Hello"]
    english = translations.messages(project / "i18n" / "desktop_en.ts")
    assert [key[1] for key in english] == ["%n call(s)"]
    assert any("no translation of 'Hello'" in each for each in translations.problems())
    for file in (project / "i18n").glob("*.ts"):
        translate(file)
    assert any("desktop_ko.qm is not made from" in each for each in translations.problems())
    assert translations.strings() == 0
    assert translations.problems() == []
    (project / "desktop" / "pane.py").write_text(SOURCE.replace("Hello", "Good morning"))
    assert any("is not what the source says" in each for each in translations.problems())


def test_checking_changes_nothing(project: Path) -> None:
    translations.strings()
    before = {path: path.read_bytes() for path in (project / "i18n").iterdir()}
    translations.problems()
    assert {path: path.read_bytes() for path in (project / "i18n").iterdir()} == before


def test_a_broken_file_is_said(project: Path) -> None:
    (project / "i18n").mkdir()
    (project / "i18n" / "desktop_ko.ts").write_text("<TS>")
    with pytest.raises(Failure):
        translations.strings()


def test_a_display_of_its_own() -> None:
    with testing.display() as shown:
        if shutil.which("Xvfb"):
            assert shown["DISPLAY"].startswith(":")
            assert shown["QT_QPA_PLATFORM"] == "xcb"
        else:
            assert shown == {"QT_QPA_PLATFORM": "offscreen"}


def test_an_unknown_long_check_is_said() -> None:
    with pytest.raises(Failure, match="there is no long check nonsense"):
        testing.run_long("nonsense", [])
