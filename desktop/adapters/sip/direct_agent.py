"""A user agent that speaks SIP to its peer on loopback itself, without a doorman: the simulated citizen's."""

from __future__ import annotations

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.sip.account import account_config
from desktop.adapters.sip.device_worker import DeviceWorker
from desktop.adapters.sip.frames import FrameQueue
from desktop.adapters.sip.user_agent import Post, UserAgent


class DirectUserAgent(UserAgent):
    """Calls and is answered at its own loopback address. The configuration's `door` is not used."""

    def __init__(self, config: EngineConfig, worker: DeviceWorker, frames: FrameQueue, post: Post) -> None:
        super().__init__(config, worker, frames, self._note_address, when_up=lambda: None)
        self._tell = post
        self._address = ""

    def _note_address(self, event: dict[str, object]) -> None:
        if event.get("event") == "up":
            self._address = str(event["address"])
        self._tell(event)

    def _create_account(self) -> None:
        account = account_config(self._config)
        account.sipConfig.proxies.clear()
        account.sipConfig.contactForced = f"<sip:{self._config.user}@{self._address}>"
        if self._account is not None:
            self._account.create(account)
