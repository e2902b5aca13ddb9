"""Errors that carry a sentence for the person who can do something about them."""

from __future__ import annotations


class DeskError(Exception):
    """Something outside the program is not as it should be; `str(error)` says what to do."""


class StorageError(DeskError):
    """Records can't be read or written."""


class NewerDatabaseError(StorageError):
    """The database file was written by a newer version and was left untouched."""


class PhoneError(DeskError):
    """The phone refused a command."""
