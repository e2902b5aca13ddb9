"""Text messages: kept few, bounded in a flood, answered over the real line only."""

from __future__ import annotations

import asyncio

import pytest

from desktop.domain.errors import PhoneError
from desktop.domain.events import TextsChanged
from desktop.domain.phone import TextCame
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.text_service import AT_ONCE, KEPT, TextService
from tests.services.world import ObedientPhone
from tests.ui.phone_fakes import FakeClock


def service(scenario: str = "") -> tuple[TextService, EventBus, FakeClock, ObedientPhone, list[int]]:
    phone, bus, clock = ObedientPhone(), EventBus(), FakeClock()
    line = CurrentLine(Line(phone, None, scenario))  # type: ignore[arg-type]
    told: list[int] = []
    bus.subscribe(TextsChanged, lambda event: told.append(event.unread))
    return TextService(line, bus, clock), bus, clock, phone, told


def test_the_newest_come_first_and_reading_is_told_once() -> None:
    texts, bus, _clock, _phone, told = service()
    for words in ("one", "  ", "two"):
        bus.publish(TextCame("sip:120@city", words))
    assert [each.text for each in texts.texts] == ["two", "one"]
    texts.read(2)
    texts.read(2)
    texts.read(99)
    assert told == [1, 2, 1]
    assert [each.text for each in texts.unread] == ["one"]


def test_a_flood_is_cut_and_old_ones_make_room() -> None:
    texts, bus, clock, _phone, _told = service()
    for number in range(500):
        bus.publish(TextCame("sip:flood@city", str(number)))
    assert len(texts.texts) == AT_ONCE
    for number in range(KEPT):
        clock.go(1)
        bus.publish(TextCame("sip:120@city", f"slow {number}"))
    assert len(texts.texts) == KEPT
    assert texts.texts[-1].text == "slow 0"


def test_an_answer_goes_to_the_sender_and_waits_for_the_end_of_practice() -> None:
    texts, bus, _clock, phone, _told = service()
    bus.publish(TextCame("sip:120@city", "where"))
    asyncio.run(texts.answer(1, "here"))
    asyncio.run(texts.answer(7, "to nobody"))
    assert phone.told == [("text", "sip:120@city", "here")]
    assert (texts.texts[0].read, texts.texts[0].answered) == (True, "here")
    practising, bus, _clock, phone, _told = service("S01")
    bus.publish(TextCame("sip:120@city", "where"))
    with pytest.raises(PhoneError):
        asyncio.run(practising.answer(1, "here"))
    assert phone.told == []
