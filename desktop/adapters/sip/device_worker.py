"""Opening and closing sound devices on a thread of its own: it may take long, and the SIP thread must not wait."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import asdict

from desktop.adapters.sip.device import CallDevice

log = logging.getLogger(__name__)

WATCH_S = 0.5


class DeviceWorker:
    """Runs device work in order; reports on the device's state when it changes, as `devices` events."""

    def __init__(self, device: CallDevice, post: Callable[[dict[str, object]], None]) -> None:
        self._device, self._post = device, post
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)
        self._shown: tuple[object, ...] | None = None
        self._thread.start()

    @property
    def device(self) -> CallDevice:
        """The device itself, for reading and writing only."""
        return self._device

    def start(self) -> None:
        """Open the device; ringing stops."""
        self._work.put(lambda: self._device.ring(None))
        self._work.put(self._device.start)

    def stop(self) -> None:
        """Close the device."""
        self._work.put(self._device.stop)

    def ring(self, kind: str | None) -> None:
        """Start or stop a tone."""
        self._work.put(lambda: self._device.ring(kind))

    def do(self, work: Callable[[], None]) -> None:
        """Any other work on the device."""
        self._work.put(work)

    def close(self, timeout: float) -> None:
        """Close the device and end the thread, waiting at most `timeout` seconds: some drivers hang."""
        self._work.put(lambda: self._device.ring(None))
        self._work.put(self._device.stop)
        self._work.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            try:
                work = self._work.get(timeout=WATCH_S)
            except queue.Empty:
                self._watch()
                continue
            if work is None:
                return
            try:
                work()
            except Exception as error:  # a device must never end the call
                log.warning("sound device: %s", error)
            self._watch()

    def _watch(self) -> None:
        state = self._device.state()
        shown = (state.microphone, state.speaker, state.problem, state.use)
        if shown != self._shown:
            self._shown = shown
            devices = {
                "microphone": state.microphone,
                "speaker": state.speaker,
                "problem": state.problem,
                "use": asdict(state.use) if state.use is not None else None,
            }
            self._post({"event": "devices", "devices": devices})
