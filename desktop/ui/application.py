"""The Qt application: fonts, translation, colours, and how they follow settings and system at run time."""

from __future__ import annotations

import logging
import os
import sys

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.settings import Settings
from desktop.ui import pseudo
from desktop.ui.garbage import GarbageCollector
from desktop.ui.theme.fonts import load_fonts
from desktop.ui.theme.look import Layout, Look, Theme, apply, layout_for, look, retranslate

LANGUAGES = ("ko", "en")
FAILED = 1
ROOM = (1366, 768)
"""Size that a window is thought to have until it tells its own."""
OFFSCREEN_REMARK = "This plugin does not support"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
log = logging.getLogger("desktop.qt")


def make_application(settings: Settings) -> QApplication:
    """The one QApplication, looking as `settings` say. Keep what it returns."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(paths.APPLICATION)
    application.setApplicationDisplayName("")
    application.setDesktopFileName(paths.APPLICATION)
    # Whoever runs the desk ends it: records are written after the window has gone.
    application.setQuitOnLastWindowClosed(False)
    if application.findChild(GarbageCollector) is None:
        GarbageCollector(application)
    load_fonts(paths.resources() / "fonts")
    controller_of(application).follow(settings)
    return application


def log_qt_messages() -> None:
    """Send Qt's own messages to the log; what Qt would abort over ends the process with exit code 1 and a sentence."""
    qInstallMessageHandler(_log_message)


def _log_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log; what only the platform without a screen has to say is no warning."""
    level = _LEVELS.get(kind, logging.WARNING)
    log.log(logging.DEBUG if text.startswith(OFFSCREEN_REMARK) else level, "%s", text)
    if kind is QtMsgType.QtFatalMsg:
        what = text.partition("\n")[0].rstrip(".") or "Qt cannot go on"
        print(
            f"dasan-desk: {what}; run dasan-desk doctor to see what is missing.", file=sys.stderr, flush=True
        )
        os._exit(FAILED)  # on return Qt would abort, and the system would keep a core dump


def controller_of(application: QApplication) -> LookController:
    """The controller that `make_application` left with the application; a new one where there is none."""
    found = application.findChild(LookController)
    return found if found is not None else LookController(application)


def running_controller() -> LookController:
    """The controller of the application that runs."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return controller_of(application)


def language_of(settings: Settings) -> str:
    """The chosen language, else the system's where it is one of ours, else English."""
    if settings.language in LANGUAGES:
        return settings.language
    system = QLocale.system().name()[:2]
    return system if system in LANGUAGES else "en"


class LookController(QObject):
    """Turns settings, window width and the system's colour scheme into the look in force."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._settings = Settings()
        self._translators: list[QTranslator] = []
        self._loaded = ("", False)
        self._applied = False
        self._room = ROOM
        # Both are kept: Python's hold on the one does not keep the other.
        self._hints = application.styleHints()
        self._access = self._hints.accessibility()
        self._told = False
        self._hints.colorSchemeChanged.connect(lambda _scheme: self._apply())
        self._access.contrastPreferenceChanged.connect(lambda _wanted: self._apply())

    def follow(self, settings: Settings) -> None:
        """Make these settings the look of now."""
        self._settings = settings
        self._apply()

    def set_room(self, width: int, height: int) -> None:
        """The window has this size now, in pixels; its layout follows."""
        before, self._room = self._layout(), (width, height)
        if self._layout() != before:
            self._apply()

    def wish_contrast(self, wished: bool) -> None:
        """The system asks for high contrast by another way than the one that Qt knows, or no longer."""
        if wished != self._told:
            self._told = wished
            self._apply()

    def _layout(self) -> Layout:
        return layout_for(*self._room, self._settings.text_size / 100)

    def _apply(self) -> None:
        language = language_of(self._settings)
        lengthened = bool(os.environ.get(pseudo.VARIABLE))
        other_words = (language, lengthened) != self._loaded
        if other_words:
            self._translate(language, lengthened)
        before = look().language
        wanted = Look(self._theme(), self._settings.text_size / 100, language, self._layout())
        # Most settings change no look, and every widget would be laid out and painted anew.
        if not self._applied or wanted != look():
            self._applied = True
            apply(self._application, wanted)
        if other_words and before == language:
            retranslate(self._application)

    def _theme(self) -> Theme:
        wanted = self._settings.theme
        own = wanted if wanted in ("light", "dark") else ""
        dark = own == "dark" or (not own and self._hints.colorScheme() is Qt.ColorScheme.Dark)
        asked = self._access.contrastPreference() is Qt.ContrastPreference.HighContrast
        # The system's wish goes before the colours that were chosen here.
        if wanted == "contrast" or asked or self._told:
            return "contrast_dark" if dark else "contrast_light"
        return "dark" if dark else "light"

    def _translate(self, language: str, lengthened: bool) -> None:
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []
        self._loaded = (language, lengthened)
        own = QTranslator(self)
        if own.load(f"desktop_{language}", str(paths.translations())):
            self._translators.append(own)
        if lengthened:
            self._translators.append(pseudo.PseudoTranslator(own, self))
        qt = QTranslator(self)
        if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._translators.append(qt)
        for translator in self._translators:
            self._application.installTranslator(translator)
