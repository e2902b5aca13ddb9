"""The doctor's check of where reports go: each target is asked whether it answers and may be trusted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from desktop.adapters.delivery import sender_factory
from desktop.adapters.delivery.secret import FindSecret
from desktop.cli.doctor_checks import Finding, ok, warn
from desktop.domain.delivery import ADVICE, Dead, Delivered, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import Target

PATIENCE_S = 20.0


def delivery(targets: Sequence[Target], find: FindSecret) -> Finding:
    """One finding for all targets. Nothing is sent, and what cannot be reached now is a warning: reports wait."""
    if not targets:
        return ok("reports go to nobody; they are kept here")
    outcomes = asyncio.run(_probe(targets, find))
    said, advice = [], []
    for target, outcome in zip(targets, outcomes, strict=True):
        if isinstance(outcome, Delivered):
            said.append(f"{target.name} answers")
            continue
        said.append(f"{target.name}: {outcome.trouble.value} {outcome.detail}".rstrip())
        advice.append(f"{target.name}: {ADVICE[outcome.trouble]}")
    detail = "; ".join(said)
    return warn(detail, " ".join(advice)) if advice else ok(detail)


async def _probe(targets: Sequence[Target], find: FindSecret) -> list[Retry | Dead | Delivered]:
    make = sender_factory(find)

    async def one(target: Target) -> Outcome:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await make(target).probe()
        except TimeoutError:
            return Retry(Trouble.TIMEOUT)

    return list(await asyncio.gather(*(one(target) for target in targets)))
