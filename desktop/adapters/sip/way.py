"""How media leaves this machine, as the phone last said: by which address, with which STUN and TURN servers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import pjsua2 as pj

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.sip.account import Account, account_config
from desktop.adapters.sip.call import Call
from desktop.adapters.sip.library import use_stun


class Way:
    """For the SIP thread. `account` and `calls` say which there are by then."""

    def __init__(
        self,
        config: EngineConfig,
        account: Callable[[], Account | None],
        calls: Callable[[], Iterable[Call]],
    ) -> None:
        self._config, self._account, self._calls = config, account, calls
        self.verbs: dict[str, Callable[[tuple[str, ...]], str | None]] = {
            "traverse": self._traverse,
            "network": self._network,
        }

    def _traverse(self, servers: tuple[str, ...]) -> None:
        """Use these STUN and TURN servers for the media of later calls, "" for none."""
        stun, turn = servers
        if stun:
            use_stun(pj.Endpoint.instance(), stun)
        self._use(replace(self._config, traversal=replace(self._config.traversal, stun=stun, turn=turn)))

    def _network(self, arguments: tuple[str, ...]) -> None:
        """Media of later calls leaves from this address, "" for no network; running calls are kept."""
        address, ask = arguments
        moved = bool(address) and address != self._config.media_address
        if moved:
            self._use(replace(self._config, media_address=address))
        # With ICE a call's sound is bound to no address: nothing but this tells that its candidates are of the past.
        afresh = moved and self._config.traversal.ice
        for call in self._calls():
            call.renewal.network(address, ask == "ask", afresh, time.monotonic())

    def _use(self, config: EngineConfig) -> None:
        self._config = config
        account = self._account()
        if account is not None:
            account.modify(account_config(config))
