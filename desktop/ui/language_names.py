"""Names of languages, each in itself."""

from __future__ import annotations

LANGUAGE_NAMES = {
    "ko": "한국어",
    "en": "English",
    "vi": "Tiếng Việt",
    "mn": "Монгол",
    "th": "ไทย",
    "ja": "日本語",
    "zh": "中文",
}
"""Every language in itself: whoever reads it may know no other."""
