"""The shipped fonts and the family list of each language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

_KOREAN = ["Pretendard", "Noto Sans CJK KR", "Malgun Gothic"]
_FAMILIES = {"ja": ["Noto Sans CJK JP", "Yu Gothic UI"], "th": ["Pretendard", "Noto Sans Thai"]}
"""Where the Korean faces do not come first."""


def families(language: str) -> list[str]:
    """Font families for a text in this language, first choice first."""
    return list(
        dict.fromkeys(
            [*_FAMILIES.get(language, []), *_KOREAN, "Noto Sans CJK JP", "Noto Sans Thai", "Leelawadee UI"]
        )
    )


def load_fonts(folder: Path) -> int:
    """Make the font files in `folder` known to Qt; returns how many could be read."""
    files = sorted([*folder.glob("*.otf"), *folder.glob("*.ttf")])
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)
