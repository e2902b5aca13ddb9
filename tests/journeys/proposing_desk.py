"""An agent who writes a proposal until the desk is killed; run as a program with the file."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.system.clock import SystemClock
from desktop.services.background import Background
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine, Line
from desktop.services.own_answers_service import OwnAnswersService
from tests.services.test_answers import TwoArticles
from tests.services.world import ObedientPhone

KEY_S = 0.02
"""An agent who types fifty keys a second."""


async def work(file: Path) -> None:
    """Type for ever, one more syllable each time."""
    line = CurrentLine(Line(ObedientPhone(), await SqliteRecords.open(None)))
    own = OwnAnswersService(await SqliteOwnAnswers.open(file), line, EventBus(), SystemClock(), Background())
    own.use(TwoArticles())
    proposal = await own.begin_proposal(None, "ko")
    assert proposal is not None
    while True:
        proposal = replace(proposal, answer=proposal.answer + "가")
        own.keep_proposal(proposal)
        print(json.dumps({"typed": len(proposal.answer), "mono": time.monotonic()}), flush=True)
        await asyncio.sleep(KEY_S)


def type_until_killed(file: Path, seconds: float, lost_s: float) -> tuple[int, int]:
    """Kill such a desk `seconds` after its first key: keys typed in all, and those older than `lost_s` at its death."""
    command = [sys.executable, "-m", "tests.journeys.proposing_desk", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        lines = [json.loads(desk.stdout.readline())]
        while lines[-1]["mono"] - lines[0]["mono"] < seconds:
            lines.append(json.loads(desk.stdout.readline()))
        died = time.monotonic()
        desk.kill()
        lines += [json.loads(line) for line in desk.stdout if line.endswith("\n")]
    safe = [line["typed"] for line in lines if line["mono"] < died - lost_s]
    return lines[-1]["typed"], max(safe, default=0)


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1])))
