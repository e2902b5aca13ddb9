"""Size, words and annotations of every file."""

import ast

from tests.house_rules.source import Module, modules, python_files

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
MARKS_OF_UNFINISHED_WORK = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        each for each in ast.walk(module.tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_files_are_short() -> None:
    long = {each.name: each.text.count("\n") for each in python_files()}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_functions_are_short() -> None:
    long = {}
    for module in python_files():
        for function in functions(module):
            # An outer function that is little else than inner ones is measured by those.
            inner = [
                each
                for each in ast.walk(function)
                if each is not function and isinstance(each, ast.FunctionDef)
            ]
            lines = (function.end_lineno or 0) - function.lineno + 1
            lines -= sum((each.end_lineno or 0) - each.lineno + 1 for each in inner)
            if lines > MOST_LINES_OF_A_FUNCTION:
                long[f"{module.name}.{function.name}"] = lines
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    assert [each.name for each in modules() if not ast.get_docstring(each.tree)] == []


def test_every_function_is_annotated() -> None:
    bare = []
    for module in python_files():
        for function in functions(module):
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            missing = [
                each.arg for each in arguments if each.annotation is None and each.arg not in ("self", "cls")
            ]
            if missing or function.returns is None:
                bare.append(f"{module.name}.{function.name}")
    assert bare == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{module.name}:{number}"
        for module in python_files()
        for number, line in enumerate(module.text.splitlines(), 1)
        if any(mark in line for mark in MARKS_OF_UNFINISHED_WORK)
    ]
    assert found == []


def _sleeps(tree: ast.AST) -> set[int]:
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
    pauses = (each for each in calls if ast.unparse(each.func) in ("time.sleep", "sleep"))
    return {each.lineno for each in pauses if not _gives_way(each)}


def _gives_way(pause: ast.Call) -> bool:
    """Whether the pause only gives other threads the interpreter: at most 1 ms."""
    length = pause.args[0]
    return (
        isinstance(length, ast.Constant) and isinstance(length.value, int | float) and length.value <= 0.001
    )


def test_tests_wait_for_something() -> None:
    """A pause belongs into a loop that looks for what it waits for; alone it is a guess about somebody's machine."""
    sleeping = []
    for module in python_files():
        if module.within("tests"):
            loops = [each for each in ast.walk(module.tree) if isinstance(each, ast.While | ast.For)]
            looking = set().union(*(_sleeps(each) for each in loops))
            sleeping += [f"{module.name}:{line}" for line in _sleeps(module.tree) - looking]
    assert sleeping == []


def test_no_screen_is_asked_of_a_widget() -> None:
    """PySide makes that screen the widget's child: it was destroyed with one, and the next widget ended the process."""
    found = [
        f"{module.name}:{node.lineno}"
        for module in python_files()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "screen"
    ]
    assert found == []
