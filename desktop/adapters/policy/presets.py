"""The policies that ship, by name, and where they and a centre's own lie."""

from pathlib import Path

from desktop import paths

PRESETS = ("seoul", "ladder110", "ja", "vi", "th", "mn", "en")
DEFAULT_PRESET = "seoul"
SUFFIX = ".toml"


def presets_folder() -> Path:
    """Where the shipped policies lie."""
    return paths.resources() / "policies"


def policy_file(name: str) -> Path:
    """The file that a setting or a command means: a preset's name, or a path; "" is the default preset."""
    name = name or DEFAULT_PRESET
    return presets_folder() / f"{name}{SUFFIX}" if name in PRESETS else Path(name).expanduser().absolute()
