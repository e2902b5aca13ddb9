"""`dasan-desk faq check`, `diff` and `export`: looking after packs."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from desktop.adapters.articles.importing import read_pack
from desktop.adapters.articles.writing import write_articles
from desktop.adapters.search.checking import check_pack
from desktop.adapters.search.index import FaqIndex
from desktop.cli.faq_build import stoppable
from desktop.cli.output import CommandError, emit, emit_event, say
from desktop.domain.faq_import import changes


def run_check(path: Path) -> int:
    """A line per finding, then the summary; exit 1 where the pack is broken."""
    found: Counter[str] = Counter()
    broken = 0
    index = FaqIndex.open(path)
    try:
        today = datetime.now(UTC).date()
        for finding in check_pack(path, index, today):
            found[finding.kind] += 1
            broken += finding.broken
            emit_event(
                "finding",
                kind=finding.kind,
                verdict="broken" if finding.broken else "warn",
                id=finding.article_id or None,
                detail=finding.detail,
            )
            say(f"{finding.kind}{f' {finding.article_id}' * bool(finding.article_id)}: {finding.detail}")
        emit_event(
            "summary",
            pack=index.pack_name,
            articles=index.size,
            content_sha256=index.pack_id,
            built_at=index.built_at,
            sample=index.is_sample,
            broken=broken,
            findings=dict(found),
        )
    finally:
        index.close()
    if broken:
        raise CommandError(f"the pack {path.name} is broken; build it again or copy it again")
    return 0


def run_diff(old: Path, new: Path) -> int:
    """A line per article that differs, then how many there are of each kind."""
    with stoppable() as cancelled:
        before, after = read_pack(old, cancelled), read_pack(new, cancelled)
    counts = Counter({"added": 0, "removed": 0, "changed": 0})
    for change in changes(before, after):
        counts[change.kind] += 1
        emit({"id": change.article_id, "change": change.kind, "fields": list(change.fields)})
    emit_event("summary", **counts, same=len(after) - counts["added"] - counts["changed"])
    return 0


def run_export(pack: Path, output: Path) -> int:
    """Write the pack's articles into one file of the kind that its name ends in."""
    with closing(FaqIndex.open(pack)) as index:
        facts = {"name": index.pack_name, "content_sha256": index.pack_id}
        count = write_articles(output, index.articles(), facts)
    emit_event("summary", articles=count, file=str(output))
    return 0
