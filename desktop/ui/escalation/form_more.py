"""What the report also has room for and asks nobody: charges, the police. Nothing here takes a digit or the focus."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.escalation import LONGEST_REFERENCE, Charges, ReportForm
from desktop.ui.widgets import ChoiceButton, Choices, Field, Paragraph, col

CHARGES = tuple(Charges)


class FormMore(QWidget):
    """Below what the quick path walks through."""

    charges_changed = Signal(object)
    police_changed = Signal(bool)
    reference_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._charges_title = Paragraph("", "captionStrong", "text2")
        self.charges = Choices([""] * len(CHARGES), [], len(CHARGES))
        self.police = ChoiceButton("", tick=True)
        self.police.set_kind("quiet")
        self.reference = Field()
        self.reference.setMaxLength(LONGEST_REFERENCE)
        form = col(self, gap="s")
        for widget in (self._charges_title, self.charges, self.police, self.reference):
            form.addWidget(widget)
        self.charges.chosen.connect(lambda index: self.charges_changed.emit(CHARGES[index]))
        self.police.clicked.connect(lambda: self.police_changed.emit(self.police.isChecked()))
        self.reference.textEdited.connect(self.reference_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        words = {
            Charges.YES: self.tr("Yes"),
            Charges.NO: self.tr("No"),
            Charges.LATER: self.tr("Later"),
        }
        self._charges_title.set(self.tr("Do you want to press charges?"))
        self.charges.set_question(self._charges_title.text())
        self.charges.set_words([words[each] for each in CHARGES])
        self.police.setText(self.tr("The police were called"))
        self.reference.setPlaceholderText(self.tr("Reference of the police"))
        self.reference.setAccessibleName(self.reference.placeholderText())

    def show_form(self, form: ReportForm) -> None:
        """The form as it stands."""
        self.charges.set_index(CHARGES.index(form.charges) if form.charges else -1)
        self.police.setChecked(bool(form.police_called))
        if self.reference.text() != form.police_reference:
            self.reference.setText(form.police_reference)
