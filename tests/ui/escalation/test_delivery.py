"""What the window says of reports on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from desktop.domain.delivery import ADVICE, Delivery, DeliveryState, Trouble
from desktop.domain.events import DeliveryChanged
from desktop.ui.escalation import delivery_words
from tests.ui.conftest import WindowFactory

MOMENT = datetime(2026, 11, 26, 10, 32, tzinfo=UTC)
WAITING = Delivery("e1-3-unit", "e1", 3, False, "unit", "민원지원팀", MOMENT)


def test_every_advice_can_be_translated() -> None:
    assert set(delivery_words._SENTENCES) == set(ADVICE.values())


def test_arrival_is_told_once_and_trouble_stands_until_it_ends(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    bus = desk.services.bus

    def tell(delivery: Delivery) -> None:
        desk.do(lambda: bus.publish(DeliveryChanged("e1", (delivery,))))

    tell(WAITING)
    assert window.column.card.notice_text == ""
    tell(replace(WAITING, trouble=Trouble.UNREACHABLE))
    assert window.column.card.notice_text == "", "what mends itself is no news"
    tell(replace(WAITING, trouble=Trouble.NOT_ALLOWED))
    assert "token" in window.column.card.notice_text
    done = replace(WAITING, state=DeliveryState.DELIVERED, delivered=MOMENT)
    tell(done)
    assert window.column.card.notice_text == ""
    assert window.toast.text.endswith("delivered to 민원지원팀")
    window.show_toast("something else")
    tell(done)
    assert window.toast.text == "something else"


def test_what_waits_stands_in_the_lights_with_its_reason(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    light, bus = window.light_bar.delivery, desk.services.bus

    def tell(*deliveries: Delivery) -> None:
        desk.do(lambda: bus.publish(DeliveryChanged("e1", deliveries)))

    assert light.isHidden()
    more = replace(WAITING, key="e1-4-unit", number=4, supplement=True)
    tell(WAITING, more)
    assert (light.text(), light.state) == ("1 report on the way", "off")
    tell(replace(WAITING, trouble=Trouble.UNREACHABLE), more)
    assert light.state == "warn"
    assert "cannot be reached" in light.toolTip()
    other = replace(WAITING, key="e2-1-unit", escalation_id="e2", trouble=Trouble.NOT_ALLOWED)
    tell(other)
    assert light.text() == "2 reports on the way"
    assert "token" in light.toolTip(), "what needs somebody comes first"
    arrived = replace(WAITING, state=DeliveryState.DELIVERED, delivered=MOMENT)
    tell(replace(arrived, key=other.key, escalation_id="e2"))
    assert "cannot be reached" in light.toolTip()
    tell(arrived, more)
    assert light.isHidden()
    tell(WAITING)
    assert light.isVisible()
    tell(replace(WAITING, state=DeliveryState.WITHDRAWN, trouble=Trouble.NOT_ALLOWED))
    assert light.isHidden(), "the agent took it back: nobody has to do anything"
    assert window.column.card.notice_text == ""
