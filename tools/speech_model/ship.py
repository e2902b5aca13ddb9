"""Put a trained checkpoint into resources/models, with what the desk needs to know about it.

python -m tools.speech_model.ship CHECKPOINT --floor 120
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

import torch

from tools.render_voices import ROOT
from tools.speech_model.train import SCENARIOS

TARGET = ROOT / "resources" / "models" / "practice-ko.pt"
DESCRIPTION = """\
# Beside a checkpoint of the same name; window_floor is in encoder frames of 20 ms.
name = "Practice calls (Korean)"
languages = ["ko"]
note = "Knows practice calls {scenarios} and some sample answers, in synthetic voices. It recognises no real speech."
scenarios = [{quoted}]
window_floor = {floor}
sha256 = "{digest}"
licence = "GPL-3.0-or-later; trained from nothing by tools/speech_model on speech by espeak-ng"

[dims]
{dims}
"""


def describe(path: Path, floor: int) -> str:
    """Return the description of a checkpoint as TOML."""
    dims = torch.load(path, map_location="cpu", weights_only=True)["dims"]
    return DESCRIPTION.format(
        scenarios=f"{SCENARIOS[0]} to {SCENARIOS[-1]}",
        quoted=", ".join(f'"{s}"' for s in SCENARIOS),
        floor=floor,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        dims="\n".join(f"{name} = {value}" for name, value in dims.items()),
    )


def main() -> None:
    """Read the command line, copy and describe."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument(
        "--floor", type=int, required=True, help="shortest window that measuring found safe, in frames"
    )
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    options.target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(options.checkpoint, options.target)
    options.target.with_suffix(".toml").write_text(describe(options.target, options.floor), encoding="utf-8")


if __name__ == "__main__":
    main()
