"""Each process loads only what it is for; seen by loading it, because a linter reads and does not run."""

import json
import subprocess
import sys

import pytest

HEAVY = {"numpy", "miniaudio", "onnxruntime", "pjsua2", "PySide6", "sqlite_utils", "torch", "whisper"}
ALLOWED = {
    "phone": set[str](),
    "engine": {"numpy", "miniaudio", "pjsua2"},
    "speech": {"numpy", "onnxruntime", "torch", "whisper"},
    "desk": {"numpy", "miniaudio", "PySide6", "sqlite_utils"},
    "citizen": {"numpy", "miniaudio", "onnxruntime", "pjsua2"},
}
PROGRAM = """
import importlib, json, sys
importlib.import_module("desktop.processes." + sys.argv[1])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("process", sorted(ALLOWED))
def test_a_process_is_light(process: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, process], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert loaded & HEAVY <= ALLOWED[process]
