"""The sound of a call: what is done with the agent's voice, the delay that the desk adds, a line that loses packets.

    python3 dev.py bench sound [--part voice|latency|impaired|idle|busy|speech ...] [--seconds N] [--slices N]

`voice`: ERLE, STOI, time and delay of the treatment of the voice, beside the same sound untreated. `latency`: from RTP
to the speaker and from the microphone to RTP, beside baresip through the same null sinks. `impaired`: STOI over a link
that loses 5 % of the packets and delays the others by 0 to 80 ms, beside baresip on the same link. Only where asked
for: what is lost of calls, `idle` and `busy` beside baresip, `speech` of a desk that writes both sides down beside one
that does not, on a busy machine; `--seconds 60 --slices 30` takes an hour each. All but the first need PulseAudio,
most of them baresip, and a machine that does little else.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.sound_measure import blocks, impaired, latency, voice  # noqa: E402

PARTS: dict[str, Callable[[float, int], None]] = {
    "voice": lambda seconds, slices: voice.measure(),
    "latency": latency.measure,
    "impaired": impaired.measure,
    "idle": blocks.measure_idle,
    "busy": blocks.measure_busy,
    "speech": blocks.measure_speech,
}
USUAL = ["voice", "latency", "impaired"]
BOTH = ("pulseaudio", "baresip")
NEEDED = {"latency": BOTH, "idle": BOTH, "busy": BOTH, "speech": ("pulseaudio",), "impaired": ("baresip",)}


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a program is missing."""
    parser = argparse.ArgumentParser(prog="bench sound")
    parser.add_argument("--part", choices=PARTS, action="append", help="default: the first three")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each call (default: 20)")
    parser.add_argument("--slices", type=int, default=2, help="calls of each phone, in turn (default: 2)")
    args = parser.parse_args(arguments)
    code = 0
    for part in args.part or USUAL:
        missing = [program for program in NEEDED.get(part, ()) if shutil.which(program) is None]
        if missing:
            print(f"{part} needs {' and '.join(missing)}; install and run again", file=sys.stderr)
            code = 1
        else:
            PARTS[part](args.seconds, args.slices)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
