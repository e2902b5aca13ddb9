"""Where a speech model comes from: a file, a folder with one, or a web address whose SHA-256 is known."""

from __future__ import annotations

import contextlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from desktop.adapters.speech_models.names import (
    digest_in_url,
    is_digest,
    is_url,
    name_in_url,
    safe_name,
    shown_url,
)
from desktop.adapters.stt.model_file import SMALLEST
from desktop.domain.speech_models import ModelRefused

LARGEST_NOTES = 64_000
LARGEST = 16 << 30


@dataclass(frozen=True, slots=True)
class Source:
    """`file` or `url`; `notes` is the content of the .toml beside it; `digest` its SHA-256, "" unknown."""

    name: str
    shown: str
    digest: str = ""
    file: Path | None = None
    url: str = ""
    notes: bytes = b""


def source_of(wanted: str, digest: str = "", name: str = "") -> Source:
    """What `wanted` means; `digest` and `name` where the person says them. Raises ModelRefused."""
    digest = digest.strip().lower()
    if digest and not is_digest(digest):
        raise ModelRefused("a SHA-256 has 64 hexadecimal digits; copy it again.")
    return (
        _web(wanted, digest, name)
        if is_url(wanted)
        else _local(Path(wanted).expanduser().absolute(), digest, name)
    )


def _web(url: str, digest: str, name: str) -> Source:
    if not url.lower().startswith(("http://", "https://")):
        raise ModelRefused(
            f"{url.partition(':')[0]} addresses can't be fetched; give http, https, a file or a folder."
        )
    try:
        shown, own = shown_url(url), digest_in_url(url)
    except ValueError as error:
        raise ModelRefused("that is no web address that can be used; check it.") from error
    if digest and own and digest != own:
        raise ModelRefused(f"{shown} names another SHA-256 than the one that was given; check both.")
    if not (digest or own):
        raise ModelRefused(f"the SHA-256 of {shown} is not known; give it by --sha256, from whom you trust.")
    return Source(safe_name(name) if name else name_in_url(url), shown, digest or own, url=url)


def _local(path: Path, digest: str, name: str) -> Source:
    file = _in_folder(path) if path.is_dir() else path
    if not file.exists():
        raise ModelRefused(
            f"there is no file {file}; give a model file (.pt), a folder with one, or a web address (http, https)."
        )
    if not file.is_file():
        raise ModelRefused(f"{file} is no file; give a model file (.pt).")
    expected = published_digest(file)
    if digest and expected and digest != expected:
        raise ModelRefused(
            f"what lies beside {file.name} names another SHA-256 than the one given; check both."
        )
    return Source(
        safe_name(name or file.name),
        str(file),
        digest or expected,
        file=file,
        notes=_notes(file.with_suffix(".toml")),
    )


def _in_folder(folder: Path) -> Path:
    try:
        found = sorted(path for path in folder.glob("*.pt") if path.is_file())
    except OSError as error:
        raise ModelRefused(f"{folder} can't be read ({error.strerror}).") from error
    if not found:
        raise ModelRefused(f"there is no model file (.pt) in {folder}.")
    if len(found) > 1:
        names = ", ".join(path.name for path in found[:5])
        raise ModelRefused(f"there are {len(found)} model files in {folder} ({names}); name one of them.")
    return found[0]


def _notes(path: Path) -> bytes:
    """The .toml beside a model, as it is. Raises ModelRefused where it is none: its window would be a wrong one."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            content = file.read(LARGEST_NOTES + 1)
        tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise ModelRefused(f"{path} can't be read ({error.strerror}).") from error
    except ValueError as error:
        raise ModelRefused(f"{path} is no TOML file; correct or remove it.") from error
    if len(content) > LARGEST_NOTES:
        raise ModelRefused(f"{path} is too large to describe a model; remove it.")
    return content


def published_digest(file: Path) -> str:
    """The SHA-256 that stands beside a model, else "": in `NAME.toml`, `NAME.pt.sha256` or `manifest.json`."""
    said = ""
    with contextlib.suppress(OSError, ValueError):  # what is wrong with it is said where it is copied
        said = str(tomllib.loads(file.with_suffix(".toml").read_text("utf-8")).get("sha256") or "")
    if not said:
        said = _listed_digest(file)
    said = said.strip().lower()
    return said if is_digest(said) else ""


def _listed_digest(file: Path) -> str:
    try:
        words = file.with_name(f"{file.name}.sha256").read_text("utf-8").split()
        if words:
            return words[0]
    except (OSError, ValueError):
        pass
    try:
        return str(json.loads((file.parent / "manifest.json").read_text("utf-8"))[file.name]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def check_size(shown: str, size: int) -> None:
    """Raise ModelRefused where no model is of this size."""
    if size < SMALLEST:
        raise ModelRefused(f"{shown} is too small to be a speech model; copy the file again.")
    if size > LARGEST:
        raise ModelRefused(f"{shown} is too large to be a speech model; choose another file.")
