from __future__ import annotations

import pytest

from desktop import paths
from desktop.ui.theme.look import Look, layout_for
from desktop.ui.theme.tokens import DARK, EDGE_PAIRS, LIGHT, TEXT_PAIRS, THEMES, contrast


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGE_PAIRS)
def test_edges_can_be_seen(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= 3.0


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_contrast_of_the_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_spaces_grow_at_half_the_speed_of_text() -> None:
    plain, large = Look(), Look(text=2.0)
    assert large.size(100) == 2 * plain.size(100)
    assert large.space("l") == plain.space("l") * 1.5
    assert plain.control < large.control < 2 * plain.control


def test_columns_of_the_two_screens() -> None:
    assert (Look().column("phone"), Look().column("task")) == (316, 404)
    assert (Look(layout="wide").column("phone"), Look(layout="wide").column("task")) == (340, 520)


def test_the_layout_follows_the_window_in_letters() -> None:
    found = {
        (width, height, text): layout_for(width, height, text / 100)
        for width, height, text in (
            (1366, 768, 80), (1366, 768, 100), (1366, 768, 125), (1366, 768, 200), (1920, 1080, 100),
            (1920, 1080, 150), (1920, 1080, 200), (2560, 1440, 130), (2560, 1440, 200), (1366, 500, 100),
        )
    }  # fmt: skip
    assert list(found.values()) == [
        "wide", "columns", "pair", "compact", "wide", "pair", "compact", "wide", "pair", "compact",
    ]  # fmt: skip


def test_shipped_fonts_and_licences_are_there() -> None:
    names = {file.name for file in (paths.resources() / "fonts").iterdir()}
    assert {"Pretendard-Regular.otf", "Pretendard-SemiBold.otf", "Pretendard-OFL.txt"} <= names
