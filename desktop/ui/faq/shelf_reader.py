"""What stands on a shelf, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.domain.faq import categories_below
from desktop.services.faq_service import FaqService
from desktop.ui.category_words import path_words
from desktop.ui.faq.rows import (
    AnswerRow,
    row_of_category,
    row_of_flag,
    row_of_proposal,
    rows_of_articles,
)
from desktop.ui.faq.shelves import Shelf
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look

OFTEN, OFTEN_WIDE, OFTEN_BROAD = 7, 9, 15
"""Answers that are offered while nothing is searched: as many as are seen without scrolling."""

LONGEST = 200
"""Rows of one shelf; who wants more than that searches."""

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Content:
    """Rows under a caption; `nothing` is what to say where there are none."""

    rows: list[AnswerRow]
    caption: str
    nothing: str = ""


async def content_of(faq: FaqService, shelf: Shelf, category: str) -> Content:
    """The rows of a shelf; `category` is where the agent browses, "" for the widest. Raises StorageError, PackError."""
    own = faq.own
    match shelf:
        case "favourites":
            rows = rows_of_articles(await own.kept("favourite"))
            hint = translate("Answers", "{key} puts the answer that you read here.").format(
                key=shown("favourite")
            )
            return Content(rows, translate("Answers", "Favourites"), hint)
        case "recent":
            rows = rows_of_articles(await own.recently_used(LONGEST))
            return Content(
                rows, translate("Answers", "Used last"), translate("Answers", "Nothing was read yet.")
            )
        case "browse":
            return await _browsed(faq, category)
        case "changed":
            return await _changed(faq)
        case "mine":
            return await _own_words(faq)
        case _:
            return await _often(faq)


async def _often(faq: FaqService) -> Content:
    limit = OFTEN_BROAD if look().broad else OFTEN_WIDE if look().wide else OFTEN
    pinned = await faq.own.kept("pin")
    known = {article.id for article in pinned}
    used = [article for article in await faq.own.often_used(limit) if article.id not in known]
    rows = rows_of_articles(pinned, translate("Answers", "pinned"))
    rows += rows_of_articles(used[: max(0, limit - len(rows))])
    return Content(
        rows, translate("Answers", "Often used"), translate("Answers", "This pack has no answers.")
    )


async def _browsed(faq: FaqService, category: str) -> Content:
    if faq.answers is None:
        return Content([], "")
    below = categories_below(await faq.answers.categories(look().language), category)
    rows = [row_of_category(each) for each in below]
    rows += rows_of_articles(await faq.answers.within(category, LONGEST))
    caption = path_words(category) or translate("Answers", "All categories")
    return Content(rows, caption, translate("Answers", "Nothing lies here. Backspace goes back."))


async def _changed(faq: FaqService) -> Content:
    hint = translate("Answers", "Nothing has changed since your last shift.")
    caption = translate("Answers", "Changed since the last shift")
    if faq.answers is None:
        return Content([], caption, hint)
    changes = faq.own.changes
    added = await faq.answers.articles(changes.added[:LONGEST])
    changed = await faq.answers.articles(changes.changed[: LONGEST - len(added)])
    rows = rows_of_articles(added, translate("Answers", "new"))
    return Content(rows + rows_of_articles(changed, translate("Answers", "changed")), caption, hint)


async def _own_words(faq: FaqService) -> Content:
    """What is unfinished first, then the newest."""
    proposals = sorted(
        await faq.own.proposals(), key=lambda each: (not each.done, each.changed), reverse=True
    )
    begun = [row_of_proposal(each) for each in proposals if not each.done]
    told = [(each.changed, row_of_proposal(each)) for each in proposals if each.done]
    told += [(each.time, row_of_flag(each)) for each in await faq.own.flags()]
    told.sort(key=lambda each: each[0], reverse=True)
    rows = begun + [row for _, row in told]
    hint = translate(
        "Answers", "What you flag ({flag}) and propose ({new}) stands here until the owner has it."
    ).format(flag=shown("flag"), new=shown("propose_new"))
    return Content(rows[:LONGEST], translate("Answers", "Your flags and proposals"), hint)
