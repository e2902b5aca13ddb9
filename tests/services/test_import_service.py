"""Where a pack goes, and what a present pack that cannot be read means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.faq_import import FileError, ImportSummary, Preview, Progress
from desktop.services.import_service import ImportService

EMPTY = Preview(0, 0, 0, (), (), (), 0)


class Files:
    """Refuses every present pack, and on wish the files."""

    def __init__(self, broken: bool = False) -> None:
        self.broken, self.asked, self.stops = broken, list[Path | None](), 0

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        self.asked.append(present)
        if self.broken:
            raise FileError("not readable")
        if present is not None:
            raise DeskError("no pack")
        return EMPTY

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        raise FileError("no room")

    def stop(self) -> None:
        self.stops += 1


def test_a_present_pack_that_cannot_be_read_counts_as_none() -> None:
    files = Files()
    service = ImportService(files, Path("own.faq"))
    assert asyncio.run(service.preview([Path("a.csv")], "old.faq")) == EMPTY
    assert files.asked == [Path("old.faq"), None]


def test_files_that_cannot_be_read_are_not_asked_twice() -> None:
    files = Files(broken=True)
    with pytest.raises(FileError):
        asyncio.run(ImportService(files, Path("own.faq")).preview([Path("a.csv")], "old.faq"))
    assert files.asked == [Path("old.faq")]


def test_only_what_runs_is_stopped() -> None:
    files = Files()
    service = ImportService(files, Path("own.faq"))
    service.stop()
    assert files.stops == 0
    with pytest.raises(FileError):
        asyncio.run(service.build([Path("a.csv")], "", lambda _step: None))
    assert not service.running


def test_a_pack_goes_where_the_settings_say_else_to_the_own_place() -> None:
    service = ImportService(Files(), Path("own.faq"))
    assert service.place("") == Path("own.faq")
    assert service.place("/packs/city.faq") == Path("/packs/city.faq")
