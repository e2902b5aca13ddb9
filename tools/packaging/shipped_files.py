"""Puts the shipped files into a wheel: they lie beside the package in a checkout, inside it once installed.

`desktop/paths.py` looks in both places. An editable install needs no copy: it uses the checkout's own.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("resources", "i18n")


class ShippedFiles(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Hatchling's hook; the build calls `initialize` first."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what goes where; `version` is "editable" or "standard"."""
        if version == "editable":
            return
        for name in FOLDERS:
            folder = Path(self.root) / name
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"desktop/data/{name}"
