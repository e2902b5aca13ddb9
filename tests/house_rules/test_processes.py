"""Each process loads only what it is for; seen by loading it, because a linter reads and does not run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    *("numpy", "miniaudio", "soxr", "onnxruntime", "pjsua2", "PySide6", "sqlite_utils", "torch", "whisper"),
    *("ctranslate2", "keyring", "httpx2", "ruamel", "python_calamine", "pydantic", "cryptography"),
}
ALLOWED = {
    "phone": set[str](),
    "engine": {"pjsua2"},
    "speech": {"numpy", "onnxruntime"},
    "desk": {"PySide6"},
    "model_check": set[str](),
    "conversion": {"numpy"},
    "policy": {"pydantic"},
    "keyring": set[str](),
    "citizen": {"numpy", "miniaudio", "soxr", "onnxruntime", "pjsua2", "ruamel"},
}
PROGRAM = """
import importlib, json, sys
importlib.import_module("desktop.processes." + sys.argv[1])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""
PAINTED = """
import builtins, json, os, sys
from desktop.processes import desk, desk_core

async def start(self):
    print(json.dumps([builtins.__import__.__name__, *sys.modules]), flush=True)
    os._exit(0)

desk_core.Desk.start = start
desk.main(["--data", sys.argv[1], "--config", sys.argv[1]])
"""
STARTED = """
import json, os, sys
from desktop.processes import desk, desk_core

begin = desk_core.Desk.start

async def start(self):
    await begin(self)
    await self.services.background.settle()
    await self.phone.close(goodbye=True)
    print(json.dumps(list(sys.modules)), flush=True)
    os._exit(0)

desk_core.Desk.start = start
desk.main(["--data", sys.argv[1], "--config", sys.argv[1]])
"""
IN_OTHER_PROCESSES = {
    "pydantic",
    "cryptography",
    "keyring",
    "secretstorage",
    "pjsua2",
    "torch",
    "onnxruntime",
}
"""What a desk would only keep: a process of its own does it, or it is loaded when it is first needed."""
AFTER_THE_PAINTING = {
    "desktop.adapters.search.answers",
    "desktop.adapters.practice.scenarios",
    "desktop.adapters.abuse.files",
    "desktop.adapters.storage.migrations",
    "desktop.domain.redaction",
    "desktop.domain.entities",
}


def loaded(program: str, argument: str) -> list[str]:
    """What a program says in JSON."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program, argument]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    return [str(name) for name in json.loads(done.stdout)]


@pytest.mark.parametrize("process", sorted(ALLOWED))
def test_a_process_is_light(process: str) -> None:
    assert set(loaded(PROGRAM, process)) & HEAVY <= ALLOWED[process]


def test_the_window_is_painted_before_anything_else_is_loaded(tmp_path: Path) -> None:
    """The desk as it starts, up to what follows its first painting."""
    importer, *modules = loaded(PAINTED, str(tmp_path))
    assert {name.partition(".")[0] for name in modules} & HEAVY == {"PySide6"}
    assert AFTER_THE_PAINTING.isdisjoint(modules)
    assert "desktop.ui.panes" in modules
    assert importer != "__feature_import__"  # the slow one of Qt's bindings


def test_a_desk_that_has_started_keeps_nothing_that_others_do(tmp_path: Path) -> None:
    names = {name.partition(".")[0] for name in loaded(STARTED, str(tmp_path))}
    assert names & IN_OTHER_PROCESSES == set()
    assert "numpy" in names, "it has opened its answers"
