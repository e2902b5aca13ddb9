"""The pseudo-language: longer, accented, and everything in it that is no word as it was."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop.ui.preferences.simple_pages import DisplayPage
from desktop.ui.pseudo import GROWTH, VARIABLE, pseudo
from tests.ui.conftest import WindowFactory
from tools.dev.translations import FOLDER, messages

_FILLED = re.compile(r"\{\w*\}|%n")
_KEY = re.compile(r"(?:Ctrl|Alt|Shift)\+\w+|\bF\d+\b|\bEsc\b|\bEnter\b")


def test_every_sentence_is_60_per_cent_longer_and_keeps_what_is_filled_in() -> None:
    sources = {key[1] for key in messages(FOLDER / "desktop_ko.ts")}
    assert len(sources) > 500
    for source in sources:
        longer = pseudo(source)
        if longer == source:
            assert re.fullmatch(r"[dMyHhms\W]+", source), source
            continue
        if any(sign.isalpha() for sign in _KEY.sub("", _FILLED.sub("", source))):
            assert len(source) * GROWTH <= len(longer) <= len(source) * GROWTH + 3, source
        assert (longer[0], longer[-1]) == ("[", "]")
        for kept in (_FILLED, _KEY):
            assert kept.findall(longer) == kept.findall(source), source
        assert longer.count("\n") == source.count("\n")


def test_the_window_speaks_it_and_nobody_is_offered_it(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    window, desk = make_window(language="en")
    calls = QCoreApplication.translate("BarsPresenter", "%n call(s) today", None, 1)
    many = QCoreApplication.translate("BarsPresenter", "%n call(s) today", None, 3)
    assert window.top_bar.settings.text() == pseudo("Settings")
    assert (calls, many) == (
        pseudo("%n call today").replace("%n", "1"),
        pseudo("%n calls today").replace("%n", "3"),
    )
    assert QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+K"
    assert "pseudo" not in DisplayPage.LANGUAGES
    monkeypatch.delenv(VARIABLE)
    desk.do(window.settings_changed)
    assert window.top_bar.settings.text() == "Settings"
