"""Pages of the settings that only show and change options."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.events import AnswersReplaced
from desktop.domain.faq import OwnWords
from desktop.settings import Value
from desktop.ui.preferences.answers_import import ImportBox
from desktop.ui.preferences.fields import FieldRow
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Choices, Combo, Field, Paragraph, Rule, col
from desktop.ui.window_hooks import WindowHooks


class OptionPage(QWidget):
    """Rows over options; a change is kept at once."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.body = col(self, gap="xs")

    def add(self, field: FieldRow) -> FieldRow:
        """Append a row."""
        self.body.addWidget(field)
        return field

    def keep(self, **changes: Value) -> None:
        """Write the options and let the window follow."""
        self._window.start(self._keep(**changes), "keep settings")

    async def _keep(self, **changes: Value) -> None:
        self._window.settings.change(**changes)
        self._window.settings_changed()

    def enter(self) -> None:
        """The page is seen: show what holds."""


class DisplayPage(OptionPage):
    """Language, colours, size of text."""

    LANGUAGES = ("ko", "en")
    THEMES = ("system", "light", "dark", "contrast")
    SIZES = (80, 90, 100, 110, 120, 130)

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._language = Choices(["한국어", "English"], [], columns=2)
        self._theme = Choices([""] * len(self.THEMES), [], columns=len(self.THEMES))
        self._size = Combo()
        self._rows = [self.add(FieldRow(control)) for control in (self._language, self._theme, self._size)]
        self.body.addStretch()
        self._language.chosen.connect(lambda index: self.keep(language=self.LANGUAGES[index]))
        self._theme.chosen.connect(lambda index: self.keep(theme=self.THEMES[index]))
        self._size.activated.connect(lambda _i: self.keep(text_size=self._size.currentData()))
        self.retranslate()

    def retranslate(self) -> None:
        self._rows[0].set_words(self.tr("Language"))
        self._rows[1].set_words(
            self.tr("Colours"), self.tr("Where the system asks for high contrast, the window follows.")
        )
        self._rows[2].set_words(self.tr("Text size"))
        words = self.tr("System"), self.tr("Light"), self.tr("Dark"), self.tr("High contrast")
        self._theme.set_words(words)

    def enter(self) -> None:
        settings = self._window.settings.current
        if settings.language in self.LANGUAGES:
            self._language.set_index(self.LANGUAGES.index(settings.language))
        self._theme.set_index(self.THEMES.index(settings.theme))
        self._size.clear()
        for size in sorted({*self.SIZES, settings.text_size}):
            self._size.addItem(f"{size} %", size)
        self._size.setCurrentIndex(self._size.findData(settings.text_size))


class AnswersPage(OptionPage):
    """Which answer pack is in use."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._pack = Field()
        self._row = self.add(FieldRow(self._pack))
        self._state = Paragraph("", "body", "text2")
        self._thesaurus = Field()
        self._words_row = FieldRow(self._thesaurus)
        self._words = Paragraph("", "body", "text2")
        self.importing = ImportBox(window)
        self.body.addWidget(self._state)
        self.add(self._words_row)
        self.body.addWidget(self._words)
        self.body.addWidget(Rule())
        self.body.addWidget(self.importing)
        self.body.addStretch()
        self.importing.built.connect(self._use_pack)
        window.services.bus.subscribe(AnswersReplaced, lambda _event: self.enter())
        self._pack.editingFinished.connect(self._keep_pack)
        self._thesaurus.editingFinished.connect(self._keep_thesaurus)
        self.retranslate()

    def retranslate(self) -> None:
        self._row.set_words(
            self.tr("Answer pack"),
            self.tr("Path of a pack. Empty: the shipped sample."),
        )
        self._words_row.set_words(
            self.tr("Your own words"),
            self.tr("Path of a CSV file: everyday,official,weight,category. Empty: none."),
        )

    def enter(self) -> None:
        self._pack.setText(self._window.settings.current.faq_pack)
        faq = self._window.services.faq
        if not faq.opened.is_set():
            self._state.set("")
        elif faq.answers is None:
            self._state.set(faq.problem or self.tr("No pack could be opened."))
        else:
            self._state.set(
                self.tr("In use: {pack}, made on {day}").format(
                    pack=faq.answers.pack, day=faq.answers.built.date().isoformat()
                )
            )

        self._thesaurus.setText(self._window.settings.current.faq_thesaurus)
        self._words.set(self._words_read(faq.own_words))

    def _words_read(self, words: OwnWords) -> str:
        """What of the site's own thesaurus is in use."""
        if words.problem:
            text = self.tr("The file of your own words can't be read ({reason}). Search works without it.")
            return text.replace("{reason}", words.problem)
        if not words.file:
            return self.tr("None of your own words are in use.")
        text = self.tr("In use: {rows} rows from {file}.")
        if words.left_out:
            text = self.tr(
                "In use: {rows} rows from {file}; {count} are left out, the first in line {line}: {reason}."
            )
        counts = {"{rows}": words.rows, "{count}": words.left_out, "{line}": words.line}
        for name, count in counts.items():
            text = text.replace(name, f"{count:,}")
        return text.replace("{reason}", words.reason).replace("{file}", Path(words.file).name)

    def _keep_thesaurus(self) -> None:
        path = self._thesaurus.text().strip()
        if path != self._window.settings.current.faq_thesaurus:
            self.keep(faq_thesaurus=path)

    def _keep_pack(self) -> None:
        self._use_pack(self._pack.text().strip())

    def _use_pack(self, path: str) -> None:
        if path != self._window.settings.current.faq_pack:
            self.keep(faq_pack=path)


class RecordsPage(OptionPage):
    """Who works here, how calls follow each other, and how long records are kept."""

    WRAP_UP = (0, 30, 60, 120, 180, 300)
    DAYS = (7, 14, 30, 60, 90, 180, 365)

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._name, self._number = Field(), Field()
        self._wrap_up = Combo()
        self._first, self._second = (Choices(["", ""], [], columns=2) for _ in range(2))
        self._days = Combo()
        asked = self._name, self._number, self._wrap_up, self._first, self._second, self._days
        controls: Sequence[QWidget] = asked
        self._rows = [self.add(FieldRow(control)) for control in controls]
        self.body.insertWidget(2, Rule())
        self.body.addStretch()
        self._name.editingFinished.connect(lambda: self._keep_text("agent_name", self._name))
        self._number.editingFinished.connect(lambda: self._keep_text("agent_number", self._number))
        self._wrap_up.activated.connect(lambda _i: self.keep(wrapup_seconds=self._wrap_up.currentData()))
        self._first.chosen.connect(lambda index: self.keep(auto_answer=index == 1))
        self._second.chosen.connect(lambda index: self.keep(call_waiting=index == 0))
        self._days.activated.connect(lambda _i: self.keep(retention_days=self._days.currentData()))
        self.retranslate()

    def retranslate(self) -> None:
        self._rows[0].set_words(self.tr("Your name"), self.tr("Kept with every record."))
        self._rows[1].set_words(self.tr("Staff number"), self.tr("Kept with every record."))
        self._rows[2].set_words(self.tr("Wrap-up time"), self.tr("From the next call on."))
        self._rows[3].set_words(
            self.tr("A call that rings"), self.tr("By itself: a moment after it rings, while you are ready.")
        )
        self._first.set_words(
            [self.tr("Waits for {key}").format(key=shown("answer")), self.tr("Is answered by itself")]
        )
        self._rows[4].set_words(
            self.tr("A second caller during a call"),
            self.tr("One quiet tone in your ear, and a line on the card."),
        )
        self._second.set_words([self.tr("May ring"), self.tr("Hears busy")])
        self._rows[5].set_words(self.tr("Days that calls and notes are kept"), self._kept_words())
        self._fill_times()

    def _kept_words(self) -> str:
        """What the centre's policy says of transcripts, else that they go with their calls."""
        days = self._window.services.protection.policy.retention.transcripts_days
        if days is None:
            return self.tr("Transcripts too. Reports stay.")
        return self.tr("Transcripts: {n} days, by the centre's policy. Reports stay.").format(n=days)

    def _fill_times(self) -> None:
        chosen = self._window.settings.current.wrapup_seconds
        self._wrap_up.clear()
        for seconds in sorted({*self.WRAP_UP, chosen}):
            none = self.tr("None, straight to ready")
            words = self.tr("{n} s").format(n=seconds) if seconds else none
            self._wrap_up.addItem(words, seconds)
        self._wrap_up.setCurrentIndex(self._wrap_up.findData(chosen))
        kept = self._window.settings.current.retention_days
        self._days.clear()
        for days in sorted({*self.DAYS, kept}):
            self._days.addItem(self.tr("{n} days").format(n=days), days)
        self._days.setCurrentIndex(self._days.findData(kept))

    def enter(self) -> None:
        settings = self._window.settings.current
        self._name.setText(settings.agent_name)
        self._number.setText(settings.agent_number)
        self._first.set_index(1 if settings.auto_answer else 0)
        self._second.set_index(0 if settings.call_waiting else 1)
        self._fill_times()

    def _keep_text(self, option: str, edit: QLineEdit) -> None:
        text = edit.text().strip()
        if text != getattr(self._window.settings.current, option):
            self.keep(**{option: text})
