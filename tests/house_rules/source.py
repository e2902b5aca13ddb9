"""The project's own modules, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, text and tree."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The module's name for a package, the package's otherwise."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def within(self, *packages: str) -> bool:
        """Whether the module is one of `packages` or lies in one."""
        return any(self.name == each or self.name.startswith(each + ".") for each in packages)

    def imports(self) -> Iterator[tuple[str, int]]:
        """Every imported module's full name with its line; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, node.lineno
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                for alias in node.names:
                    yield f"{node.module}.{alias.name}", node.lineno


def _module(path: Path) -> Module:
    relative = path.relative_to(ROOT).with_suffix("")
    parts = [part for part in relative.parts if part != "__init__"]
    text = path.read_text("utf-8")
    return Module(".".join(parts), path, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program."""
    return tuple(_module(path) for path in sorted((ROOT / "desktop").rglob("*.py")))


@cache
def python_files() -> tuple[Module, ...]:
    """Every Python file of the project: program, tests, tools, measurements."""
    folders = ("desktop", "tests", "tools", "bench")
    paths = [path for name in folders for path in sorted((ROOT / name).rglob("*.py"))]
    return tuple(_module(path) for path in [*paths, ROOT / "dev.py"])
