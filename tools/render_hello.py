"""Render each practice caller's "여보세요?", asked when nothing has been heard for a while.

Use:  python tools/render_hello.py      (needs espeak-ng, sox and flac; writes hello-<ID>.flac beside the voices)
"""

from __future__ import annotations

import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.render_voices import SCENARIOS, VOICES, ToolError, encode, level, load, synthesise

QUESTION = "여보세요?"


def main() -> int:
    """Write one file a scenario; prints how many."""
    scenarios = load(SCENARIOS)["scenarios"]
    try:
        for scenario in scenarios:
            voice = scenario["voice"]
            sound = level(synthesise(QUESTION, voice["variant"], voice["speed"], voice["pitch"]))
            (VOICES / f"hello-{scenario['id']}.flac").write_bytes(encode(sound))
    except ToolError as error:
        print(f"render_hello: {error}", file=sys.stderr)
        return 1
    print(f"{len(scenarios)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
