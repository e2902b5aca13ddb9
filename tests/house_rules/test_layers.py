"""What import-linter cannot see: parts of Qt, the standard library alone, and what belongs to one system only."""

import ast
import sys

import pytest

from tests.house_rules.source import Module, modules

HOMES = {
    "pjsua2": ("desktop.adapters.sip",),
    "_pjsua2": ("desktop.adapters.sip",),
    "whisper": ("desktop.adapters.stt",),
    "torch": ("desktop.adapters.stt",),
    "ctranslate2": ("desktop.adapters.stt",),
    "onnxruntime": ("desktop.adapters.stt",),
    "sqlite_utils": ("desktop.adapters.storage",),
    "miniaudio": ("desktop.adapters.audio",),
    "pywebrtc_audio": ("desktop.adapters.audio",),
    "soxr": ("desktop.adapters.audio",),
    "numpy": ("desktop.adapters",),
    "ruamel": ("desktop.adapters.articles", "desktop.adapters.practice"),
    "python_calamine": ("desktop.adapters.articles",),
    "pydantic": ("desktop.adapters.policy",),
    "pydantic_core": ("desktop.adapters.policy",),
    "platformdirs": ("desktop.paths",),
    "keyring": ("desktop.adapters.system",),
    "httpx2": ("desktop.adapters.delivery",),
    "cryptography": ("desktop.adapters.evidence",),
    "qasync": ("desktop.ui", "desktop.processes.desk"),
    # The autopilot of a practice call works the real window, so it is a part of the desk process.
    "PySide6": (
        "desktop.ui",
        "desktop.processes.desk",
        "desktop.processes.window_driver",
        "desktop.adapters.system",
    ),
    "PySide6.QtWidgets": ("desktop.ui", "desktop.processes.desk", "desktop.processes.window_driver"),
    "shiboken6": ("desktop.ui",),
}
POSIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": {
        "chroot",
        "fork",
        "forkpty",
        "getegid",
        "geteuid",
        "getgid",
        "getloadavg",
        "getpgid",
        "getpriority",
        "getuid",
        "killpg",
        "mkfifo",
        "nice",
        "sched_setaffinity",
        "setpgid",
        "setpriority",
        "setsid",
        "sysconf",
        "uname",
        "wait",
        "waitpid",
    },
    "signal": {
        "SIGALRM",
        "SIGCHLD",
        "SIGHUP",
        "SIGKILL",
        "SIGPIPE",
        "SIGQUIT",
        "SIGUSR1",
        "SIGUSR2",
        "setitimer",
    },
    "asyncio": {"start_unix_server", "open_unix_connection"},
    "socket": {"AF_UNIX", "socketpair"},
}
SYSTEM = "desktop.adapters.system"
# Local sockets are chosen in one place, which falls back to a port on loopback where there are none.
POSIX_HOMES = (SYSTEM, "desktop.adapters.tap.address")


def roots(module: Module) -> dict[str, int]:
    return {name.partition(".")[0]: line for name, line in module.imports()}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_is_imported_where_it_belongs(library: str) -> None:
    strangers = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        for name, line in module.imports()
        if (name == library or name.startswith(library + ".")) and not module.within(*HOMES[library])
    ]
    assert strangers == []


def test_every_library_has_a_home() -> None:
    known = {name.partition(".")[0] for name in HOMES} | {"desktop"} | set(sys.stdlib_module_names)
    homeless = {root for module in modules() for root in roots(module) if root not in known}
    assert homeless == set()


def test_domain_and_services_stand_on_the_standard_library() -> None:
    strangers = []
    for module in modules():
        own = (
            ("desktop.domain",) if module.within("desktop.domain") else ("desktop.domain", "desktop.services")
        )
        if not module.within("desktop.domain", "desktop.services"):
            continue
        for name, line in module.imports():
            root = name.partition(".")[0]
            mine = root == "desktop" and any(name == each or name.startswith(each + ".") for each in own)
            if not mine and root not in sys.stdlib_module_names:
                strangers.append(f"{module.name}:{line} imports {name}")
    assert strangers == []


def test_the_domain_is_pure() -> None:
    unclean = {
        "asyncio",
        "os",
        "socket",
        "sqlite3",
        "subprocess",
        "threading",
        "tempfile",
        "shutil",
        "logging",
    }
    found = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.within("desktop.domain")
        for name, line in module.imports()
        if name.partition(".")[0] in unclean
    ]
    assert found == []


def _guarded(tree: ast.Module) -> set[int]:
    """The lines that stand under a condition on `sys.platform` or `os.name`."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        asks = isinstance(node, ast.If | ast.IfExp) and any(
            sign in ast.unparse(node.test) for sign in ("sys.platform", "os.name")
        )
        if asks and isinstance(node, ast.If | ast.IfExp):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_what_only_posix_has_stays_in_system() -> None:
    found = []
    for module in modules():
        if module.within(*POSIX_HOMES):
            continue
        guarded = _guarded(module.tree)
        found += [
            f"{module.name}:{line} imports {name}" for name, line in module.imports() if name in POSIX_MODULES
        ]
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
                continue
            if node.attr in POSIX_NAMES.get(node.value.id, ()) and node.lineno not in guarded:
                found.append(f"{module.name}:{node.lineno} uses {node.value.id}.{node.attr}")
    assert found == []


def test_only_the_guarded_half_of_system_is_posix() -> None:
    for module in modules():
        if not module.within(SYSTEM):
            continue
        guarded = _guarded(module.tree)
        bare = [line for name, line in module.imports() if name in POSIX_MODULES and line not in guarded]
        assert bare == [], f"{module.name} imports a POSIX module on every system"
