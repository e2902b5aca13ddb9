from __future__ import annotations

import pytest

from desktop import paths
from desktop.ui.theme.look import Look, layout_for
from desktop.ui.theme.tokens import CONTRAST, EDGE_PAIRS, LIGHT, PANEL_EDGES, TEXT_PAIRS, THEMES, contrast
from desktop.ui.widgets.button import KINDS
from desktop.ui.widgets.chip import TONES
from desktop.ui.widgets.paragraph import _FORMATS, _LINES

LEAST = {"light": (4.5, 3.0), "dark": (4.5, 3.0), "contrast_light": (7.0, 4.5), "contrast_dark": (7.0, 4.5)}
"""What text and edges must reach in each theme."""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= LEAST[theme][0]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), EDGE_PAIRS)
def test_edges_can_be_seen(theme: str, front: str, back: str) -> None:
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= LEAST[theme][1]


@pytest.mark.parametrize("theme", CONTRAST)
def test_in_high_contrast_panels_have_edges_and_what_is_off_can_be_read(theme: str) -> None:
    colours = THEMES[theme]
    assert min(contrast(colours[front], colours[back]) for front, back in PANEL_EDGES) >= 4.5
    grounds = {back for _, back in PANEL_EDGES}
    assert min(contrast(colours["disabledText"], colours[ground]) for ground in grounds) >= 4.5


def test_all_themes_name_the_same_colours() -> None:
    assert {frozenset(colours) for colours in THEMES.values()} == {frozenset(LIGHT)}
    assert set(LEAST) == set(THEMES)


def painted_text() -> set[tuple[str, str]]:
    """Text on ground as buttons, chips, marks and the transcript's bubbles paint it."""
    found: set[tuple[str, str]] = set()
    for name, (fill, _, text, hover) in KINDS.items():
        if name != "off":
            found |= {(text, ground) for ground in (fill, hover) if ground}
    found |= {(text, fill) for fill, text, _ in TONES.values() if fill}
    found |= {(text, ground) for text, ground, _ in _FORMATS.values() if ground}
    # Bubbles and rows: the caller's, the agent's, running speech, what is chosen in a list.
    found |= {(text, ground) for text in ("text", "text3") for ground in ("subtle", "surface", "accentSoft")}
    found |= {(text, ground) for text in ("text2", "accentText") for ground in ("surface", "accentSoft")}
    return found | {("text2", "subtle"), ("warnText", "surface"), ("careText", "surface")}


def painted_edges() -> set[tuple[str, str]]:
    """Edges and marks on what they lie on."""
    found = {(edge, fill) for fill, edge, _, _ in KINDS.values() if fill and edge not in ("", "line", fill)}
    found |= {
        (fill, "surface") for fill, edge, _, _ in KINDS.values() if fill and fill == edge and fill != "ink"
    }
    found |= {(edge, fill) for fill, _, edge in TONES.values() if fill and edge not in ("", "line")}
    return found | {(_LINES[kind], ground) for kind, (_, ground, _) in _FORMATS.items() if ground}


def test_every_pair_that_is_painted_is_one_of_those_that_are_tested() -> None:
    assert painted_text() - set(TEXT_PAIRS) == set()
    assert painted_edges() - set(EDGE_PAIRS) == set()
    named = {token for pair in (*TEXT_PAIRS, *EDGE_PAIRS, *PANEL_EDGES) for token in pair}
    assert set(LIGHT) - named == {"disabledText"}


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
    broad = Look(layout="broad")
    assert [broad.column(name) for name in ("phone", "task", "beside")] == [340, 640, 420]


def test_the_layout_follows_the_window_in_letters() -> None:
    found = {
        (width, height, text): layout_for(width, height, text / 100)
        for width, height, text in (
            (1366, 768, 80), (1366, 768, 100), (1366, 768, 125), (1366, 768, 200), (1920, 1080, 100),
            (1920, 1080, 150), (1920, 1080, 200), (2560, 1440, 130), (2560, 1440, 200), (1366, 500, 100),
            (2560, 1440, 100), (2240, 1440, 100), (1920, 1080, 80),
        )
    }  # fmt: skip
    assert list(found.values()) == [
        "wide", "columns", "pair", "compact", "wide", "pair", "compact", "wide", "pair", "compact",
        "broad", "broad", "broad",
    ]  # fmt: skip


def test_shipped_fonts_and_licences_are_there() -> None:
    names = {file.name for file in (paths.resources() / "fonts").iterdir()}
    assert {"Pretendard-Regular.otf", "Pretendard-SemiBold.otf", "Pretendard-OFL.txt"} <= names
