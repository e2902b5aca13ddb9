"""A file over HTTP into a part on disk: resumed where the connection breaks off, never longer than announced.

What comes is hostile until its SHA-256 is right, so that has to be known before: the caller compares it.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, Any

from desktop import __version__
from desktop.adapters.speech_models.names import shown_url
from desktop.domain.speech_models import InstallStopped, ModelRefused
from desktop.paths import open_private, write_private

PATIENCE_S = 20.0
TRIES = 6
"""Connections without a new byte in between, before it is given up for now."""
MOST_TRIES = 100
PIECE = 1 << 18
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_BREAKS = (OSError, http.client.HTTPException)

_log = logging.getLogger(__name__)

Room = Callable[[int], None]
"""Called with the bytes that are still to come: raises ModelRefused where they have no place."""


@dataclass(slots=True)
class _Answer:
    """One answer of the server: from which byte on, and of how many (0: it does not say)."""

    stream: Any
    start: int
    total: int
    mark: str


class FetchBroken(ModelRefused):
    """It could not be fetched now; what came so far is kept for the next try."""


class Broken(Exception):
    """The connection ended before the file did."""


class Fetch:
    """One download. What is fetched lies in `part`, which is kept for the next try where it can go on later."""

    def __init__(
        self,
        url: str,
        part: Path,
        room: Room,
        tell: Callable[[int, int], None],
        stopped: threading.Event,
        pause_s: float = 1.0,
    ) -> None:
        self._url, self._part, self._room, self._tell = url, part, room, tell
        self._stopped, self._pause_s = stopped, pause_s
        self._notes = part.with_suffix(".source")
        self._opener = urllib.request.build_opener(_Redirects)
        self.resumed = False

    def run(self) -> None:
        """Fetch the whole file. Raises FetchBroken, ModelRefused, InstallStopped, OSError of the disk."""
        idle = 0
        for _ in range(MOST_TRIES):
            before = self._have()
            try:
                self._one_connection()
                return
            except Broken as broken:
                _log.info("the download broke off: %s", broken)
                idle = idle + 1 if self._have() <= before else 0
                if idle >= TRIES:
                    raise FetchBroken(
                        f"{shown_url(self._url)} can't be fetched now ({broken}); "
                        "give the same command again: it goes on where it was."
                    ) from broken
            if self._stopped.wait(self._pause_s * idle):
                raise InstallStopped
        raise ModelRefused(f"{shown_url(self._url)} breaks off again and again; fetch it by other means.")

    def forget(self) -> None:
        """Begin from nothing the next time."""
        self._part.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)

    def _one_connection(self) -> None:
        have = self._have()
        notes = self._read_notes() if have else {}
        if have and (notes.get("url") != self._url or not notes.get("mark")):
            # Nothing says that what lies there is the beginning of the same file.
            self.forget()
            have, notes = 0, {}
        try:
            answer = self._ask(have, str(notes.get("mark") or ""))
        except urllib.error.HTTPError as error:
            error.close()
            self._refused(error, have)
            return
        except ValueError as error:
            raise ModelRefused(f"{shown_url(self._url)} is no web address that can be used.") from error
        except _BREAKS as error:
            raise Broken(_reason(error)) from error
        with answer.stream:
            self._take(answer, have)

    def _ask(self, have: int, mark: str) -> _Answer:
        headers = {"User-Agent": f"dasan-desk/{__version__}", "Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": mark}
        request = urllib.request.Request(self._url, headers=headers)
        stream = self._opener.open(request, timeout=PATIENCE_S)
        length, start, total = stream.length or 0, 0, 0
        if stream.status == 206:
            found = _RANGE.fullmatch(stream.headers.get("Content-Range") or "")
            start = int(found[1]) if found else -1
            total = int(found[2]) if found and found[2] != "*" else start + length
        elif length:
            total = length
        return _Answer(stream, start, total, _mark(stream.headers))

    def _refused(self, error: urllib.error.HTTPError, have: int) -> None:
        """The server's no: for good, for now, or because all of it is here."""
        if error.code == 416 and have:
            # All of it is here, or the file has become shorter. The SHA-256 tells.
            self.resumed = True
            return
        if error.code in (408, 425, 429) or error.code >= 500:
            raise Broken(f"the server says {error.code}") from error
        raise ModelRefused(
            f"{shown_url(self._url)} can't be fetched: the server says {error.code}; check the address."
        ) from error

    def _take(self, answer: _Answer, have: int) -> None:
        notes = self._read_notes() if have else {}
        if answer.stream.headers.get("Content-Encoding", "identity") != "identity":
            raise ModelRefused(f"{shown_url(self._url)} is sent packed, though that was not asked for.")
        changed = answer.start != have or (answer.mark and answer.mark != notes.get("mark"))
        if answer.stream.status == 206 and changed:
            # Another file than the one that was begun, or another piece of it than was asked for.
            self.forget()
            raise Broken("the file has changed meanwhile")
        if answer.start != have:
            self.forget()  # the whole file again
            have = 0
        self.resumed = have > 0
        self._room(max(0, answer.total - have))
        if not have:
            write_private(self._notes, json.dumps({"url": self._url, "mark": answer.mark}).encode())
        with _append(self._part) as file:
            self._read(answer, file, have)

    def _read(self, answer: _Answer, file: IO[bytes], have: int) -> None:
        while True:
            if self._stopped.is_set():
                raise InstallStopped
            try:
                piece = answer.stream.read1(PIECE)
            except _BREAKS as error:
                raise Broken(_reason(error)) from error
            if not piece:
                break
            if not answer.total:
                self._room(len(piece))
            file.write(piece)
            have += len(piece)
            self._tell(have, answer.total)
        if answer.total and have < answer.total:
            raise Broken("the connection ended early")

    def _have(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _read_notes(self) -> dict[str, object]:
        try:
            found = json.loads(self._notes.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


class _Redirects(urllib.request.HTTPRedirectHandler):
    """To other web addresses only, and never from a secured connection to an open one."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        scheme = newurl.partition(":")[0].lower()
        if scheme not in ("http", "https") or (req.type == "https" and scheme != "https"):
            raise ModelRefused(
                f"{shown_url(req.full_url)} leads to an address that is not secured; it is not followed."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _mark(headers: Message) -> str:
    """What tells one version of the file from another; a weak entity tag does not."""
    tag = headers.get("ETag") or ""
    return tag if tag.startswith('"') else headers.get("Last-Modified") or ""


def _append(part: Path) -> IO[bytes]:
    return open_private(part, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _reason(error: Exception) -> str:
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, TimeoutError):
        return "the server does not answer"
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    return str(inner) if isinstance(inner, str) else type(inner).__name__
