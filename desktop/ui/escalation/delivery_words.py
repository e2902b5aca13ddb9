"""What became of a report on its way, in the reader's words."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.domain.delivery import ADVICE, Delivery, DeliveryState, Trouble
from desktop.ui.transcript.times import clock_text

_SENTENCES = (
    QT_TRANSLATE_NOOP("Delivery", "The receiver cannot be reached; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver did not answer in time; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The connection broke off; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver asks to wait; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver has an error of its own; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The last try has not come to an end; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver's certificate is not trusted, so nothing was sent; tell IT."),
    QT_TRANSLATE_NOOP(
        "Delivery",
        "The file with the trusted certificates cannot be read, so nothing was sent; tell IT.",
    ),
    QT_TRANSLATE_NOOP("Delivery", "The mail server offers no encryption, so nothing was sent; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver does not accept this desk's token or password; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The token or password in the keyring cannot be used; tell IT."),
    QT_TRANSLATE_NOOP(
        "Delivery", "The receiver sends the desk to another place, which it does not follow; tell IT."
    ),
    QT_TRANSLATE_NOOP("Delivery", "Something else answers at the receiver's address; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The mail server does not accept the sender or the recipient; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The shared folder is not there; it is tried again by itself."),
    QT_TRANSLATE_NOOP("Delivery", "The shared folder cannot be written; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The shared folder is full; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The receiver refuses this report; tell IT, then send it again by hand."),
    QT_TRANSLATE_NOOP(
        "Delivery",
        "The receiver holds another report under the same key; tell IT, then send it again by hand.",
    ),
    QT_TRANSLATE_NOOP("Delivery", "The place that this report goes to is no longer set up; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The saved evidence of this report was not found; tell IT."),
    QT_TRANSLATE_NOOP("Delivery", "The program made an error while sending; it is tried again by itself."),
)
"""The sentences of `ADVICE`, where the translators' tool finds them; a test holds both together."""


def advice_words(trouble: Trouble) -> str:
    """What a trouble means and who can end it."""
    return QCoreApplication.translate("Delivery", ADVICE[trouble])


def delivered_words(delivery: Delivery) -> str:
    """That a report has arrived."""
    words = QCoreApplication.translate("Delivery", "{time} delivered to {name}")
    time = clock_text(delivery.delivered) if delivery.delivered else ""
    return words.format(time=time, name=delivery.label)


def waiting_words(delivery: Delivery) -> str:
    """That a report needs somebody, or waits."""
    translate = QCoreApplication.translate
    advice = f" {advice_words(delivery.trouble)}" if delivery.trouble else ""
    if delivery.state is DeliveryState.DEAD:
        return translate("Delivery", "The report did not reach {name}.").format(name=delivery.label) + advice
    return translate("Delivery", "The report to {name} waits.").format(name=delivery.label) + advice


def sent_by_itself_words() -> str:
    """That a report which nobody completed is on its way."""
    return QCoreApplication.translate(
        "Delivery", "A report that nobody completed was sent by itself. Open its call to complete it."
    )
