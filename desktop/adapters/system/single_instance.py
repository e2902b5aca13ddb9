"""One window per user and data folder: a second start hands its wish to the first and ends."""

import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.adapters.system.folder_lock import FolderLock
from desktop.paths import private_folder

PATIENCE_MS = 2000
MOST_BYTES = 64_000
# The address of a Unix socket holds 108 bytes, on some systems 104.
LONGEST_ADDRESS = 100


class SingleInstance(QObject):
    """Claims a data folder for one window.

    `asked` is emitted in the first window when a second start wants it: with that start's arguments.
    """

    asked = Signal(list)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = FolderLock(data, "window")
        self._address = _address(data)
        self._server: QLocalServer | None = None
        self._sockets: list[QLocalSocket] = []

    def claim(self, arguments: Sequence[str] = ()) -> bool:
        """True where this start is the first; else the first window was given `arguments` and this start may end.

        Raises DeskError where the folder cannot be written.
        """
        if not self._lock.acquire():
            self._tell(arguments)
            return False
        # The lock is ours, so a socket that still lies there belongs to a window that died.
        QLocalServer.removeServer(self._address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        server.listen(self._address)
        self._server = server
        return True

    def release(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            for socket in list(self._sockets):
                self._drop(socket)
            self._server.close()
            self._server = None
        self._lock.release()

    def _tell(self, arguments: Sequence[str]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(PATIENCE_MS):
            return False
        socket.write(json.dumps(list(arguments)).encode() + b"\n")
        told = socket.waitForBytesWritten(PATIENCE_MS)
        socket.disconnectFromServer()
        return told

    def _answer(self) -> None:
        server = self._server
        socket = server.nextPendingConnection() if server is not None else None
        if socket is None:
            return
        # Held here until it has spoken: Qt must not free what a callback of Python still names.
        self._sockets.append(socket)
        socket.readyRead.connect(self._receive)
        socket.disconnected.connect(self._receive)
        self._receive()

    def _receive(self) -> None:
        for socket in list(self._sockets):
            if socket.bytesAvailable() > MOST_BYTES:
                self._drop(socket)
            elif socket.canReadLine():
                arguments = _arguments(bytes(socket.readLine().data()))
                self._drop(socket)
                self.asked.emit(arguments)
            elif socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._drop(socket)

    def _drop(self, socket: QLocalSocket) -> None:
        self._sockets.remove(socket)
        socket.blockSignals(True)
        socket.close()
        socket.deleteLater()


def _arguments(line: bytes) -> list[str]:
    try:
        found = json.loads(line)
    except ValueError:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _address(data: Path) -> str:
    name = "dasan-desk-" + hashlib.sha256(str(data).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return name
    address = data / "run" / "window.sock"
    if len(str(address).encode()) <= LONGEST_ADDRESS:
        return str(address)
    # A folder of our own: in one that everybody may write, somebody else could have made the name first.
    return str(private_folder(Path(tempfile.gettempdir()) / f"{name}-run") / "window.sock")
