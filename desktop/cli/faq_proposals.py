"""`dasan-desk faq proposals`: what this agent flagged and proposed, for the owner of the answers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.cli.output import CommandError, emit_event
from desktop.domain.own_answers import Flag, Proposal, for_the_owner
from desktop.paths import Folders, write_private


def run_proposals(data: Path, output: Path) -> int:
    """One JSON line each; an unfinished proposal stays out. Raises CommandError."""
    path = Folders(data, data).answers_database
    if not path.is_file():
        raise CommandError(f"nothing was flagged or proposed yet: there is no {path}")
    flags, proposals = asyncio.run(_read(path))
    try:
        write_private(output, "".join(for_the_owner(flags, proposals)).encode())
    except OSError as error:
        raise CommandError(f"{output} could not be written: {error.strerror or error}") from error
    finished = sum(proposal.done for proposal in proposals)
    emit_event("summary", flags=len(flags), proposals=finished, unfinished=len(proposals) - finished)
    return 0


async def _read(path: Path) -> tuple[list[Flag], list[Proposal]]:
    own = await SqliteOwnAnswers.open(path)
    try:
        return await own.flags(), await own.proposals()
    finally:
        await own.close()
