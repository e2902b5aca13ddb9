"""The line that the desk works on: real calls, or one practice call with a phone and a database of its own."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.ports import Phone, Records


@dataclass(slots=True)
class Line:
    """A phone and the records that its calls go to; `scenario` is empty for real calls."""

    phone: Phone
    records: Records
    scenario: str = ""
    title: str = ""


@dataclass(slots=True)
class CurrentLine:
    """Which line the services use now; switched only while no call is on."""

    line: Line

    @property
    def phone(self) -> Phone:
        """The phone of the line."""
        return self.line.phone

    @property
    def records(self) -> Records:
        """The database of the line."""
        return self.line.records

    @property
    def practice(self) -> bool:
        """Whether a practice call is being taken."""
        return bool(self.line.scenario)
