"""What the answers need of the world: the index, the importer, and what one desk keeps about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.faq import Article, Hit, Suggestion
from desktop.domain.faq_import import ImportSummary, Preview, Progress
from desktop.domain.own_answers import Flag, Learned, Place, Proposal, Seen, Use


class OwnAnswers(Protocol):
    """The agent's own file: what this agent does with answers, by the pack's name and the article's id.

    Writers return when the rows are on disk. Every method raises StorageError.
    """

    async def adopt(self, source: str, uses: Sequence[Use]) -> int:
        """Take over uses from where they were kept before, each once. Returns the number up to which they are here."""

    async def note_use(self, use: Use) -> None:
        """Remember that an article was opened, copied or put away."""

    async def often_used(self, pack: str, since: datetime, limit: int) -> list[tuple[str, int]]:
        """Article ids by how often they were opened or copied since then."""

    async def recently_used(self, pack: str, limit: int) -> list[str]:
        """Article ids, the one used last first."""

    async def use_counts(self, pack: str) -> dict[str, int]:
        """How often each article was opened or copied, less how often it was put away; only those above 0."""

    async def places(self, pack: str) -> dict[Place, list[str]]:
        """Article ids that the agent pinned or made a favourite, in the order of doing so."""

    async def set_place(self, pack: str, article_id: str, place: Place, on: bool, moment: datetime) -> None:
        """Pin an article or make it a favourite, or take that back."""

    async def save_flag(self, flag: Flag) -> None:
        """Insert or replace a flag by its id."""

    async def delete_flag(self, flag_id: str) -> None:
        """Take a flag back."""

    async def flags(self) -> list[Flag]:
        """All flags of all packs, oldest first."""

    async def save_proposal(self, proposal: Proposal) -> None:
        """Insert or replace a proposal by its id."""

    async def delete_proposal(self, proposal_id: str) -> None:
        """Throw a proposal away."""

    async def proposals(self) -> list[Proposal]:
        """All proposals of all packs, the unfinished ones included, by their last change, oldest first."""

    async def learn(self, pack: str, article_id: str, wording: str, moment: datetime, times: int = 1) -> int:
        """Count a wording by which the agent found this article, with `times` -1 put it away; returns the sum."""

    async def learned(self, pack: str) -> list[Learned]:
        """All wordings of a pack, the newest last."""

    async def put_away(self, pack: str, article_id: str, wording: str, moment: datetime) -> None:
        """Remember which words a card came from that the agent did not want."""

    async def put_away_since(self, pack: str, since: datetime) -> list[tuple[str, str, datetime]]:
        """Article id, wording and time of cards put away since then; older ones are deleted."""

    async def seen(self, pack: str) -> Seen | None:
        """The pack as it was when the last shift ended, None before the first end."""

    async def keep_seen(self, pack: str, seen: Seen, moment: datetime) -> None:
        """The pack as it is at the end of a shift."""

    async def close(self) -> None:
        """Write what is pending and close the file."""


class Answers(Protocol):
    """The FAQ pack."""

    @property
    def pack(self) -> str:
        """Name and version of the pack, as uses are kept by it."""

    @property
    def built(self) -> datetime:
        """When the pack was made."""

    @property
    def content(self) -> str:
        """Hash of all that the pack says."""

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        """Hits for what is being typed, best first; any text is a valid query."""

    async def article(self, article_id: str) -> Article | None:
        """One article."""

    async def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles among `ids` that exist, in that order."""

    async def browse(self, category: str = "", limit: int = 50) -> list[Article]:
        """Articles of a category, or all."""

    async def within(self, category: str, limit: int = 50) -> list[Article]:
        """Articles of just this category, none of those below it."""

    async def categories(self, lang: str = "") -> dict[str, int]:
        """Number of articles by category in the pack's order, of this language; of all where it has none."""

    async def versions(self, group: str) -> list[Article]:
        """The language versions that share a group; none for ""."""

    async def marks(self) -> dict[str, str]:
        """A mark of each article by its id, in the pack's order; searches go on meanwhile."""

    async def learn(self, wordings: Sequence[Learned], uses: Mapping[str, int]) -> None:
        """By what the agent found articles, and how often each was used: these hold, in the place of earlier ones."""

    async def suggest(self, call_id: str, text: str, at: float, allowed: bool) -> Suggestion | None:
        """The card that a caller's segment deserves now, if any; `at` seconds since the call's media began.

        One that may not be shown yet, too soon after the last or while `allowed` is false, comes through `due`.
        """

    async def due(self, call_id: str, at: float, allowed: bool) -> Suggestion | None:
        """A card that had to wait and whose time has come."""

    async def dismiss(self, article_id: str) -> None:
        """The agent put this card away: not again in this call."""


class ArticleImport(Protocol):
    """Files of articles into a pack, off the window's thread, one at a time.

    Both methods raise DeskError with a sentence (FileError: nothing was written; ImportStopped after `stop`).
    """

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        """What a build of these files would do to the present pack, if there is one."""

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        """Write the pack in one step; `progress` is called on the loop."""

    def stop(self) -> None:
        """End what is running; the pack that is there stays as it is."""
