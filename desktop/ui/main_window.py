"""The one window: top bar, practice strip, phone column, stage, lights; situations and where shared keys go."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QWidget

from desktop.services.desk_services import DeskServices
from desktop.ui.actions import Actions
from desktop.ui.announcer import Announcer
from desktop.ui.application import running_controller
from desktop.ui.async_slot import AsyncSlots
from desktop.ui.bars.bars_presenter import BarsPresenter
from desktop.ui.bars.delivery_light import DeliveryLight
from desktop.ui.bars.light_bar import LightBar
from desktop.ui.bars.top_bar import TopBar
from desktop.ui.bringing import bring_with
from desktop.ui.call.call_presenter import CallPresenter
from desktop.ui.call.declining_presenter import DecliningPresenter
from desktop.ui.call.device_toasts import DeviceToasts
from desktop.ui.call.notes_presenter import NotesPresenter
from desktop.ui.call.notes_view import NotesView
from desktop.ui.call.phone_column import PhoneColumn
from desktop.ui.call.red_button import RedButtonPresenter
from desktop.ui.call.redial import RedialPresenter
from desktop.ui.call.suggestion_notice import SuggestionNotice
from desktop.ui.call.text_notice import TextNotice
from desktop.ui.call.volume import VolumePresenter
from desktop.ui.commands.overlay import CommandOverlay
from desktop.ui.commands.presenter import CommandPresenter
from desktop.ui.desk_area import DeskArea
from desktop.ui.panes_contract import AnswersDriver, PaneHooks, Panes, Place, Situation, WrapUpDriver
from desktop.ui.places import Places
from desktop.ui.practice.strip import PracticeStrip
from desktop.ui.practice.strip_presenter import StripPresenter
from desktop.ui.preferences.first_start import FirstStart
from desktop.ui.preferences.pages import SettingsStage
from desktop.ui.preferences.password_asking import PasswordAsking
from desktop.ui.preferences.sound_check_port import AccountPort, SoundCheckPort
from desktop.ui.settings_port import SettingsPort
from desktop.ui.shared_keys import Layers, SharedKeys
from desktop.ui.shortcuts import KeyProblem, shown
from desktop.ui.situation import SituationModel
from desktop.ui.stage import Stage
from desktop.ui.widgets import Toast, col

LEAST = QSize(640, 340)
PanesFactory = Callable[[DeskServices, PaneHooks], Panes]


def _build_panes(services: DeskServices, hooks: PaneHooks) -> Panes:
    from desktop.ui.panes import build_panes

    return build_panes(services, hooks)


class MainWindow(QMainWindow):
    """Fulfils `PaneHooks`. `closing` asks whoever runs the desk to end it; the window closes itself only when let.
    `notify` lets the system show what is urgent while others cover the window."""

    closing = Signal()

    def __init__(
        self,
        services: DeskServices,
        settings: SettingsPort,
        sound_check: SoundCheckPort,
        accounts: AccountPort,
        panes_factory: PanesFactory = _build_panes,
        notify: Callable[[str], object] = lambda _text: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._settings = services, settings
        self._announcer = Announcer(self, services.clock, notify)
        self._looks = running_controller()
        self._actions = Actions(self, settings.current.keys)
        self._may_close = False
        self.model = SituationModel(services, self)
        self._slots = AsyncSlots(services.background, lambda text: self.show_toast(text))
        self.column = PhoneColumn(self._actions)
        self.toast = Toast(shown("undo"), self)
        # Before the panes connect theirs: what they focus must be seen by then.
        bring_with(self._actions, lambda place: self.stage.bring(place))
        self.panes = panes_factory(services, self)
        self.settings_stage = SettingsStage(self, sound_check, accounts, self._close_settings)
        self.first_start = FirstStart(self, self.open_settings)
        self.stage = Stage(self.panes, {"settings": self.settings_stage, "first_start": self.first_start})
        self.top_bar, self.light_bar = TopBar(self._actions), LightBar()
        self.strip = PracticeStrip(self._actions)
        self.overlay = CommandOverlay(self.stage, self)
        self.state_menu = self.top_bar.menu
        self._lay_out()
        self._places = Places(self, self.column.notes.edit, self.panes, self.stage, services.clock)
        layers = Layers(
            lambda: self.situation, self._covered, self._close_layer, lambda: self.stage.bring("right")
        )
        self._shared = SharedKeys(self, self._actions, services, self.panes, self._places, layers)
        self.commands = CommandPresenter(self.overlay, self.model, self, self)
        self._presenters = self._present()
        self._connect()
        self.resize(1366, 768)
        self.retranslate()
        self.model.opened.first_start = not settings.current.language
        self.model.refresh()
        self._show_situation(self.model.situation, self.model.situation)
        if self.situation == "first_start":
            self.first_start.enter()

    # what panes and drivers use
    @property
    def settings(self) -> SettingsPort:
        """Settings as they stand."""
        return self._settings

    @property
    def services(self) -> DeskServices:
        """The services behind the window."""
        return self._services

    @property
    def situation(self) -> Situation:
        """The situation now."""
        return self.model.situation

    @property
    def notes(self) -> NotesView:
        """The notes."""
        return self.column.notes

    @property
    def wrap_up(self) -> WrapUpDriver:
        """Drives the write-up."""
        return self.panes.wrap_up

    @property
    def faq(self) -> AnswersDriver:
        """Drives the answers."""
        return self.panes.faq

    def action(self, name: str) -> QAction:
        """A user action by its name."""
        return self._actions[name]

    @property
    def key_problems(self) -> Sequence[KeyProblem]:
        """Which of the changed keys in the settings do not hold."""
        return self._actions.problems

    def start(self, work: Coroutine[Any, Any, object], doing: str = "") -> None:
        """Run `work`; errors become a toast."""
        self._slots.start(work, doing)

    def show_toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """One toast at the bottom of the middle."""
        self.toast.show_text(text, undo)
        self._place_toast()
        self._announcer.say_toast(text)

    def take_out_of_notes(self, text: str) -> None:
        """Take back what `insert_into_notes` has put there; what the agent has changed in it meanwhile stays."""
        self.column.notes.edit.remove_last(text)

    def insert_into_notes(self, text: str) -> bool:
        """Add a paragraph to the notes; False where no call takes notes."""
        edit = self.column.notes.edit
        if edit.isReadOnly():
            return False
        edit.add_paragraph(text)
        return True

    def focus_notes(self) -> None:
        """Cursor to the end of the notes."""
        self.stage.bring("left")
        self.column.notes.focus()

    def open_report(self) -> None:
        """Show the report form."""
        self.model.opened.report = True
        self.model.opened.settings = False
        self.model.refresh()

    def close_report(self) -> None:
        """Leave the report form."""
        self.model.opened.report = False
        self.model.refresh()

    def announce(self, text: str, assertive: bool = False) -> None:
        """Let a screen reader say it."""
        self._announcer.say(text, assertive)

    def settings_changed(self) -> None:
        """Settings have new values: keys, colours, size and language follow at once."""
        self._actions.follow(self._settings.current.keys)
        self._looks.follow(self._settings.current)

    def open_settings(self, page: str) -> None:
        """Show a page of the settings."""
        self.model.opened.settings = True
        self.model.refresh()
        self.settings_stage.page = page
        self.settings_stage.enter()

    def finish_first_start(self) -> None:
        """The agent has chosen how to begin."""
        self.model.opened.first_start = False
        self.model.refresh()

    def begin_practice(self, scenario_id: str) -> None:
        """Go straight to a practice call; whatever covers the desk is left."""
        self.model.opened.settings = False
        self.finish_first_start()
        self.start(self._services.practice.begin(scenario_id), "begin practice")

    def raise_to_front(self) -> None:
        """A second start wants this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def let_close(self) -> None:
        """The desk has ended: close for good."""
        self._may_close = True
        self.close()

    def retranslate(self) -> None:
        """Title and actions in the language of now."""
        self._actions.retranslate()
        title, practice = self.tr("Dasan Desk"), self.tr("Practice")
        self.setWindowTitle(f"[{practice}] {title}" if self._services.line.practice else title)

    # building
    def _lay_out(self) -> None:
        whole = QWidget()
        layout = col(whole, gap="")
        # Nothing inside makes the window grow beyond the screen: everything folds or scrolls.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in (whole, self):
            widget.setMinimumSize(LEAST)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.strip)
        layout.addWidget(DeskArea(self.column, self.stage), 1)
        layout.addWidget(self.light_bar)
        self.setCentralWidget(whole)

    def _present(self) -> Sequence[object]:
        calls = CallPresenter(self.column.card, self.model, self._services, self)
        return (
            calls,
            DecliningPresenter(self.column.card, self._services, self),
            TextNotice(calls.board, self.model, self._services, self),
            SuggestionNotice(calls.board, self.stage, self._services),
            RedialPresenter(self.model, self._services, self),
            NotesPresenter(self.column.notes, self.model, self._services, self),
            RedButtonPresenter(self.column.red, self.model, self._services, self),
            BarsPresenter(self.top_bar, self.light_bar, self.model, self._services, self),
            DeliveryLight(self.light_bar, self._services, self),
            VolumePresenter(self.column.card, self.model, self._services, self),
            DeviceToasts(self._services, self, self.column),
            StripPresenter(self.strip, self._services, self),
            PasswordAsking(
                self._services.bus, self.model, self.open_settings, self.settings_stage.account_form
            ),
        )

    def _connect(self) -> None:
        self.stage.front_changed.connect(self._mark_tab)
        self.column.card.slot_closed.connect(self.settle)
        self.model.changed.connect(lambda now, before: self._show_situation(now, before))
        self._actions["settings"].triggered.connect(self._toggle_settings)
        self._actions["practice"].triggered.connect(lambda: self.open_settings("practice"))
        self._actions["search"].triggered.connect(self._search)
        self._actions["undo"].triggered.connect(self.toast.undo)
        self._actions["pane_1"].triggered.connect(lambda: self._go("left"))
        self._actions["pane_2"].triggered.connect(lambda: self._go("middle"))
        self._actions["pane_3"].triggered.connect(lambda: self._go("right"))
        self._actions["next_pane"].triggered.connect(lambda: self._places.step(1))
        self._actions["previous_pane"].triggered.connect(lambda: self._places.step(-1))

    # situations
    def _show_situation(self, situation: Situation, before: Situation) -> None:
        by_itself = self._shared.rests() and self._places.typing
        self.stage.show_situation(situation, by_itself)
        self._mark_tab()
        self.top_bar.mark_settings(situation == "settings")
        self.top_bar.mark_crisis(situation == "crisis")
        self.panes.entered(situation, before)
        self._place_toast()
        self._places.settle(situation, by_itself, done=(before, situation) == ("wrap_up", "idle"))

    def _mark_tab(self) -> None:
        self.top_bar.mark_front(self.stage.front if self.stage.currentIndex() == 0 else None)

    def _toggle_settings(self) -> None:
        if self.model.opened.settings:
            self._close_settings()
        else:
            self.open_settings(self.settings_stage.page)

    def _close_settings(self) -> None:
        self.model.opened.settings = False
        self.model.refresh()

    def _search(self) -> None:
        """The panes have put the cursor into the field: let it be seen."""
        if self.situation == "settings":
            self._go("right")

    def _go(self, place: Place) -> None:
        """Alt+1..3: settings that cover the place are left."""
        if self.situation == "settings" and not self._places.can_be_seen(place):
            self._close_settings()
        self._places.go(place)

    def confirms(self) -> str:
        """Which action Ctrl+Enter means now, "" for none."""
        return self._shared.confirms()

    def rests(self) -> bool:
        """Whether the other side has ended a call within the last second."""
        return self._shared.rests()

    def can_undo(self) -> bool:
        """Whether a message offers to take something back."""
        return self.toast.can_undo

    def settle(self) -> None:
        """Put the focus where the hands are needed, where it is nowhere."""
        if QApplication.focusWidget() is None:
            self._places.settle(self.situation)

    def _covered(self) -> bool:
        return self.commands.is_open or self.situation in ("settings", "first_start")

    def _close_layer(self) -> bool:
        """Esc: the window's own top layer."""
        if self.commands.is_open:
            self.commands.close()
        elif self.state_menu.isVisible():
            self.state_menu.close_menu()
        elif self.column.card.asking or self.column.card.sets_volume:
            self.column.card.close_slot()
        elif self.situation == "settings":
            self._close_settings()
        elif self.situation == "first_start":
            self.first_start.escape()
        else:
            return False
        return True

    # geometry and end
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._announcer.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._looks.set_room(self.width(), self.height())
        self._place_toast()

    def _place_toast(self) -> None:
        self.toast.stand_in(self.stage.middle if self.stage.middle.isVisible() else self.stage)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()
