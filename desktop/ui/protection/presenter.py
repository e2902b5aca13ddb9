"""Between the protection of the call and its two panels: what is shown, what a key means now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.domain import procedure, procedure_crisis
from desktop.domain.events import CallParked, CallUnparked, EvidenceFrozen, ProcedureChanged
from desktop.domain.policy import CrisisLine, StepKind
from desktop.domain.procedure_state import Hit, Method, Phase, Said, Source
from desktop.services.desk_services import DeskServices
from desktop.services.help_service import Help
from desktop.services.protection_service import ProtectionService
from desktop.ui.help_words import help_words
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.protection.crisis_view import CrisisContent, CrisisView
from desktop.ui.protection.ladder_bar import Rung
from desktop.ui.protection.procedure_view import ProcedureContent, ProcedureView
from desktop.ui.theme.look import look
from desktop.ui.transcript.times import clock_text, line_time

MOST_LOGGED = 8
_BOUND = ("red_button", "said_it", "calm", "change_type", "supervisor")


class ProtectionPresenter:
    """Shows the procedure as it stands; `changed` is called when what can be pressed may have changed.

    `bring` puts the panel in front where the agent has looked something up over it, and says whether it had to.
    """

    def __init__(
        self,
        view: ProcedureView,
        crisis: CrisisView,
        services: DeskServices,
        hooks: PaneHooks,
        changed: Callable[[], object],
        bring: Callable[[], object],
    ) -> None:
        self._view, self._crisis, self._services, self._hooks = view, crisis, services, hooks
        self._protection: ProtectionService = services.protection
        self._changed, self._bring = changed, bring
        self._choice = self._told = ""
        services.bus.subscribe(ProcedureChanged, lambda _event: self.show())
        for switch in (CallParked, CallUnparked):
            services.bus.subscribe(switch, lambda _event: self._close_choice())
        services.bus.subscribe(EvidenceFrozen, lambda _event: self.show())
        view.retranslated.connect(self.show)
        action, start = hooks.action, hooks.start
        view.bind({name: action(name) for name in _BOUND})
        crisis.supervisor.bind(action("supervisor"))
        action("red_button").triggered.connect(bring)
        action("said_it").triggered.connect(lambda: start(self._protection.said_it(), "a warning was said"))
        action("calm").triggered.connect(self._calm)
        action("change_type").triggered.connect(self.ask_type)
        action("crisis").triggered.connect(self._enter_crisis)
        view.chosen.connect(self._chosen)
        crisis.place_changed.connect(self._protection.place)
        crisis.check_pressed.connect(self._check)
        crisis.line_pressed.connect(self._line)
        crisis.left.connect(self._protection.leave_crisis)

    # keys
    def choose(self, digit: int) -> bool:
        """Ctrl+1..9 in the panel that is open."""
        if self._protection.state.in_crisis:
            return self._crisis.choose(digit)
        return self._view.choose(digit)

    def escape(self) -> bool:
        """Esc: a choice, what is about to be said, a question for the reason."""
        if self._view.choosing:
            self._close_choice()
            return True
        if self._protection.state.in_crisis:
            return self._crisis.close_reason()
        return self._protection.cancel()

    def ask_type(self) -> None:
        """Which kind of incident it is."""
        self._bring()
        words = [self._word(each.label) for each in self._protection.policy.classes]
        self._choice = "type"
        self._view.ask(QCoreApplication.translate("Protection", "What is it?"), words)

    def ask_reason(self) -> bool:
        """Why the call may take longer; False where the policy names no reasons."""
        reasons = self._protection.policy.time.reasons
        if not reasons:
            return False
        self._bring()
        self._choice = "reason"
        title = QCoreApplication.translate("Protection", "Why does it take longer?")
        self._view.ask(title, [self._word(each.label) for each in reasons])
        return True

    def _chosen(self, index: int) -> None:
        policy, choice = self._protection.policy, self._choice
        self._close_choice()
        if choice == "type" and index < len(policy.classes):
            self._protection.change_class(policy.classes[index].id)
        elif choice == "reason" and index < len(policy.time.reasons):
            self._protection.extend(policy.time.reasons[index].id)

    def _close_choice(self) -> None:
        self._choice = ""
        self._view.close_choice()
        self.show()

    def _calm(self) -> None:
        self._protection.calm()
        self._hooks.focus_notes()

    def _enter_crisis(self) -> None:
        if self._protection.state.in_crisis:
            self._bring()
        else:
            self._hooks.start(self._protection.enter_crisis(), "enter the crisis path")

    def _check(self, place: int, done: bool) -> None:
        checks = self._protection.policy.crisis.checks
        if place < len(checks):
            self._protection.check(checks[place].id, done)

    def _line(self, place: int) -> None:
        lines = procedure_crisis.lines_to_call(self._protection.policy)
        if place < len(lines):
            self._hooks.start(self._bring_in(lines[place]), "bring a line into the crisis")

    async def _bring_in(self, line: CrisisLine) -> None:
        outcome = await self._services.help.bring_in(line)
        if outcome is not Help.CALLED:
            self._hooks.show_toast(help_words(outcome, line.number))

    # showing
    def show(self) -> None:
        """The panel that belongs to the state."""
        state = self._protection.state
        sentence = ""
        if state.in_crisis:
            crisis = self._crisis_content()
            self._crisis.show_content(crisis)
            sentence = crisis.sentence
        elif state.phase is Phase.LADDER:
            content = self._content()
            self._view.show_content(content)
            sentence = content.sentence
            if not self._choice:
                self._view.close_choice()
        self._tell(sentence)
        self._changed()

    def _tell(self, sentence: str) -> None:
        """A screen reader says each sentence once: the focus does not come to it by itself."""
        before, self._told = self._told, sentence
        if sentence and sentence != before:
            words = QCoreApplication.translate("Protection", "Say this: {sentence}")
            self._hooks.announce(words.replace("{sentence}", sentence))

    def _content(self) -> ProcedureContent:
        protection, policy, state = self._protection, self._protection.policy, self._protection.state
        step = procedure.next_step(state, policy)
        rungs = procedure.ladder(state, policy)
        sentence, counters = protection.sentence, protection.counters
        chosen = policy.class_of(state.class_id)
        return ProcedureContent(
            title=self._word(chosen.label),
            malicious=counters["malicious"],
            difficult=counters["difficult"],
            rungs=tuple(
                Rung(self._word(each.label), done, place == step) for place, (each, done) in enumerate(rungs)
            ),
            sentence=sentence.text if sentence else "",
            aid=self._aid(sentence.text_id, sentence.language) if sentence else "",
            can_play=protection.can_play,
            playing=state.pending is not None,
            at_end=step is not None and rungs[step][0].kind is StepKind.END,
            reminder=self._reminder(chosen.police),
            said=tuple(self._log())[-MOST_LOGGED:],
            sealed=self._sealed(),
        )

    def _crisis_content(self) -> CrisisContent:
        protection, policy, state = self._protection, self._protection.policy, self._protection.state
        sentences = procedure_crisis.crisis_sentences(state, policy, protection.language)
        visit = state.crises[-1]
        done = {check_id for check_id, _ in visit.checks}
        called = {line_id for line_id, _ in visit.lines}
        lines = procedure_crisis.lines_to_call(policy)
        now = sentences[0] if sentences else None
        translate = QCoreApplication.translate
        return CrisisContent(
            sentence=now.text if now else "",
            aid=self._aid(now.text_id, now.language) if now else "",
            next_sentence=sentences[1].text if len(sentences) > 1 else "",
            place=visit.place,
            checks=tuple((self._word(each.label), each.id in done) for each in policy.crisis.checks),
            lines=tuple((each.number, self._word(each.label), each.id in called) for each in lines),
            hint=translate("Protection", "All three talk together; you stay on the line.")
            if lines
            else translate("Protection", "No crisis number is known here: call your supervisor."),
            supervisor_called=visit.supervisor is not None,
            sealed=self._sealed(),
        )

    def _aid(self, text_id: str, spoken: str) -> str:
        return self._protection.policy.reading_aid(text_id, spoken, look().language)

    def _word(self, words: object) -> str:
        return self._protection.policy.word(words, look().language)  # type: ignore[arg-type]

    def _reminder(self, police: bool) -> str:
        if not police:
            return ""
        number = self._protection.policy.crisis.police
        translate = QCoreApplication.translate
        if not number:
            return translate("Protection", "If anyone is in danger now, call your supervisor.")
        return translate("Protection", "If anyone is in danger now: {number}.").format(number=number)

    def _sealed(self) -> str:
        escalation = self._services.escalation.current
        if escalation is None or escalation.call_id != self._protection.call_id or not escalation.versions:
            return ""
        words = QCoreApplication.translate("Protection", "Evidence saved {time}")
        return words.format(time=clock_text(escalation.versions[-1].created))

    def _log(self) -> list[tuple[str, str]]:
        """What was heard and said, oldest first."""
        state = self._protection.state
        entries: list[tuple[float, str]] = [(hit.t, self._hit_words(hit)) for hit in state.hits]
        entries += [(said.t, self._said_words(said)) for said in state.said]
        entries += [(t, QCoreApplication.translate("Protection", "calm again")) for t in state.calmed]
        call = self._services.calls.current or self._services.calls.last
        begun = call.confirmed if call is not None else None
        practice = bool(call and call.scenario)
        entries.sort(key=lambda entry: entry[0])
        return [(line_time(t, begun, practice), words) for t, words in entries]

    def _hit_words(self, hit: Hit) -> str:
        translate = QCoreApplication.translate
        source = (
            translate("Protection", "by key")
            if hit.source is Source.AGENT
            else translate("Protection", "transcript")
        )
        words = f"{self._word(self._protection.policy.class_of(hit.class_id).label)} · {source}"
        if hit.rejected:
            return words + " · " + translate("Protection", "rejected")
        return words if hit.countable else words + " · " + translate("Protection", "unsure, not counted")

    def _said_words(self, said: Said) -> str:
        translate = QCoreApplication.translate
        methods = {
            Method.AGENT_VOICE: translate("Protection", "said by the agent"),
            Method.SYSTEM_TEXT: translate("Protection", "played"),
            Method.EXCHANGE: translate("Protection", "before the call"),
        }
        step = self._protection.policy.ladders[said.ladder][said.step]
        words = f"{self._word(step.label)} · {methods[said.method]}"
        return words if said.complete else words + " · " + translate("Protection", "cut off")
