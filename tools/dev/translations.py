"""The window's words: gathered from the source into `i18n/*.ts`, compiled to the `*.qm` that Qt loads."""

import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tools.dev.place import ROOT, stop, tell, tool

FOLDER = ROOT / "i18n"
SOURCE = ROOT / "desktop"
# English is the language of the source; its file carries nothing but the plural forms.
LOCALES = {"ko": [], "en": ["-pluralonly"]}
# The printed report also speaks the languages of the other cities; its words lie in one module.
REPORT_WORDS = ("ui", "report", "labels.py")
REPORT_LOCALES = ("ja", "vi", "th", "mn")


def sources() -> list[str]:
    """Every module that may hold words of the window."""
    return sorted(
        str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.py") if _has_words(path.read_text("utf-8"))
    )


def _has_words(text: str) -> bool:
    return any(call in text for call in ("tr(", "translate(", "QT_TRANSLATE_NOOP("))


def files() -> dict[str, tuple[str, list[str], list[str]]]:
    """The kept files by name without ending: their locale, the modules whose words they hold, lupdate's options."""
    found = sources()
    kept = {f"desktop_{locale}": (locale, found, more) for locale, more in LOCALES.items()} if found else {}
    words = SOURCE.joinpath(*REPORT_WORDS)
    if words.is_file():
        kept |= {
            f"report_{locale}": (locale, [str(words.relative_to(ROOT))], []) for locale in REPORT_LOCALES
        }
    return kept


def update(folder: Path) -> None:
    """Bring the `.ts` files in `folder` up to date with the source. Raises Failure."""
    for name, (locale, found, more) in files().items():
        language = ["-source-language", "en", "-target-language", locale]
        options = ["-locations", "none", "-no-obsolete", *more, *language]
        _run([str(tool("pyside6-lupdate")), *found, *options, "-ts", str(folder / f"{name}.ts")])


def compile_all(folder: Path, target: Path) -> None:
    """Make a `.qm` in `target` of each `.ts` in `folder`. Raises Failure."""
    for file in sorted(folder.glob("*_*.ts")):
        _run([str(tool("pyside6-lrelease")), str(file), "-qm", str(target / f"{file.stem}.qm")])


def strings() -> int:
    """`dev.py strings`: update and compile; says how many words have no translation yet."""
    FOLDER.mkdir(exist_ok=True)
    update(FOLDER)
    compile_all(FOLDER, FOLDER)
    for file in sorted(FOLDER.glob("*_*.ts")):
        tell(f"{file.name}: {len(messages(file))} sentences, {len(untranslated(file))} without translation")
    return 0


def messages(file: Path) -> dict[tuple[str, str, str], list[str]]:
    """The translations in a `.ts` file by context, source and comment; plural forms are several."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
            )
            translation = message.find("translation")
            if translation is None or translation.get("type") in ("vanished", "obsolete"):
                continue
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            found[key] = [] if translation.get("type") == "unfinished" else forms
    return found


def untranslated(file: Path) -> list[str]:
    """The sources that have no finished translation."""
    return [key[1] for key, forms in messages(file).items() if not forms or not all(forms)]


def problems() -> list[str]:
    """What is wrong with the translations, one sentence each; empty where they are current and complete."""
    if not sources():
        return []
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        for file in FOLDER.glob("*_*.ts"):
            shutil.copy(file, fresh)
        update(fresh)
        compile_all(fresh, fresh)
        for name in files():
            kept, current = FOLDER / f"{name}.ts", fresh / f"{name}.ts"
            if not kept.exists() or messages(kept).keys() != messages(current).keys():
                found.append(f"i18n/{kept.name} is not what the source says; run: python3 dev.py strings")
                continue
            found += [f"i18n/{kept.name}: no translation of {each!r}" for each in untranslated(kept)]
            compiled = kept.with_suffix(".qm")
            if not compiled.exists() or compiled.read_bytes() != current.with_suffix(".qm").read_bytes():
                found.append(
                    f"i18n/{compiled.name} is not made from {kept.name}; run: python3 dev.py strings"
                )
    return found


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    if done.returncode:
        stop(f"{Path(command[0]).name} failed:\n{done.stdout.strip()}")
