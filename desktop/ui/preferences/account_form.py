"""The phone account: four fields."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.preferences.fields import FieldRow
from desktop.ui.preferences.sound_check_port import AccountPort
from desktop.ui.widgets import Button, Field, Paragraph, col, row
from desktop.ui.window_hooks import WindowHooks


class AccountForm(QWidget):
    """Address and user are checked for what SIP needs; the password is never shown again."""

    def __init__(self, port: AccountPort, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._port, self._window = port, window
        self.address, self.registrar, self.user, self.password = (Field() for _ in range(4))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._rows = tuple(
            FieldRow(field) for field in (self.address, self.registrar, self.user, self.password)
        )
        self._problem = Paragraph("", "caption", "warnText")
        self.keep = Button(kind="primary", icon="check")
        self.keep.clicked.connect(self._save)
        layout = col(self, gap="xs")
        for field in self._rows:
            layout.addWidget(field)
        layout.addWidget(self._problem)
        foot = row()
        foot.addStretch()
        foot.addWidget(self.keep)
        layout.addLayout(foot)
        layout.addStretch()
        for edit in (self.address, self.registrar, self.user, self.password):
            edit.returnPressed.connect(self._save)
        self.retranslate()

    def retranslate(self) -> None:
        address, registrar, user, password = self._rows
        address.set_words(
            self.tr("SIP address"), self.tr("As your IT wrote it, such as sip:1001@pbx.example")
        )
        registrar.set_words(self.tr("Server"), self.tr("Empty: the part of the address after @."))
        user.set_words(self.tr("User name"), self.tr("Empty: the part of the address before @."))
        password.set_words(self.tr("Password"), self.tr("Kept by the system's key store, never in a file."))
        self.keep.setText(self.tr("Save and connect"))

    def enter(self) -> None:
        """The page is seen."""
        self.address.setText(self._port.address())
        self._problem.set("")

    def ask_password(self) -> None:
        """The server wants a password that nobody has given yet."""
        self._problem.set(
            self.tr("The server asks for the password of {address}.").format(address=self._port.address())
        )
        self.password.setFocus()

    def _save(self) -> None:
        address = self.address.text().strip()
        others = self.registrar.text().strip() or self.user.text().strip()
        if self.password.text() and address and address == self._port.address() and not others:
            self._problem.set("")
            self._window.start(self._keep_password(), "save password")
            return
        if not address.startswith(("sip:", "sips:")):
            address = f"sip:{address}"
        user, _, domain = address.partition(":")[2].partition("@")
        if not user or not domain or any(sign in address for sign in ' <>"\t'):
            self._problem.set(self.tr("The address needs a user and a server: sip:1001@pbx.example"))
            self.address.setFocus()
            return
        self._problem.set("")
        registrar = self.registrar.text().strip() or f"sip:{domain}"
        if not registrar.startswith(("sip:", "sips:")):
            registrar = f"sip:{registrar}"
        self._window.start(self._keep(address, registrar, self.user.text().strip() or user), "save account")

    async def _keep_password(self) -> None:
        kept = await self._port.give_password(self.password.text())
        self.password.clear()
        if kept:
            self._window.show_toast(self.tr("The password is saved."))
        else:
            self._window.show_toast(
                self.tr("The password is used until the desk is closed: no key store here.")
            )

    async def _keep(self, address: str, registrar: str, user: str) -> None:
        kept = await self._port.save(address, registrar, user, self.password.text())
        self.password.clear()
        if kept:
            self._window.show_toast(self.tr("The account is saved."))
        else:
            self._window.show_toast(
                self.tr(
                    "The account is saved, the password only until the desk is closed: no key store here."
                )
            )
