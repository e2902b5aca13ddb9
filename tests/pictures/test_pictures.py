"""What lies in docs/pictures is what the page shows, and small enough to be kept."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.ui.application import LANGUAGES
from desktop.ui.theme.tokens import CONTRAST
from tests.pictures import index
from tests.pictures.camera import MAIN, SIZES, THEMES, shots

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
MOST_BYTES = 13_000_000


def test_the_page_shows_what_lies_there() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    lying = {path.name for path in FOLDER.glob("*.webp")}
    assert set(re.findall(r'src="([^"]+)"', page)) == lying
    assert {path.suffix for path in FOLDER.iterdir()} == {".webp", ".md"}
    for situation in MAIN:
        assert {shot.file for language in LANGUAGES for shot in shots(situation, language)} <= lying


def test_all_pictures_are_small_enough() -> None:
    assert 1_000_000 < sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


def test_rare_situations_are_drawn_in_one_size() -> None:
    assert len(shots("idle", "ko")) == 5
    assert len(shots("hold", "ko")) == len(shots("hold", "en")) == 1
    assert len(shots("hold", "en", everything=True)) == len(THEMES) * len(SIZES)
    assert [shot.theme for shot in shots("crisis", "ko") if shot.theme in CONTRAST] == ["contrast_light"]


def test_a_situation_that_is_no_more_leaves_no_picture(tmp_path: Path) -> None:
    for name in ("idle-1366-ko-light.webp", "gone-1366-ko-light.webp"):
        (tmp_path / name).write_bytes(b"")
    index.sweep(tmp_path, ["idle"])
    index.write(tmp_path, ["idle"])
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["README.md", "idle-1366-ko-light.webp"]
    assert 'src="idle-1366-ko-light.webp"' in (tmp_path / "README.md").read_text("utf-8")
