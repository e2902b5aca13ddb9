"""Names of model files that every file system takes, Windows' included."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

LONGEST = 80
DEFAULT = "model"
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
_OTHER = re.compile(r"[^\w.-]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ENDINGS = (".pt", ".bin", ".pth")


def safe_name(wanted: str) -> str:
    """`wanted` without its ending, as a file name: letters, digits, `.`, `_` and `-` of any language."""
    name = unicodedata.normalize("NFC", wanted).strip()
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    name = _OTHER.sub("_", name).strip("._-")[:LONGEST].rstrip("._-") or DEFAULT
    return f"{DEFAULT}_{name}" if name.partition(".")[0].upper() in _RESERVED else name


def same(one: str, other: str) -> bool:
    """Whether two names are one file where the file system does not tell capitals from small letters."""
    return one.casefold() == other.casefold()


def is_url(source: str) -> bool:
    """Whether a source is meant to be fetched. A drive letter is no scheme."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", source) is not None


def name_in_url(url: str) -> str:
    """The safe name of what a web address leads to."""
    return safe_name(PurePosixPath(unquote(urlsplit(url).path)).name)


def digest_in_url(url: str) -> str:
    """The SHA-256 that is a part of a web address's path, as in those of openai's models; else ""."""
    parts = urlsplit(url).path.lower().split("/")
    return next((part for part in parts if _DIGEST.fullmatch(part)), "")


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 in small hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def shown_url(url: str) -> str:
    """A web address without what may be secret in it: user, password, query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}"
