"""Where things are: the folders of a user, the shipped files, and files that only this user may read."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

APPLICATION = "dasan-desk"
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders of one user; nothing is written outside them."""

    data: Path
    config: Path

    @property
    def settings_file(self) -> Path:
        """The settings, TOML."""
        return self.config / "settings.toml"

    @property
    def logs(self) -> Path:
        """The folder of log files, one per subsystem."""
        return self.data / "logs"

    @property
    def desk_database(self) -> Path:
        """Real calls."""
        return self.data / "desk.sqlite"

    @property
    def practice_database(self) -> Path:
        """Practice calls, same schema."""
        return self.data / "practice.sqlite"

    @property
    def answers_database(self) -> Path:
        """What the agent does with answers: uses, favourites, flags, proposals, learned wordings."""
        return self.data / "answers.sqlite"

    @property
    def window_place(self) -> Path:
        """Size and place of the window, as Qt writes them."""
        return self.data / "window.place"

    @property
    def evidence(self) -> Path:
        """Sealed files of incidents, and the list of keys."""
        return self.data / "evidence"

    @property
    def models(self) -> Path:
        """Installed speech models."""
        return self.data / "models"

    @property
    def caller_key(self) -> Path:
        """The key of the hashes by which callers are known again."""
        return self.data / "callers.key"

    @property
    def converted_models(self) -> Path:
        """Speech models in the form that the engine ctranslate2 reads."""
        return self.data / "converted-models"

    @property
    def run(self) -> Path:
        """Sockets and locks of running processes."""
        return self.data / "run"


def default_data() -> Path:
    """The platform's data folder (`XDG_DATA_HOME` is honoured); it need not exist."""
    import platformdirs  # a process that is told its folders does without

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def default_config() -> Path:
    """The platform's configuration folder (`XDG_CONFIG_HOME` is honoured); it need not exist."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))


def folders(data: Path | None = None, config: Path | None = None) -> Folders:
    """The folders to use, absolute; what is not given is the platform's own."""
    return Folders(
        (data or default_data()).expanduser().absolute(), (config or default_config()).expanduser().absolute()
    )


def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen)] if frozen else []
    places += [package.parent, package / "data"]
    for place in places:
        if (place / name).is_dir() and (
            frozen or place != package.parent or (place / "pyproject.toml").is_file()
        ):
            return place / name
    return places[0] / name


def resources() -> Path:
    """The folder of shipped files (icons, voices, packs, models): of a checkout, a wheel or a frozen build."""
    return _shipped("resources")


def translations() -> Path:
    """The folder of the window's compiled translations (`desktop_<locale>.qm`)."""
    return _shipped("i18n")


def private_folder(path: Path) -> Path:
    """Make `path` and its missing parents, open to this user alone; returns it. Raises OSError."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    return path


def open_private(path: Path, flags: int = os.O_WRONLY | os.O_CREAT | os.O_TRUNC) -> IO[bytes]:
    """Open a file for writing that only this user may read. Raises OSError."""
    binary = getattr(os, "O_BINARY", 0)
    mode = "ab" if flags & os.O_APPEND else "wb"
    return os.fdopen(os.open(path, flags | binary, PRIVATE_FILE), mode)


@contextmanager
def replacing_private(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` as a whole, on disk, when the block ends well. Raises OSError."""
    import tempfile  # for who writes: every process imports this module

    private_folder(path.parent)
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_private(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step; only this user may read it. Raises OSError."""
    with replacing_private(path) as file:
        file.write(content)


def settle_folder(folder: Path) -> None:
    """The names in a folder on disk too, where the system can do that for a folder."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError:
        return  # some network file systems cannot; the name is there all the same
    finally:
        os.close(number)
