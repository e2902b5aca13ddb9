"""Notices that the machine's network is back, where the system tells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtNetwork import QNetworkInformation

_Reach = QNetworkInformation.Reachability
_AWAY = (_Reach.Unknown, _Reach.Disconnected)


class NetworkWatch:
    """Calls `back` when the network, gone or unknown before, reaches anything again.

    Keep it as long as it shall tell. Some systems tell nothing: nobody may rely on it alone. Needs a Qt application.
    """

    def __init__(self, back: Callable[[], None]) -> None:
        self._back = back
        self._known = _Reach.Unknown
        self._information: QNetworkInformation | None = None
        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
        if self._information is not None:
            self._known = self._information.reachability()
            self._information.reachabilityChanged.connect(self.reaches)

    def reaches(self, now: QNetworkInformation.Reachability) -> None:
        """The system says how far the network reaches."""
        before, self._known = self._known, now
        if before in _AWAY and now not in _AWAY:
            self._back()
