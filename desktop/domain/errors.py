"""Errors that carry a sentence for the person who can do something about them."""

from __future__ import annotations


class DeskError(Exception):
    """Something outside the program is not as it should be; `str(error)` says what to do."""


class StorageError(DeskError):
    """Records can't be read or written; `kind` is full, read_only, damaged, newer, closed, or ""."""

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind


class NewerDatabaseError(StorageError):
    """The database file was written by a newer version and was left untouched."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "newer")


class PhoneError(DeskError):
    """The phone refused a command."""
