"""The first start: the language, then who works here and how to begin. Practice comes first and is the largest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.settings import UnkeptError, Value
from desktop.ui import messages
from desktop.ui.widgets import Button, Field, Label, Paragraph, Stack, col, row
from desktop.ui.window_hooks import WindowHooks

FIRST_SCENARIO = "S01"
LANGUAGES = (("ko", "한국어"), ("en", "English"))


class FirstStart(QFrame):
    """Two pages. Name and number are asked here once; empty is allowed and can be filled in later in the settings."""

    def __init__(
        self, window: WindowHooks, open_settings: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._window, self._open_settings = window, open_settings
        self._pages = Stack()
        self._pages.addWidget(self._language_page())
        self._pages.addWidget(self._begin_page())
        col(self, margins=("xl", "xl", "xl", "xl")).addWidget(self._pages)
        self.retranslate()

    def _language_page(self) -> QWidget:
        page = QWidget()
        layout = col(page, gap="m")
        layout.addStretch(1)
        # Both languages at once: nobody has chosen yet.
        layout.addWidget(Label("언어를 고르세요  ·  Choose a language", "say"))
        self.languages: dict[str, Button] = {}
        for number, (code, name) in enumerate(LANGUAGES, 1):
            button = Button(name, str(number), height="red", left=True, icon="globe")
            button.clicked.connect(lambda _checked=False, code=code: self.choose_language(code))
            self.languages[code] = button
            layout.addWidget(button)
        layout.addStretch(2)
        return page

    def _begin_page(self) -> QWidget:
        page = QWidget()
        layout = col(page, gap="m")
        self._title = Label("", "say")
        self._hint = Paragraph("", "body", "text2")
        self.name, self.number = Field(), Field()
        fields = row(gap="m")
        fields.addWidget(self.name, 2)
        fields.addWidget(self.number, 1)
        self.practice = Button(key="1", kind="primary", height="red", icon="cap", left=True)
        self.account = Button(key="2", icon="answer", left=True, height="call", fixed=True)
        self.sound = Button(key="3", icon="speaker", left=True, height="call", fixed=True)
        self.later = Button(key="Esc", kind="quiet", left=True, strong=False)
        self._practice_hint = Paragraph("", "body", "text2")
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addLayout(fields)
        layout.addSpacing(12)
        layout.addWidget(self.practice)
        layout.addWidget(self._practice_hint)
        others = row(gap="m")
        others.addWidget(self.account, 1)
        others.addWidget(self.sound, 1)
        layout.addLayout(others)
        last = row()
        last.addWidget(self.later)
        last.addStretch()
        layout.addLayout(last)
        layout.addStretch(2)
        self.name.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.practice.setFocus)
        self.practice.clicked.connect(self.begin_practice)
        self.account.clicked.connect(lambda: self._leave_for("account"))
        self.sound.clicked.connect(lambda: self._leave_for("sound"))
        self.later.clicked.connect(self.escape)
        return page

    def retranslate(self) -> None:
        self._title.setText(self.tr("Welcome to the desk"))
        self._hint.set(self.tr("Your name and staff number are kept with every record. Asked once."))
        self.name.setPlaceholderText(self.tr("Your name"))
        self.name.setAccessibleName(self.tr("Your name"))
        self.number.setPlaceholderText(self.tr("Staff number"))
        self.number.setAccessibleName(self.tr("Staff number"))
        self.practice.setText(self.tr("Take a practice call"))
        self._practice_hint.set(
            self.tr("A simulated citizen calls this desk. No account, no headset and no network are needed.")
        )
        self.account.setText(self.tr("Enter a phone account"))
        self.sound.setText(self.tr("Check the sound"))
        self.later.setText(self.tr("Later, show me the desk"))

    def enter(self) -> None:
        """The first start is seen."""
        if self._pages.currentIndex() == 0:
            self.languages["ko"].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asks_language(self) -> bool:
        """Whether the first page is shown."""
        return self._pages.currentIndex() == 0

    def choose_language(self, code: str) -> None:
        """Keep the language and go on."""
        self._window.start(self._keep_language(code), "choose language")

    def _change(self, **values: Value) -> None:
        """Go on with what was chosen, even where it can't be kept for the next start."""
        try:
            self._window.settings.change(**values)
        except UnkeptError as error:
            self._window.settings_changed()  # the sentence is in the language that was chosen
            self._window.show_toast(messages.error_sentence(error))

    async def _keep_language(self, code: str) -> None:
        self._change(language=code)
        self._window.settings_changed()
        self._pages.setCurrentIndex(1)
        self.enter()

    def begin_practice(self) -> None:
        """The first scenario, at once."""
        self._keep_agent()
        self._window.finish_first_start()
        self._window.start(self._window.services.practice.begin(FIRST_SCENARIO), "begin practice")

    def _leave_for(self, page: str) -> None:
        self._keep_agent()
        self._window.finish_first_start()
        self._open_settings(page)

    def escape(self) -> None:
        """Later: the idle desk. Without a language there is nothing to leave to."""
        if not self.asks_language:
            self._keep_agent()
            self._window.finish_first_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if self.asks_language and digit in ("1", "2"):
            self.choose_language(LANGUAGES[int(digit) - 1][0])
        elif not self.asks_language and digit in ("1", "2", "3"):
            (self.practice, self.account, self.sound)[int(digit) - 1].click()
        else:
            super().keyPressEvent(event)

    def _keep_agent(self) -> None:
        name, number = self.name.text().strip(), self.number.text().strip()
        if name or number:
            self._window.start(self._keep(name, number), "keep agent")

    async def _keep(self, name: str, number: str) -> None:
        self._change(agent_name=name, agent_number=number)
        self._window.services.calls.agent_name = name
        self._window.services.calls.agent_number = number
