"""`dasan-desk models`: what is there, what comes, whether it is whole, what goes."""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path

from desktop.adapters.speech_models.checking import ContentCheck
from desktop.adapters.speech_models.install import Installer
from desktop.adapters.speech_models.names import is_digest, is_url, shown_url
from desktop.adapters.speech_models.sources import source_of
from desktop.adapters.speech_models.store import ModelStore, digest
from desktop.adapters.system.folder_lock import FolderLock
from desktop.cli.output import DONE, FAILED, CommandError, UsageError, emit, emit_event, say
from desktop.domain.speech_models import ModelRefused, SpeechModel, Step
from desktop.paths import Folders
from desktop.processes.arguments import pass_on
from desktop.processes.desk_parts import running_folder
from desktop.processes.spawn import command
from desktop.settings import Settings, SettingsError, load, save

PRACTICE_ONLY = "practice voices only"
BETWEEN_S = 1.0
"""Between two lines of progress."""
NEVER = threading.Event()


def work(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where a model can't be used."""
    where = Folders(args.data, args.config)
    settings = load(where.settings_file).settings
    store = ModelStore(where.models, where.converted_models)
    installer = Installer(store, where.data, ContentCheck(command("model_check", *pass_on(where))))
    chosen = Path(settings.speech_model).expanduser() if settings.speech_model else None
    if args.action == "list":
        return _list(store, chosen, args.json)
    if args.action == "install":
        return _install(args, where, settings, installer)
    if args.action == "verify":
        models = [store.find(args.model)] if args.model else store.models(chosen)
        return _verify(store, installer, models, args.json)
    return _remove(store, store.find(args.model), where, chosen, args.json)


def _list(store: ModelStore, chosen: Path | None, as_json: bool) -> int:
    for model in store.models(chosen):
        used = _used(model, chosen)
        if as_json:
            emit(_row(model, used))
        else:
            print(_line(model, used), flush=True)
    return DONE


def _row(model: SpeechModel, used: bool) -> dict[str, object]:
    return {
        "name": model.name,
        "path": str(model.path),
        "size": model.size,
        "sha256": _digest(model),
        "languages": list(model.languages) or None,
        "dims": dict(model.dims) or None,
        "practice_only": model.practice_only,
        "installed": model.installed,
        "intact": model.intact,
        "used": used,
        "cost": model.cost,
        "fast_cost": model.fast_cost,
    }


def _line(model: SpeechModel, used: bool) -> str:
    count = len(model.languages)
    languages = f"{count} languages" if count > 3 else ", ".join(model.languages) or "languages not known"
    speed = f"a second of speech costs {model.cost:.2f} s" if model.cost is not None else "speed not measured"
    if model.fast_cost is not None:
        speed += f", by CTranslate2 {model.fast_cost:.2f} s"
    parts = [model.name, f"{model.size / 1e6:.0f} MB", f"SHA-256 {_digest(model)}", languages, speed]
    if model.practice_only:
        parts.append(PRACTICE_ONLY)
    if not model.intact:
        parts.append("changed since it was checked")
    if used:
        parts.append("in use")
    return f"{' · '.join(parts)}\n  {model.path}"


def _digest(model: SpeechModel) -> str:
    """Of a model that was not checked here, or has changed, the file's own."""
    if model.sha256 and model.intact:
        return model.sha256
    try:
        return digest(model.path, NEVER.is_set)
    except OSError as error:
        raise CommandError(f"{model.path} can't be read ({error.strerror}).") from error


def _install(args: argparse.Namespace, where: Folders, settings: Settings, installer: Installer) -> int:
    if args.sha256 and not is_digest(args.sha256.strip().lower()):
        raise UsageError("--sha256 is 64 hexadecimal digits; copy it again.")
    if is_url(args.source) and not settings.speech_model_download:
        raise CommandError(
            f"the setting speech_model_download forbids to fetch {_shown(args.source)}; install from a file or a share."
        )
    try:
        source = source_of(args.source, args.sha256, args.name)
    except ModelRefused as error:
        raise (UsageError(str(error)) if is_url(args.source) else error) from error
    done = installer.install(source, _Progress(args.json), NEVER)
    if args.use:
        _use(where, done.model)
    if args.json:
        used = args.use or _used(done.model, Path(settings.speech_model) if settings.speech_model else None)
        emit_event("installed", changed=done.changed, **_row(done.model, used))
    else:
        what = "is installed" if done.changed else "was installed already; nothing was changed"
        say(f"{done.model.name} {what}: {_line(done.model, args.use)}")
    return DONE


def _use(where: Folders, model: SpeechModel) -> None:
    try:
        save(where.settings_file, {"speech_model": str(model.path)})
    except SettingsError as error:
        raise CommandError(f"{model.name} is installed, but not in use: {error}") from error


def _shown(source: str) -> str:
    try:
        return shown_url(source)
    except ValueError:
        return "that address"


class _Progress:
    """A line a second at most, and one when something else begins."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._told: tuple[str, float] = ("", 0.0)

    def __call__(self, step: Step) -> None:
        stage, moment = self._told
        if step.stage == stage and time.monotonic() - moment < BETWEEN_S:
            return
        self._told = step.stage, time.monotonic()
        if self._json:
            emit_event("progress", stage=step.stage, done=step.done, total=step.total or None)
            return
        words = {"fetch": "fetched", "copy": "copied", "check": "looking into it"}[step.stage]
        amount = f" {step.done / 1e6:.0f} of {step.total / 1e6:.0f} MB" if step.total else ""
        say(f"{words}{amount}")


def _verify(store: ModelStore, installer: Installer, models: list[SpeechModel], as_json: bool) -> int:
    bad = 0
    for model in models:
        expected = store.expected_digest(model)
        found = installer.verify(model, expected, lambda step: None, NEVER)
        bad += bool(found.reason)
        if as_json:
            verdict = "failed" if found.reason else "ok"
            row = _row(found.model, used=False)
            row.pop("used")
            emit({**row, "verdict": verdict, "reason": found.reason or None, "expected": expected or None})
        else:
            note = "" if expected else " (nothing says which SHA-256 it should have)"
            print(f"{model.name}: {found.reason or f'whole{note}'}", flush=True)
    if bad:
        say(f"dasan-desk: {bad} of {len(models)} speech models can't be used; install them again.")
    return FAILED if bad else DONE


def _remove(store: ModelStore, model: SpeechModel, where: Folders, chosen: Path | None, as_json: bool) -> int:
    used = _used(model, chosen)
    if used and _desk_runs(where):
        raise CommandError(
            f"{model.name} is in use by the desk that is open; choose another model or close it first."
        )
    store.remove(model)
    store.empty()
    if as_json:
        emit_event("removed", name=model.name, path=str(model.path), used=used)
    else:
        say(f"{model.name} was removed.")
    if used:
        say("The settings still name it (speech_model): calls have no transcript until another is chosen.")
    return DONE


def _used(model: SpeechModel, chosen: Path | None) -> bool:
    if chosen is None:
        return False
    try:
        return chosen.samefile(model.path)
    except OSError:
        return chosen == model.path


def _desk_runs(where: Folders) -> bool:
    lock = FolderLock(running_folder(where.data), "window")
    if not lock.acquire():
        return True
    lock.release()
    return False
