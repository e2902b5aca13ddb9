"""The page that shows the pictures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.ui.application import LANGUAGES
from tests.pictures.camera import SIZES, THEMES, Shot

HEAD = """# Pictures of the real window

Drawn by `python3 dev.py pictures`: every situation of the window on services in memory, without a screen, in Korean
light and English dark at 1366x768; the main ones in both themes of both languages, some in high contrast, and also at
1920x1080, at 2560x1440 (Korean only) and compact (200 % text at 1366x768). Every pair of everything would be ten times
as many and 100 MB:
`python3 dev.py pictures --all --to FOLDER` draws those, `--only NAME` one situation. The clock stands still and
nothing moves: the same program draws the same bytes. WebP without loss.

The words of the calls stay Korean in both languages: they are what the caller says.
"""


def write(folder: Path, situations: Sequence[str]) -> None:
    """Write `README.md` over what lies in the folder, in the order of `situations`."""
    lines = [HEAD, *(f"[{name}](#{name})" for name in situations)]
    for name in situations:
        lines += ["", f"## {name}", ""]
        for size in SIZES:
            files = [Shot(name, language, theme, size).file for language in LANGUAGES for theme in THEMES]
            seen = [file for file in files if (folder / file).is_file()]
            if seen:
                lines.append(f"{size.width}x{size.height}, text {size.text} %:")
                lines += ["", *(f'<img src="{file}" width="49%" alt="{file}">' for file in seen), ""]
    (folder / "README.md").write_text("\n".join(lines).rstrip() + "\n", "utf-8")


def sweep(folder: Path, situations: Sequence[str]) -> None:
    """Take away pictures of situations that are no more."""
    for path in folder.glob("*.webp"):
        if not any(path.name.startswith(f"{name}-{size.name}-") for name in situations for size in SIZES):
            path.unlink()
