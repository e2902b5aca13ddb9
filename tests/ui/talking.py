"""Calls as the panes meet them: answered, spoken in, ended; and a handful of answers."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.events import HypothesisChanged, SegmentCommitted, SuggestionOffered
from desktop.domain.faq import Article, Hit, Suggestion
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.ui.main_window import MainWindow
from tests.services.packs import PackOfFew
from tests.ui.fakes import Desk

ARTICLES = (
    Article("F1", "ko", "주정차", "불법 주정차는 어떻게 신고하나요?",
            "소화전 주변은 신고 대상입니다. 위치를 알려 주세요.",
            followup=("차량번호", "위치"), checks=("과태료",), sample=True, department="주차관리 부서"),
    Article("F2", "ko", "여권", "여권을 다시 만들려면?", "사진과 신분증이 필요합니다.", checked_on="2026-11-01"),
    Article("F3", "ko", "상하수도", "이사할 때 수도요금은?", "계량기의 숫자를 확인합니다."),
)  # fmt: skip


class FewAnswers(PackOfFew):
    """Finds a query as a piece of question or answer."""

    pack = content = "few"

    def __init__(self, articles: Sequence[Article] = ()) -> None:
        super().__init__(articles or ARTICLES)
        self.asked: list[str] = []
        self.card: Suggestion | None = None

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        self.asked.append(query)
        return [_hit(a, query) for a in self.known if query in a.question + a.answer][:limit]

    async def suggest(self, call_id: str, text: str, at: float, allowed: bool) -> Suggestion | None:
        return self.card if allowed else None

    async def due(self, call_id: str, at: float, allowed: bool) -> Suggestion | None:
        return None

    async def dismiss(self, article_id: str) -> None:
        self.card = None


def _hit(article: Article, query: str) -> Hit:
    at = article.answer.find(query)
    marks = ((at, at + len(query)),) if at >= 0 else ()
    return Hit(
        article.id, 0.9, article.question, article.answer, "body" if marks else "title", (query,),
        passage_marks=marks, answer_marks=marks, category=article.category, department=article.department,
    )  # fmt: skip


def talk(desk: Desk, call_id: str = "c1") -> None:
    """A citizen calls and is answered."""
    desk.do(lambda: desk.phone.ring(call_id))
    desk.run(desk.services.calls.answer())
    desk.services.transcript.begin(call_id)


def say(
    desk: Desk, text: str, start: float, leg: Leg = Leg.CALLER, confidence: float = 0.9, call_id: str = "c1"
) -> None:
    """A line is committed and kept."""
    segment = Segment(call_id, leg, text, confidence, start, start + 2)
    desk.services.transcript.segments.append(segment)
    desk.run(desk.records.save_segment(segment))
    desk.do(lambda: desk.services.bus.publish(SegmentCommitted(segment)))


def murmur(desk: Desk, text: str, start: float, leg: Leg = Leg.CALLER, stable: int = 0) -> None:
    """Speech goes on."""
    said = Hypothesis("c1", leg, text, stable, start, start + 1)
    desk.do(lambda: desk.services.bus.publish(HypothesisChanged(said)))


def offer(desk: Desk, article_id: str = "F1", cause: str = "소화전 앞에 차가 있어요.") -> None:
    """The desk suggests an answer."""
    card = Suggestion(article_id, "불법 주정차는 어떻게 신고하나요?", cause, 0.9)
    desk.services.faq.suggestion = card
    desk.do(lambda: desk.services.bus.publish(SuggestionOffered(card)))


def end(desk: Desk) -> None:
    """The citizen hangs up; the first second, in which keys mean nothing, passes."""
    desk.do(desk.phone.hung_up_by_caller)
    desk.clock.go(2)


def incident(desk: Desk, window: MainWindow) -> None:
    """A call with an abusive line in it, the red button, and its end."""
    talk(desk)
    say(desk, "당장 지우라고.", 3)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    end(desk)
