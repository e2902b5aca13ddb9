"""The shipped fonts and the family list of each language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

_FAMILIES = {
    "ko": ["Pretendard", "Noto Sans CJK KR", "Malgun Gothic"],
    "en": ["Pretendard", "Noto Sans CJK KR", "Malgun Gothic"],
}


def families(language: str) -> list[str]:
    """Font families for a language of the window, first choice first."""
    return [*_FAMILIES.get(language, _FAMILIES["en"]), "Noto Sans CJK JP", "Noto Sans Thai", "Leelawadee UI"]


def load_fonts(folder: Path) -> int:
    """Make the font files in `folder` known to Qt; returns how many could be read."""
    files = sorted([*folder.glob("*.otf"), *folder.glob("*.ttf")])
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)
