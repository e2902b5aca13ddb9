"""Where reports go. A target that cannot be meant is refused with a sentence; whether it answers is seen later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class HttpsTarget:
    """A web address that takes reports by POST. `ca_file`: trust only the certificates in it, "" the system's.

    The bearer token is in the keyring under `secret_name(name)`; without one the request carries none.
    """

    name: str
    label: str
    url: str
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_name(self.name, self.label)
        try:
            parts = urlsplit(self.url)
            port = parts.port
        except ValueError as error:
            raise ValueError("url: is no web address") from error
        if _CONTROL.search(self.url) or not self.url.isascii() or " " in self.url:
            raise ValueError("url: only plain signs without spaces are possible")
        if parts.scheme != "https":
            raise ValueError("url: must begin with https://")
        if not parts.hostname or port == 0:
            raise ValueError("url: names no host")
        if parts.username is not None or parts.password is not None:
            raise ValueError("url: a name or password does not belong here; put the token into the keyring")
        if parts.fragment:
            raise ValueError("url: must have no # part")
        _check_file("ca_file", self.ca_file)


@dataclass(frozen=True, slots=True)
class SmtpTarget:
    """A mailbox, reached by a mail server with STARTTLS. `user` "" sends without logging in.

    The password is in the keyring under `secret_name(name)`.
    """

    name: str
    label: str
    host: str
    sender: str
    recipient: str
    port: int = 587
    user: str = ""
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_name(self.name, self.label)
        if not _HOST.fullmatch(self.host):
            raise ValueError("host: is no host name or address")
        if not 0 < self.port < 65536:
            raise ValueError("port: must be from 1 to 65535")
        for field, mailbox in (("sender", self.sender), ("recipient", self.recipient)):
            if not _MAILBOX.fullmatch(mailbox):
                raise ValueError(f"{field}: must be one plain mail address")
        if _CONTROL.search(self.user) or not self.user.isascii() or len(self.user) > 200:
            raise ValueError("user: must be at most 200 plain signs")
        _check_file("ca_file", self.ca_file)


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder that others read, on a share or on this machine; it must exist."""

    name: str
    label: str
    folder: str

    def __post_init__(self) -> None:
        _check_name(self.name, self.label)
        if not self.folder:
            raise ValueError("folder: is missing")
        _check_file("folder", self.folder)


Target = HttpsTarget | SmtpTarget | FolderTarget


def secret_name(target: str) -> str:
    """The account under which the keyring has the token or password of a target."""
    return f"delivery:{target}"


def _check_name(name: str, label: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError("name: 1 to 40 of a-z, 0-9 and -, a letter or digit first")
    if not label.strip() or len(label) > 100 or _CONTROL.search(label):
        raise ValueError("label: 1 to 100 signs without control characters")


def _check_file(field: str, path: str) -> None:
    if _CONTROL.search(path) or len(path) > 1000:
        raise ValueError(f"{field}: must be at most 1000 signs without control characters")
