"""The desk's port `Phone` on the phone process: verbs go out as commands, events come back as facts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from desktop.adapters.phone.call_table import Event
from desktop.adapters.phone.client import Environment, PhoneClient, nothing_more
from desktop.adapters.phone.facts import fact_of, ready_of, sound_of
from desktop.adapters.phone.sound_words import told
from desktop.domain.errors import PhoneError
from desktop.domain.phone import PhoneFact, PhoneGone
from desktop.domain.sound import SoundWishes
from desktop.domain.voice import VoiceWishes

log = logging.getLogger(__name__)

TapReceiver = Callable[[str, str], None]
PRACTICE_ONLY = "This desk takes practice calls only."


class DeskPhone:
    """Implements `services.ports.Phone`. `argv` gives the phone's command line for an account file or none."""

    def __init__(
        self, data: Path, argv: Callable[[Path | None], Sequence[str]], account: Path | None = None
    ) -> None:
        self._data, self._argv, self._account = data, argv, account
        self._again: list[str] = []
        self._environment: Environment = nothing_more
        self._client: PhoneClient | None = None
        self._starting = asyncio.Lock()
        self._receiver: Callable[[PhoneFact], None] = lambda fact: None
        self.on_tap: TapReceiver = lambda address, token: None
        self.uri = ""

    @property
    def pid(self) -> int:
        """The phone process; 0 where none is attached."""
        return self._client.pid if self._client is not None else 0

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        """Call `receiver` on the loop with each fact."""
        self._receiver = receiver

    async def start(self) -> None:
        """Attach to the phone of the data folder, or start one; nothing where it runs. Raises PhoneError."""
        async with self._starting:
            if self._client is not None:
                return
            argv = [*self._argv(self._account), *self._again]
            self._client = await PhoneClient.start(self._data, argv, self._environment, bool(self._again))
            self._client.listen(self._take)
        self._take(self._client.snapshot)

    def set_environment(self, environment: Environment) -> None:
        """What a phone that is started finds in its environment is asked then; one that runs is attached to at once."""
        self._environment = environment

    def be_missed(self, desk_data: Path) -> None:
        """From the next start on: where this desk vanishes, the phone starts one of this data folder again."""
        self._again = ["--desk", str(desk_data)]

    async def use_account(self, account: Path | None, environment: Mapping[str, str]) -> None:
        """End the phone and start one with this account. Raises PhoneError."""
        await self.close(goodbye=True)

        async def given() -> Mapping[str, str]:
            return environment

        self._account, self._environment = account, given
        await self.start()

    async def dial(self, uri: str, incident: str = "") -> str:
        """Call somebody; returns the call id."""
        verb = ("dial-incident", incident) if incident else ("dial",)
        return str((await self._do(*verb, uri)).get("id", ""))

    async def consult(self, uri: str, incident: str = "") -> str:
        """Ask somebody; returns the call id."""
        return str((await self._do("consult", incident or "-", uri)).get("id", ""))

    async def add(self, uri: str, incident: str = "") -> str:
        """Call a third one into the call that runs; returns the call id."""
        return str((await self._do("add", incident or "-", uri)).get("id", ""))

    async def swap(self) -> None:
        """Change between two calls."""
        await self._do("swap")

    async def conference(self, one_id: str, other_id: str) -> None:
        """Join two calls."""
        await self._do("conference", one_id, other_id)

    async def transfer(self, call_id: str, target: str) -> None:
        """Give a call away."""
        await self._do("transfer", call_id, target)

    async def answer(self, call_id: str) -> None:
        """Take a ringing call."""
        await self._do("answer", call_id)

    async def reject(self, call_id: str, code: int) -> None:
        """Refuse a ringing call."""
        await self._do("reject", call_id, str(code))

    async def hang_up(self, call_id: str) -> None:
        """End a call in any state."""
        await self._do("hangup", call_id)

    async def hold(self, call_id: str, on: bool) -> None:
        """Put on hold or take back."""
        await self._do("hold" if on else "resume", call_id)

    async def mute(self, on: bool) -> None:
        """Close or open the microphone towards the call."""
        await self._do("mute" if on else "unmute")

    async def send_digits(self, call_id: str, digits: str) -> None:
        """Send DTMF digits."""
        await self._do("dtmf", digits, call_id)

    async def send_text(self, uri: str, text: str) -> None:
        """Send a text message."""
        await self._do("message", uri, text)

    async def set_availability(self, code: int) -> None:
        """0: new calls ring; otherwise they are refused with this code."""
        await self._do("availability", str(code))

    async def speak(self, file: str) -> None:
        """Play an audio file into the microphone path; "" stops."""
        await self._do("speak", *([file] if file else []))

    async def announce(self, call_id: str, file: str) -> None:
        """Play an audio file into the call in the microphone's place; "" stops."""
        await self._do("announce", file, call_id)

    async def set_sound(self, wishes: SoundWishes) -> None:
        """Use other sound devices and volumes from now on."""
        await self._do("sound", told(wishes))

    async def keep_device(self, kind: str, device_id: str, only: bool) -> None:
        """Stay with a sound device for the rest of the call."""
        await self._do("keep-device", kind, device_id, *(["only"] if only else []))

    async def treat_voice(self, wishes: VoiceWishes) -> None:
        """Treat the agent's voice like this from now on."""
        await self._do("voice", *wishes.words)

    async def close(self, goodbye: bool) -> None:
        """Leave the phone; with `goodbye` it ends calls and itself."""
        client, self._client = self._client, None
        if client is not None:
            await client.close(goodbye)

    async def _do(self, verb: str, *arguments: str) -> Event:
        if self._client is None:
            raise PhoneError("The phone does not run.")
        return await self._client.command(verb, *arguments)

    def _take(self, event: Event) -> None:
        try:
            if event.get("event") == "snapshot":
                self._take_snapshot(event)
            elif event.get("event") == "gone":
                self._receiver(PhoneGone(str(event.get("reason") or "")))
            elif (fact := fact_of(event)) is not None:
                self._receiver(fact)
        except (KeyError, ValueError, TypeError) as error:
            log.error("an event of the phone could not be read: %s", error)

    def _take_snapshot(self, snapshot: Event) -> None:
        client = self._client
        if client is not None:
            self.on_tap(client.tap, client.token)
        self.uri = str(snapshot.get("uri") or "")
        self._receiver(sound_of(snapshot))
        registration = snapshot.get("registration") or {}
        if registration and (fact := fact_of({**registration, "event": "registration"})) is not None:
            self._receiver(fact)
        self._receiver(ready_of(snapshot))


class AbsentPhone:
    """A line that no call can use, for a desk that only practises."""

    uri = ""

    def __init__(self) -> None:
        self.on_tap: TapReceiver = lambda address, token: None

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        """There will be no facts."""

    async def start(self) -> None:
        """There is nothing to start."""

    async def dial(self, uri: str, incident: str = "") -> str:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def consult(self, uri: str, incident: str = "") -> str:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def add(self, uri: str, incident: str = "") -> str:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def swap(self) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def conference(self, one_id: str, other_id: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def transfer(self, call_id: str, target: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def answer(self, call_id: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def reject(self, call_id: str, code: int) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def hang_up(self, call_id: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def hold(self, call_id: str, on: bool) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def mute(self, on: bool) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def send_digits(self, call_id: str, digits: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def send_text(self, uri: str, text: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def set_availability(self, code: int) -> None:
        """Nothing rings here in any case."""

    async def speak(self, file: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def announce(self, call_id: str, file: str) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def keep_device(self, kind: str, device_id: str, only: bool) -> None:
        """Not possible."""
        raise PhoneError(PRACTICE_ONLY)

    async def close(self, goodbye: bool) -> None:
        """There is nothing to close."""
