"""How a category is written in the window."""

from __future__ import annotations

from desktop.domain.faq import CATEGORY_BREAK


def path_words(category: str) -> str:
    """A category's whole path as it is shown; the data keep their own separator."""
    return category.replace(CATEGORY_BREAK, " › ")
