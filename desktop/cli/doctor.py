"""`dasan-desk doctor`: checks what the desk stands on and says what to do."""

import argparse
from collections.abc import Callable

from desktop.cli import doctor_checks as checks
from desktop.cli.doctor_checks import Finding, Verdict
from desktop.cli.doctor_protection import PolicyChecks
from desktop.cli.output import DONE, FAILED, emit, say
from desktop.paths import Folders
from desktop.settings import Loaded, load

SUMMARY = "check what the desk stands on and say what to do"
MARKS = {Verdict.OK: "ok  ", Verdict.WARN: "warn", Verdict.FAIL: "FAIL"}

Check = Callable[[Folders, Loaded], Finding]


def checks_in_order() -> dict[str, Check]:
    """All checks by name, as they are run."""
    protection = PolicyChecks()
    return {
        "versions": checks.versions,
        "settings": checks.settings,
        "qt": checks.window,
        "sound": checks.sound,
        "sip": checks.telephone,
        "database": checks.database,
        "evidence": checks.evidence,
        "policy": protection.policy,
        "reports": protection.reports,
        "pack": checks.pack,
        "model": checks.model,
        "disk": checks.disk,
        "clock": checks.clock,
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`doctor` has no arguments of its own."""


def run(args: argparse.Namespace) -> int:
    """Print a line per check as soon as it is known; 1 if one fails."""
    where = Folders(args.data, args.config)
    loaded = load(where.settings_file)
    failed = []
    for name, check in checks_in_order().items():
        try:
            finding = check(where, loaded)
        except Exception as error:
            # A check that breaks must not hide the others: this is the command for broken machines.
            finding = Finding(Verdict.FAIL, f"{type(error).__name__}: {error}", "Report this line.")
        if args.json:
            emit(
                {
                    "check": name,
                    "verdict": finding.verdict,
                    "detail": finding.detail,
                    "advice": finding.advice,
                }
            )
        else:
            print(f"{MARKS[finding.verdict]}  {name}: {finding.detail}", flush=True)
            if finding.advice:
                print(f"      {finding.advice}", flush=True)
        if finding.verdict is Verdict.FAIL:
            failed.append(name)
    if failed:
        say(
            f"dasan-desk: not everything is in order: {', '.join(failed)}; the advice beside each says what to do."
        )
    return FAILED if failed else DONE
