"""What a screen reader does to the desk: walk its tree over AT-SPI, press and write through it, hear announcements.

AT-SPI is D-Bus: https://gitlab.gnome.org/GNOME/at-spi2-core, the interfaces Accessible, Action, EditableText, Event.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ATSPI = "org.a11y.atspi"
REGISTRY, ROOT = f"{ATSPI}.Registry", "/org/a11y/atspi/accessible/root"
ENABLED, FOCUSED, SHOWING, CHECKED = 8, 12, 25, 4
"""Numbers of states in AT-SPI's set."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the tree as it was when it was read."""

    bus_name: str
    path: str
    role: str
    name: str
    description: str
    states: frozenset[int]
    children: tuple[Part, ...] = field(repr=False, default=())

    def all(self) -> Iterator[Part]:
        """This one and everything below it."""
        yield self
        for child in self.children:
            yield from child.all()


class ScreenReader:
    """`address` is the session's bus, on which AT-SPI is started. `said` are (sentence, urgent)."""

    def __init__(self, address: str) -> None:
        self.said: list[tuple[str, bool]] = []
        with open_dbus_connection(bus=address) as session:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            bus = session.send_and_get_reply(new_method_call(place, "GetAddress")).body[0]
        self._connection: DBusConnection = open_dbus_connection(bus=bus)
        self._ear: DBusConnection = open_dbus_connection(bus=bus)
        self._over = threading.Event()
        self._hearing = self._listen(self._ear)

    def close(self) -> None:
        """Leave the bus."""
        self._over.set()
        self._hearing.join(5)
        self._ear.close()
        self._connection.close()

    def _listen(self, ear: DBusConnection) -> threading.Thread:
        rule = MatchRule(type="signal", interface=f"{ATSPI}.Event.Object", member="Announcement")
        ear.send_and_get_reply(message_bus.AddMatch(rule))
        place = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        wish = new_method_call(place, "RegisterEvent", "sass", ("object:announcement", [], ""))
        ear.send_and_get_reply(wish)
        hearing = threading.Thread(target=self._hear, args=(ear,), daemon=True)
        hearing.start()
        return hearing

    def _hear(self, ear: DBusConnection) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                message = ear.receive(timeout=0.2)
                if message.header.message_type is MessageType.signal and len(message.body) >= 4:
                    _kind, urgency, _rest, (_signature, text) = message.body[:4]
                    self.said.append((str(text), urgency > 1))

    def _ask(self, bus_name: str, path: str, interface: str, verb: str, *given: object) -> object:
        place = DBusAddress(path, bus_name, f"{ATSPI}.{interface}")
        signature = "".join("i" if isinstance(each, int) else "s" for each in given) or None
        reply = self._connection.send_and_get_reply(
            new_method_call(place, verb, signature, given), timeout=10
        )
        if reply.header.message_type is MessageType.error:
            raise LookupError(f"{verb}: {reply.header.fields[HeaderFields.error_name]}")
        return reply.body[0] if reply.body else None

    def _property(self, bus_name: str, path: str, name: str) -> str:
        place = DBusAddress(path, bus_name, f"{ATSPI}.Accessible")
        reply = self._connection.send_and_get_reply(Properties(place).get(name), timeout=10)
        return str(reply.body[0][1])

    def _read(self, bus_name: str, path: str) -> Part:
        asked = (bus_name, path, "Accessible")
        words = cast(Sequence[int], self._ask(*asked, "GetState"))
        states = frozenset(bit for bit in range(64) if words[bit // 32] >> bit % 32 & 1)
        role = str(self._ask(*asked, "GetRoleName"))
        below: tuple[Part, ...] = ()
        if SHOWING in states or path == ROOT:
            children = self._ask(*asked, "GetChildren")
            below = tuple(self._read(*child) for child in children)  # type: ignore[attr-defined]
        shown = tuple(part for part in below if SHOWING in part.states or part.role == "list item")
        name, description = (self._property(bus_name, path, each) for each in ("Name", "Description"))
        return Part(bus_name, path, role, name, description, states, shown)

    def tree(self, application: str = "dasan-desk") -> Part | None:
        """All that is shown of a program, None while it is not there. What vanishes meanwhile is read anew."""
        for bus_name, path in self._ask(REGISTRY, ROOT, "Accessible", "GetChildren"):  # type: ignore[attr-defined]
            if self._property(bus_name, path, "Name") == application:
                for _ in range(5):
                    with contextlib.suppress(LookupError):
                        return self._read(bus_name, path)
        return None

    def find(self, name: str, role: str = "", enabled: bool = True, seconds: float = 30.0) -> Part:
        """Wait for a part whose name begins so."""
        deadline, names = time.monotonic() + seconds, list[str]()
        while time.monotonic() < deadline:
            root = self.tree()
            parts = list(root.all()) if root is not None else []
            names = [f"{part.role} {part.name}" for part in parts if part.name]
            for part in parts:
                fits = part.name.startswith(name) and role in ("", part.role)
                if fits and (ENABLED in part.states or not enabled):
                    return part
            time.sleep(0.1)
        raise AssertionError(f"no {role} {name!r} within {seconds:.0f} s; there are {names}")

    def press(self, part: Part) -> None:
        """Its first action: press, or toggle."""
        assert self._ask(part.bus_name, part.path, "Action", "DoAction", 0), part

    def write(self, part: Part, text: str) -> None:
        """Replace what stands in a field."""
        assert self._ask(part.bus_name, part.path, "EditableText", "SetTextContents", text), part

    def hears(self, words: str, urgent: bool, seconds: float = 20.0) -> None:
        """Wait until a sentence with these words has been announced."""
        deadline = time.monotonic() + seconds
        while not any(words in text and how is urgent for text, how in self.said):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)


def wait(what: Callable[[], object], seconds: float = 20.0) -> None:
    """Until something is true."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.1)
