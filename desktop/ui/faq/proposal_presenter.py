"""From keys in the proposal's texts to the agent's own file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject

from desktop.domain.events import ProposalKept
from desktop.domain.faq import Article
from desktop.domain.own_answers import Proposal
from desktop.services.desk_services import DeskServices
from desktop.ui.faq.proposal_view import ProposalView
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.theme.look import look


class ProposalPresenter(QObject):
    """`show` brings the page to the front, `leave` gives the place back to the answers."""

    def __init__(
        self,
        view: ProposalView,
        services: DeskServices,
        hooks: PaneHooks,
        show: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__(view)
        self._view, self._own, self._hooks = view, services.faq.own, hooks
        self._show, self._leave = show, leave
        self.proposal: Proposal | None = None
        view.changed.connect(self._changed)
        view.back_requested.connect(self.later)
        view.discard_requested.connect(self.discard)
        services.bus.subscribe(ProposalKept, self._kept)

    def begin(self, article: Article | None) -> None:
        """Write an edit of this article, or a new one; what was begun and not finished goes on."""
        self._hooks.start(self._begin(article), "begin proposal")

    def begin_again(self, proposal_id: str) -> None:
        """Go on with the proposal of this id; a finished one counts as unfinished once it is changed."""
        self._hooks.start(self._begin_again(proposal_id), "open proposal")

    def open(self, proposal: Proposal) -> None:
        """Go on with this one."""
        self.proposal = proposal
        self._view.show_proposal(
            bool(proposal.article_id), proposal.question, proposal.answer, "\n".join(proposal.variants)
        )
        self._view.set_saved(False)
        self._show()

    def finish(self) -> bool:
        """The owner may have it; False where question or answer are missing."""
        proposal = self.proposal
        if proposal is None:
            return False
        if not proposal.question.strip() or not proposal.answer.strip():
            words = QCoreApplication.translate("Answers", "Question and answer are both needed.")
            self._hooks.show_toast(words)
            return False
        self._own.keep_proposal(replace(proposal, done=True))
        self.proposal = None
        self._leave()
        words = QCoreApplication.translate("Answers", "Finished. The owner gets it with the next export.")
        self._hooks.show_toast(words, lambda: self._again(proposal))
        return True

    def later(self) -> None:
        """Leave it as it stands."""
        self.proposal = None
        self._leave()

    def discard(self) -> None:
        """Throw it away; Alt+U brings it back."""
        proposal, self.proposal = self.proposal, None
        if proposal is None:
            return
        self._hooks.start(self._own.discard_proposal(proposal), "throw proposal away")
        self._leave()
        words = QCoreApplication.translate("Answers", "The proposal is gone.")
        self._hooks.show_toast(words, lambda: self._again(proposal))

    async def _begin(self, article: Article | None) -> None:
        proposal = await self._own.begin_proposal(article, look().language)
        if proposal is not None:
            self.open(proposal)

    async def _begin_again(self, proposal_id: str) -> None:
        found = next((each for each in await self._own.proposals() if each.id == proposal_id), None)
        if found is not None:
            self.open(found)

    def _again(self, proposal: Proposal) -> None:
        self._own.keep_proposal(proposal)
        self.open(proposal)

    def _changed(self) -> None:
        if self.proposal is None:
            return
        view = self._view
        lines = (line.strip() for line in view.variants.shown_text().splitlines())
        self.proposal = replace(
            self.proposal,
            done=False,
            question=" ".join(view.question.shown_text().splitlines()),
            answer=view.answer.shown_text(),
            variants=tuple(line for line in lines if line),
        )
        view.set_saved(False)
        self._own.keep_proposal(self.proposal)

    def _kept(self, event: ProposalKept) -> None:
        if self.proposal is not None and event.proposal_id == self.proposal.id:
            self._view.set_saved(event.newest)
