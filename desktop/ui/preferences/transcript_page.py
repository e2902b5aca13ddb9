"""Settings › Transcript: whether calls are transcribed, with which model, and what is wrong where they are not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.events import SpeechStateChanged
from desktop.domain.language import LANGUAGES
from desktop.domain.transcript import ENGINES, SpeechState
from desktop.settings import Value
from desktop.ui import messages
from desktop.ui.language_names import LANGUAGE_NAMES
from desktop.ui.preferences.fields import FieldRow
from desktop.ui.preferences.model_box import ModelBox
from desktop.ui.preferences.simple_pages import OptionPage
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Choices, Field, Paragraph, Rule
from desktop.ui.window_hooks import WindowHooks


class TranscriptPage(OptionPage):
    """The switch, the state of now, the models, and the path of one that lies elsewhere."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(window, parent)
        self._enabled, self._read = Choices(["", ""], [], columns=2), Choices(["", ""], [], columns=2)
        self.model = Field()
        self._engine = Choices([""] * len(ENGINES), [], columns=len(ENGINES))
        self._language = Choices([LANGUAGE_NAMES[code] for code in LANGUAGES], [], columns=3)
        controls: Sequence[QWidget] = (self._enabled, self._read, self.model, self._engine, self._language)
        self._rows = [self.add(FieldRow(control)) for control in controls]
        self.state = Paragraph("", "body", "text2")
        self.models = ModelBox(window)
        self.body.addWidget(self.state)
        self.body.addWidget(Rule())
        self.body.addWidget(self.models)
        self.body.addStretch()
        self._enabled.chosen.connect(lambda index: self.keep(speech_enabled=index == 0))
        self._read.chosen.connect(lambda index: self.keep(read_transcript=index == 0))
        self.model.editingFinished.connect(lambda: self._keep_model(self.model.text().strip()))
        self._engine.chosen.connect(lambda index: self.keep(speech_engine=ENGINES[index]))
        self._language.chosen.connect(lambda index: self.keep(speech_language=LANGUAGES[index]))
        self.models.chosen.connect(self._keep_model)
        window.services.bus.subscribe(SpeechStateChanged, lambda _event: self._show_state())
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the chosen language."""
        self._rows[0].set_words(
            self.tr("Live transcript"), self.tr("Made on this computer; no word leaves it.")
        )
        self._rows[1].set_words(
            self.tr("Say the caller's lines"),
            self.tr("A screen reader says each line when it is complete."),
        )
        self._rows[2].set_words(
            self.tr("Speech model"),
            self.tr("Path of a Whisper checkpoint (.pt). Empty: none but in practice calls."),
        )
        self._rows[3].set_words(
            self.tr("What runs the speech model"),
            self.tr("Automatic: the faster one that writes the same, tried once on this computer."),
        )
        self._rows[4].set_words(
            self.tr("Language of the calls"),
            self.tr("Every call begins in it; {key} changes it for one call.").format(
                key=shown("spoken_language")
            ),
        )
        # Names, the same in every language.
        self._engine.set_words([self.tr("Automatic"), "PyTorch", "CTranslate2"])
        for choices in (self._enabled, self._read):
            choices.set_words([self.tr("On"), self.tr("Off")])
        self._show_state()

    def enter(self) -> None:
        """The page is seen: show what holds."""
        settings = self._window.settings.current
        self._enabled.set_index(0 if settings.speech_enabled else 1)
        self._read.set_index(0 if settings.read_transcript else 1)
        self.model.setText(settings.speech_model)
        self._engine.set_index(ENGINES.index(settings.speech_engine))
        self._language.set_index(LANGUAGES.index(settings.speech_language))
        self._show_state()
        self.models.enter()

    def _show_state(self) -> None:
        transcript = self._window.services.transcript
        fine = ""
        if transcript.state is SpeechState.READY:
            fine = messages.speech_remark(transcript.detail) or self.tr("The transcript is ready.")
        self.state.set(messages.speech_words(transcript.state, transcript.detail, transcript.level) or fine)

    def _keep_model(self, path: str) -> None:
        if path != self._window.settings.current.speech_model:
            self.keep(speech_model=path)

    async def _keep(self, **changes: Value) -> None:
        await super()._keep(**changes)
        self.enter()
