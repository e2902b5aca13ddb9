from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.phone import Registration
from desktop.settings import Problem, ProblemKind
from desktop.ui.preferences.account_form import AccountForm
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import FakeAccounts


def test_language_then_name_then_practice_by_keys(make_window: WindowFactory) -> None:
    window, desk = make_window(language="")
    assert str(window.situation) == "first_start"
    assert window.first_start.asks_language
    desk.do(lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_2))
    assert desk.settings.current.language == "en"
    assert window.column.card.buttons["answer"].text() == "Answer"
    assert window.first_start.name.hasFocus()
    desk.do(lambda: QTest.keyClicks(window.first_start.name, "Dasan Kim"))
    desk.do(lambda: QTest.keyClick(window.first_start.name, Qt.Key.Key_Return))
    desk.do(lambda: QTest.keyClicks(window.first_start.number, "1207"))
    desk.do(lambda: QTest.keyClick(window.first_start.number, Qt.Key.Key_Return))
    assert window.first_start.practice.hasFocus()
    desk.do(lambda: QTest.keyClick(window.first_start.practice, Qt.Key.Key_Return))
    assert desk.practice_line.begun == ["S01"]
    assert (desk.settings.current.agent_name, desk.settings.current.agent_number) == ("Dasan Kim", "1207")
    assert desk.services.calls.agent_name == "Dasan Kim"
    assert str(window.situation) == "idle"


def test_practice_is_first_and_largest(make_window: WindowFactory) -> None:
    window, desk = make_window(language="")
    desk.do(lambda: window.first_start.choose_language("ko"))
    practice, account, sound = (
        window.first_start.practice,
        window.first_start.account,
        window.first_start.sound,
    )
    assert practice.y() < min(account.y(), sound.y())
    assert practice.width() * practice.height() > 2 * account.width() * account.height()


def test_later_shows_the_desk_and_it_is_not_asked_again(make_window: WindowFactory) -> None:
    window, desk = make_window(language="")
    desk.do(lambda: QTest.keyClick(window, Qt.Key.Key_Escape))
    assert str(window.situation) == "first_start"
    desk.do(lambda: window.first_start.choose_language("ko"))
    desk.do(lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape))
    assert str(window.situation) == "idle"


def test_a_call_comes_through_the_first_start(make_window: WindowFactory) -> None:
    window, desk = make_window(language="")
    desk.do(desk.phone.ring)
    assert str(window.situation) == "ringing"


def test_account_is_checked_kept_and_the_password_forgotten(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: window.open_settings("account"))
    form = window.settings_stage.page_of("account")
    assert isinstance(form, AccountForm)
    form.address.setText("1001")
    desk.do(form.keep.click)
    assert desk.accounts.saved is None
    form.address.setText("1001@pbx.example")
    form.password.setText("secret")
    desk.do(form.keep.click)
    assert desk.accounts.saved == ("sip:1001@pbx.example", "sip:pbx.example", "1001", "secret")
    assert form.password.text() == ""
    assert window.toast.text == "The account is saved."


def test_without_a_key_store_the_window_says_so(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: window.open_settings("account"))
    form = window.settings_stage.page_of("account")
    assert isinstance(form, AccountForm)
    accounts = form._port
    assert isinstance(accounts, FakeAccounts)
    accounts.key_store = False
    form.address.setText("sip:1001@pbx.example")
    desk.do(form.keep.click)
    assert "only until the desk is closed" in window.toast.text


def test_a_password_that_the_server_wants_is_asked_for_once_and_never_over_a_call(
    make_window: WindowFactory,
) -> None:
    window, desk = make_window(language="en")
    desk.accounts.saved = ("sip:1001@pbx.example", "sip:pbx.example", "1001", "")
    form = window.settings_stage.account_form()
    desk.do(desk.phone.ring)
    desk.do(lambda: desk.phone.say(Registration("failed", 401, trouble="no_password")))
    assert str(window.situation) == "ringing"
    desk.do(lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F8))
    assert ("reject", "c1", 486) in desk.phone.told
    QApplication.processEvents()
    assert (str(window.situation), window.settings_stage.page) == ("settings", "account")
    assert form.password.hasFocus()
    assert form._problem.text() == "The server asks for the password of sip:1001@pbx.example."
    desk.accounts.key_store = False
    form.password.setText("secret")
    desk.do(form.keep.click)
    assert (desk.accounts.given, form.password.text()) == ("secret", "")
    assert "until the desk is closed" in window.toast.text
    assert desk.accounts.saved[1] == "sip:pbx.example", "nothing else of the account was touched"
    desk.do(window.action("settings").trigger)
    desk.do(lambda: desk.phone.say(Registration("failed", 401, trouble="no_password")))
    QApplication.processEvents()
    assert str(window.situation) == "idle"
    assert "Settings" in window.light_bar.phone.toolTip()


def test_sound_check_opens_measures_and_closes(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(window.action("settings").trigger)
    assert desk.sound.told[-1] == "listen"
    desk.do(window.action("sound_check").trigger)
    assert "tone" in desk.sound.told
    desk.do(window.action("settings").trigger)
    assert desk.sound.told[-1] == "stop"


def test_pages_of_the_settings_by_arrows(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko", theme="light")
    desk.do(window.action("settings").trigger)
    desk.do(lambda: QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Down))
    assert window.settings_stage.page == "display"
    page = window.settings_stage.page_of("display")
    desk.do(lambda: page._theme.choose(2))  # type: ignore[attr-defined]
    assert desk.settings.current.theme == "dark"
    assert window.palette().window().color().name() == "#12171a"


def test_a_wrong_setting_is_named(make_window: WindowFactory, tmp_path: Path) -> None:
    window, desk = make_window(language="en")
    problem = Problem(
        ProblemKind.WRONG_VALUE, tmp_path / "settings.toml", "theme", "must be text", '"system"'
    )
    desk.settings.problems = (problem,)
    desk.do(window.settings_changed)
    desk.do(lambda: window.settings_stage.show_page("display"))
    desk.settings.change(language="ko")
    desk.do(window.settings_changed)
    assert "theme" in window.column.card.notice_text
