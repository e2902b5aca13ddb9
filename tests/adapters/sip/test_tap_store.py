"""The minute of audio that waits for its acknowledgement."""

from __future__ import annotations

from desktop.adapters.sip.tap_store import KEEP_S, TapStore
from desktop.adapters.tap.protocol import Audio, Unpacker

RATE, FRAME = 16_000, 320


def taken(store: TapStore) -> list[Audio | dict[str, object]]:
    unpacker, messages = Unpacker(), list[Audio | dict[str, object]]()
    while (data := store.take()) is not None:
        messages += unpacker.feed(data)
    return messages


def speaking(store: TapStore, seconds: float, first: int = 0) -> int:
    for number in range(first, first + int(seconds * RATE), FRAME):
        store.add("c1", "caller", number, bytes([number // FRAME % 256]) * FRAME * 2)
    return first + int(seconds * RATE)


def audio_of(messages: list[Audio | dict[str, object]]) -> list[Audio]:
    return [message for message in messages if isinstance(message, Audio)]


def test_a_leg_is_announced_then_sent_then_ended() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    end = speaking(store, 2.5)
    store.end("c1")
    messages = taken(store)
    assert messages[0] == {"tap": "call", "call": "c1", "leg": "caller", "clock_rate": RATE}
    assert messages[-1] == {"tap": "end", "call": "c1"}
    parts = audio_of(messages)
    assert [part.first for part in parts] == [0, 16_000, 32_000]
    assert sum(len(part.samples) // 2 for part in parts) == end
    assert taken(store) == []


def test_a_pause_is_a_jump_in_the_numbers_and_never_joined() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    speaking(store, 0.1)
    speaking(store, 0.1, first=32_000)
    assert [part.first for part in audio_of(taken(store))] == [0, 32_000]


def test_what_was_not_acknowledged_is_sent_again_to_the_next_one() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    end = speaking(store, 3.0)
    taken(store)
    store.acknowledge("c1", "caller", 16_000)
    store.rewind()
    again = taken(store)
    assert again[0] == {"tap": "call", "call": "c1", "leg": "caller", "clock_rate": RATE}
    assert audio_of(again)[0].first == 16_000
    store.acknowledge("c1", "caller", end)
    store.rewind()
    assert audio_of(taken(store)) == []


def test_an_ended_call_is_forgotten_once_all_is_acknowledged() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    end = speaking(store, 1.0)
    store.end("c1")
    taken(store)
    store.acknowledge("c1", "caller", end)
    store.rewind()
    assert taken(store) == []


def test_a_minute_is_kept_and_no_more() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    end = speaking(store, KEEP_S + 5.0)
    parts = audio_of(taken(store))
    assert parts[0].first == 5 * RATE
    assert parts[-1].first + len(parts[-1].samples) // 2 == end


def test_calls_that_nobody_fetches_do_not_pile_up() -> None:
    store = TapStore()
    for number in range(10):
        store.begin(f"c{number}", "caller", RATE)
        store.end(f"c{number}")
    assert len([m for m in taken(store) if isinstance(m, dict) and m["tap"] == "end"]) == 4


def test_for_speech_a_call_has_a_key_that_stays_until_the_call_is_text() -> None:
    store = TapStore(with_keys=True)
    for leg in ("caller", "agent"):
        store.begin("c1", leg, RATE)
    store.begin("c2", "caller", RATE)
    end = speaking(store, 1.0)
    store.end("c1")
    told = [m for m in taken(store) if isinstance(m, dict) and m["tap"] == "call"]
    keys = [str(message["key"]) for message in told]
    assert keys[0] == keys[1] != keys[2]
    assert len(bytes.fromhex(keys[0])) == 32
    store.acknowledge("c1", "caller", end)
    store.rewind()
    again = [m for m in taken(store) if isinstance(m, dict) and m.get("call") == "c1"]
    assert [message["tap"] for message in again] == ["call", "call", "end"], "all of it may be on disk"
    assert again[0]["key"] == keys[0]
    store.finish("c1")
    store.finish("unknown")
    store.rewind()
    assert not any(isinstance(m, dict) and m["call"] == "c1" for m in taken(store))


def losses(messages: list[Audio | dict[str, object]]) -> list[tuple[object, object]]:
    return [(m["first"], m["end"]) for m in messages if isinstance(m, dict) and m["tap"] == "lost"]


def test_what_fell_out_unsent_is_told_once_and_again_to_a_successor() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    end = speaking(store, KEEP_S + 5.0)
    assert losses(taken(store)) == [(0, 5 * RATE)]
    assert losses(taken(store)) == []
    store.rewind()
    assert losses(taken(store)) == [(0, 5 * RATE)]
    store.acknowledge("c1", "caller", 6 * RATE)
    store.rewind()
    assert losses(taken(store)) == []
    assert end == 65 * RATE


def test_what_fell_out_after_it_was_sent_is_lost_only_for_a_successor() -> None:
    store = TapStore()
    store.begin("c1", "caller", RATE)
    half = speaking(store, KEEP_S / 2)
    taken(store)
    speaking(store, KEEP_S / 2 + 5.0, first=half)
    assert losses(taken(store)) == []
    store.rewind()
    messages = taken(store)
    assert losses(messages) == [(0, 5 * RATE)]
    assert audio_of(messages)[0].first == 5 * RATE
