"""Every word of the window can be translated."""

import ast

from tests.house_rules.source import Module, modules

TRANSLATING = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}


def calls(module: Module) -> list[ast.Call]:
    found = [each for each in ast.walk(module.tree) if isinstance(each, ast.Call)]
    return [each for each in found if _name(each.func) in TRANSLATING]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _source_text(call: ast.Call) -> ast.expr | None:
    """The argument that holds the words: the second of `translate(context, text)`, the first of `tr(text)`."""
    place = 1 if _name(call.func) in ("translate", "QT_TRANSLATE_NOOP") else 0
    return call.args[place] if len(call.args) > place else None


def test_words_are_whole_sentences() -> None:
    """lupdate takes an f-string or a sum of strings without a word, and then nothing matches at run time."""
    broken = []
    for module in modules():
        if not module.within("desktop.ui"):
            continue
        for call in calls(module):
            text = _source_text(call)
            # str.translate(table) and a helper that passes a variable on are no words of their own.
            if isinstance(text, ast.JoinedStr | ast.BinOp):
                broken.append(f"{module.name}:{call.lineno}: {ast.unparse(text)[:60]}")
    assert broken == []


def test_placeholders_have_names() -> None:
    """A translator must be able to change the order, and see what stands there."""
    nameless = []
    for module in modules():
        if not module.within("desktop.ui"):
            continue
        for call in calls(module):
            text = _source_text(call)
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                words = text.value
                if "{}" in words or "{0}" in words or "%s" in words or "%d" in words or "%1" in words:
                    nameless.append(f"{module.name}:{call.lineno}: {words[:60]}")
    assert nameless == []
