"""When a running call offers anew: another address of ours, a wish of the phone's, silence; and when it is given up."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pjsua2 as pj

from desktop.adapters.sip.renewal import LONGEST_S, OFFLINE_S, SILENT_S, TRIES, Renewal

HERE, GONE = "127.0.0.1", "192.0.2.77"


class Line:
    """A call that notes its offers: True for one with new sockets."""

    def __init__(self, host: str = HERE) -> None:
        self.host, self.offers, self.lost, self.busy = host, list[bool](), False, False

    def getMedTransportInfo(self, index: int) -> Any:
        return SimpleNamespace(localRtpName=f"{self.host}:4000")

    def reinvite(self, param: Any) -> None:
        if self.busy:
            raise pj.Error
        self.offers.append(param.opt.flag == pj.PJSUA_CALL_REINIT_MEDIA)

    def lose(self) -> None:
        self.lost = True


def run(renewal: Renewal, line: Line, begin: float, seconds: float, silent: bool = False) -> None:
    for tenth in range(int(seconds * 10)):
        renewal.tick(begin + tenth / 10, line, 0, tenth / 10 if silent else 0.0)


def test_a_call_is_left_alone() -> None:
    renewal, line = Renewal(), Line()
    renewal.network(HERE, False, False, 0.0)
    run(renewal, line, 0.0, 30)
    assert (line.offers, line.lost) == ([], False)


def test_what_is_stranded_moves_until_it_is_answered() -> None:
    renewal, line = Renewal(), Line(GONE)
    run(renewal, line, 0.0, 5)
    assert line.offers == []  # nobody has said yet where it could leave from instead
    renewal.network(HERE, False, False, 5.0)
    run(renewal, line, 5.0, 0.3)
    assert line.offers == [True]
    renewal.answered(491)
    run(renewal, line, 6.4, 0.3)
    assert line.offers == [True, True]
    line.host = HERE
    renewal.answered(200)
    run(renewal, line, 7.0, 10)
    assert len(line.offers) == 2


def test_a_move_that_is_always_refused_ends_the_call() -> None:
    renewal, line = Renewal(), Line(GONE)
    renewal.network(HERE, False, False, 0.0)
    run(renewal, line, 0.0, 20)
    assert (line.offers, line.lost) == ([True] * TRIES, True)


def test_a_question_that_is_always_refused_was_answered_all_the_same() -> None:
    renewal, line = Renewal(), Line()
    renewal.network(HERE, True, False, 0.0)
    run(renewal, line, 0.0, 20)
    assert (line.offers, line.lost) == ([False] * TRIES, False)


def test_silence_is_asked_about_ever_more_rarely() -> None:
    renewal, line = Renewal(), Line()
    asked: list[float] = []
    for second in range(600):
        before = len(line.offers)
        renewal.tick(float(second), line, 0, float(second))
        if len(line.offers) > before:
            asked.append(second)
            renewal.answered(200)
    pauses = [after - earlier for earlier, after in pairwise(asked)]
    assert asked[0] == SILENT_S
    assert pauses[0] == SILENT_S
    assert max(pauses) <= LONGEST_S
    assert pauses == sorted(pauses)


def test_without_a_network_nothing_is_asked_and_the_call_ends_at_last() -> None:
    renewal, line = Renewal(), Line(GONE)
    renewal.network("", False, False, 0.0)
    run(renewal, line, 0.0, OFFLINE_S - 1, silent=True)
    assert (line.offers, line.lost) == ([], False)
    run(renewal, line, OFFLINE_S, 1)
    assert line.lost


def test_a_network_that_is_back_in_time_keeps_it() -> None:
    renewal, line = Renewal(), Line()
    renewal.network("", False, False, 0.0)
    run(renewal, line, 0.0, 20)
    renewal.network(HERE, False, False, 20.0)
    run(renewal, line, 20.0, OFFLINE_S)
    assert (line.offers, line.lost) == ([], False)
