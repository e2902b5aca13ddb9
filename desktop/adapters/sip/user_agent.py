"""The SIP thread: makes, uses and ends every pjsua2 object; commands come in by a queue, facts go out as dicts."""

from __future__ import annotations

import gc
import logging
import queue
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pjsua2 as pj

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.sip import library
from desktop.adapters.sip.account import Account, account_config
from desktop.adapters.sip.call import Call
from desktop.adapters.sip.device_worker import DeviceWorker
from desktop.adapters.sip.dial_pace import DialPace
from desktop.adapters.sip.frames import FrameQueue
from desktop.adapters.sip.invitation import about, invitation
from desktop.adapters.sip.mapping import sender_of
from desktop.adapters.sip.media import FRAME_MS, Announcement, LinePort
from desktop.adapters.sip.messaging import TextMessages
from desktop.adapters.sip.running import CommandError, RunningCalls, is_confirmed, is_ringing, is_spoken
from desktop.adapters.sip.second_line import SecondLine
from desktop.adapters.sip.shared_sound import SharedSound
from desktop.adapters.sip.told_after import told_after
from desktop.adapters.sip.way import Way
from desktop.domain.ids import new_id

log = logging.getLogger(__name__)

POLL_MS = 10
TICK_S = 0.1
BEAT_S = 0.5
GOODBYE_S = 1.0
BUSY_TONE_S = 3.0
MAX_CALLS = 2
"""Two lines: a call and a consultation, or one that waits. A further caller hears busy."""
DIGITS = re.compile(r"[0-9A-Da-d*#]{1,64}\Z")

Post = Callable[[dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class Command:
    """One verb with its arguments; `seq` is repeated in the answer. `announcement` is what `announce` plays."""

    verb: str
    arguments: tuple[str, ...]
    seq: int
    announcement: Announcement | None = None


class UserAgent:
    """`run` is the SIP thread; it calls `when_up` once calls can come. `submit` and `stop` may be called from any
    thread; `post` must not block."""

    def __init__(
        self,
        config: EngineConfig,
        worker: DeviceWorker,
        frames: FrameQueue,
        post: Post,
        when_up: Callable[[], None],
    ) -> None:
        self._config, self._worker, self._frames, self.post = config, worker, frames, post
        self._when_up = when_up
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._calls = RunningCalls()
        self._second, self._texts = SecondLine(self._calls, post), TextMessages(post)
        self._sound, self._muted, self._stop = SharedSound(worker.device), False, False
        self._tone: str | None = None
        self._turned_away: list[tuple[Call, int]] = []
        self._ports: list[LinePort] = []
        self._free: list[LinePort] = []
        self._pace, self._way = DialPace(), Way(config, lambda: self._account, self._calls.ours)
        self._availability = config.availability
        self._busy_until = 0.0
        self._account: Account | None = None
        self._verbs: dict[str, Callable[[tuple[str, ...]], str | None]] = {
            "dial": self._dial,
            "answer": self._answer,
            "reject": self._reject,
            "hangup": self._hang_up,
            "hold": lambda arguments: self._hold(arguments, True),
            "resume": lambda arguments: self._hold(arguments, False),
            "mute": lambda arguments: self._mute(arguments, True),
            "unmute": lambda arguments: self._mute(arguments, False),
            "dtmf": self._dtmf,
            "dial-incident": lambda arguments: self._dial_about(arguments, bool(self._calls.ours())),
            "consult": lambda arguments: self._dial_about(arguments, True),
            "add": self._add,
            "availability": self._set_availability,
            "register": lambda _arguments: self._register(),
            "message": lambda arguments: self._texts.send(self._account, arguments),
            **self._second.verbs,
            **self._way.verbs,
        }

    @property
    def lost_ms(self) -> int:
        """Milliseconds of sound that the network lost in the running calls, by the last count."""
        return max((call.meter.lost_ms for call in list(self._calls.values())), default=0)

    def submit(self, command: Command) -> None:
        """Do `command` soon; `done` or `error` with its `seq` follows."""
        self._commands.put(command)

    def stop(self) -> None:
        """End calls and registration, then leave `run`."""
        self._stop = True

    # ---- the thread

    def run(self) -> None:
        """Start the library, then work until `stop`. Raises LibraryError where it cannot start."""
        config, rate = self._config, self._worker.device.clock_rate
        endpoint, address = library.start(rate, FRAME_MS, config)
        self._add_port()
        self._account = Account(self._incoming, self.post, self._texts)
        self.post({"event": "up", "address": address})
        self._create_account()
        self._when_up()
        tick = beat = 0.0
        while not self._stop:
            endpoint.libHandleEvents(POLL_MS)
            self._turn_away()
            self._run_commands()
            now = time.monotonic()
            if now >= tick:
                tick = now + TICK_S
                self._tick(now)
            if now >= beat:
                beat = now + BEAT_S
                self.post({"event": "beat"})
        self._say_goodbye(endpoint)

    def _create_account(self) -> None:
        if self._config.registrar:
            trying = {"state": "trying", "code": 0, "reason": "", "retry_s": None}
            self.post({"event": "registration", **trying})
        if self._account is not None:
            self._account.create(account_config(self._config))

    def _add_port(self) -> None:
        port = LinePort(self._sound.seat(), self._frames)
        port.open(f"line{len(self._ports)}")
        self._ports.append(port)
        self._free.append(port)

    def _run_commands(self) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            try:
                key = self._run_command(command)
                done = {"event": "done", "command": command.verb, "seq": command.seq}
                self.post({**done, "id": key} if key else done)
            except CommandError as error:
                self._refuse(command, str(error))
            except pj.Error as error:
                self._refuse(command, library.explain(error))

    def _run_command(self, command: Command) -> str | None:
        if command.verb == "announce":
            self._announce(command)
            return None
        verb = self._verbs.get(command.verb)
        if verb is None:
            raise CommandError("unknown command")
        return verb(command.arguments)

    def _refuse(self, command: Command, reason: str) -> None:
        self.post({"event": "error", "command": command.verb, "reason": reason, "seq": command.seq})

    def _tick(self, now: float) -> None:
        for call in list(self._calls.values()):
            call.tick(now)
        if self._busy_until and now >= self._busy_until:
            self._busy_until = 0.0
            self._rest_device()

    def _say_goodbye(self, endpoint: object) -> None:
        for call in list(self._calls.values()):
            call.finish()
        if self._account is not None and self._config.registrar:
            try:
                self._account.setRegistration(False)
            except pj.Error as error:
                log.debug("nothing to unregister: %s", library.explain(error))
        end = time.monotonic() + GOODBYE_S
        quiet = time.monotonic() + GOODBYE_S / 4
        while time.monotonic() < end and (self._calls or time.monotonic() < quiet):
            endpoint.libHandleEvents(POLL_MS)  # type: ignore[attr-defined]
        for call in self._calls.values():
            call.this.disown()
        self._calls.clear()
        gc.collect()

    # ---- calls

    def _incoming(self, account: Account, call_id: int, message: str) -> None:
        call = Call(self, account, new_id("c"), "incoming", call_id)
        busy = len(self._calls.ours()) >= MAX_CALLS
        self._calls[call.key] = call
        call.learn_remote(sender_of(message))
        if self._availability or busy:
            call.refusal = "unavailable" if self._availability else "busy"
            self._turned_away.append((call, self._availability or 486))
            return
        call.state = "INCOMING"
        with told_after(self):  # the caller waits for the 180, and the phone would relay the events first
            call.post_state()
            self._lend_port(call)
            self._mute_too(call)
            call.respond(180)
        self._sound_tone()

    def _turn_away(self) -> None:
        """Outside the callback: in it the library does not survive the end of a call that came without an offer."""
        while self._turned_away:
            call, code = self._turned_away.pop()
            call.finish(code)

    def _lend_port(self, call: Call) -> None:
        if not self._free:
            self._add_port()
        call.port = self._free.pop()

    def _mute_too(self, call: Call) -> None:
        if self._muted:
            call.mute(True)

    def call_changed(self, call: Call) -> None:
        """Devices, tones and the tap follow the call's state and media."""
        if call.refusal or call.port is None:
            return
        if call.state == "CONFIRMED" and call.audio_active and not call.port.busy:
            call.port.begin(call.key, call.asked)
        self._second.changed()
        self._sound_tone()

    def text_came(self, sender: str, kind: str, body: str) -> None:
        """A text within a call."""
        self._texts.came(sender, kind, body)

    def call_cut(self, call: Call) -> None:
        """Take the call out of what others hear."""
        self._second.cut(call)

    def call_over(self, call: Call) -> None:
        """Give the line back."""
        self._calls.pop(call.key, None)
        if call.port is None:
            return
        if call.direction == "outgoing" and call.ended_here and not call.was_confirmed:
            self.post({"event": "given_up", "sip": call.getInfo().callIdString})
        self._second.over(call)
        call.port.end()
        self._free.append(call.port)
        call.port = None
        if not any(other.port for other in self._calls.values()):
            self._muted = False
        outgoing_busy = call.direction == "outgoing" and not call.ended_here and not call.was_confirmed
        if outgoing_busy and not self._calls:
            self._tone = "busy"
            self._worker.ring("busy")
            self._busy_until = time.monotonic() + BUSY_TONE_S
        else:
            self._sound_tone()
            self._rest_device()

    def _sound_tone(self) -> None:
        """Let the ear have the tone that the calls deserve: beside a voice never more than the waiting tone."""
        lent = [call for call in self._calls.ours() if call.port is not None]
        tone = None
        if any(is_ringing(call) for call in lent):
            spoken = any(not is_ringing(call) for call in lent)
            tone = "waiting" if spoken else self._config.ring
        elif any(
            call.direction == "outgoing" and call.state == "EARLY" and not call.audio_active for call in lent
        ):
            # Beside a voice that is heard the window alone says that it rings.
            tone = None if any(call.sounding for call in lent) else "ringback"
        if tone != self._tone:
            self._tone = tone
            self._worker.ring(tone)

    def _rest_device(self) -> None:
        if not any(call.port for call in self._calls.values()):
            self._tone = None
            self._worker.ring(None)
            self._worker.stop()

    # ---- verbs

    def _register(self) -> None:
        if self._account is None or not self._config.registrar:
            raise CommandError("this account has no registrar")
        self._account.register()

    def _dial(self, arguments: tuple[str, ...]) -> str:
        self._second.check_free_ear()
        # Beside another call it is a consultation: its transcript is its own, and nobody records it.
        return self._place(arguments[0], asked=bool(self._calls.ours()))

    def _dial_about(self, arguments: tuple[str, ...], asked: bool) -> str:
        incident, target = about(arguments)
        self._second.check_free_ear()
        return self._place(target, asked, incident)

    def _add(self, arguments: tuple[str, ...]) -> str:
        incident, target = about(arguments)
        partner = self._second.partner()
        key = self._place(target, True, incident)
        self._second.add(partner, self._calls[key])
        return key

    def _place(self, uri: str, asked: bool, incident: str = "") -> str:
        if len(self._calls.ours()) >= MAX_CALLS:
            raise CommandError("both lines are taken")
        if self._account is None:
            raise CommandError("no account")
        self._pace.take(time.monotonic())
        call = Call(self, self._account, new_id("c"), "outgoing")
        call.asked = asked
        self._calls[call.key] = call
        self._lend_port(call)
        self._busy_until = 0.0
        try:
            call.makeCall(uri, invitation(incident))
        except pj.Error:
            self.call_over(call)
            raise
        self._mute_too(call)  # told after the call itself
        self._worker.start()
        return call.key

    def _answer(self, arguments: tuple[str, ...]) -> None:
        call = self._calls.find(arguments, is_ringing, "ringing")
        self._second.make_room(call)
        self._worker.start()
        call.respond(200)

    def _reject(self, arguments: tuple[str, ...]) -> None:
        code = 486
        if arguments and re.fullmatch(r"[3-6]\d\d", arguments[-1]):
            code, arguments = int(arguments[-1]), arguments[:-1]
        self._calls.find(arguments, is_ringing, "ringing").finish(code)

    def _hang_up(self, arguments: tuple[str, ...]) -> None:
        self._calls.find(arguments, lambda call: True, "running").finish()

    def _hold(self, arguments: tuple[str, ...], on: bool) -> None:
        wanting = self._calls.ours(lambda call: is_confirmed(call) and call.want_hold != on)
        if not arguments and wanting:
            call = self._calls.find((), wanting.__contains__, "answered")
        else:
            call = self._calls.find(arguments, is_confirmed, "answered")
        if call.want_hold == on:
            raise CommandError("the call is already on hold" if on else "the call is not on hold")
        if not on:
            self._second.check_resume(call)
        call.hold(on)

    def _mute(self, arguments: tuple[str, ...], on: bool) -> None:
        calls = [self._calls.named(arguments[0])] if arguments else self._calls.ours()
        if not calls:
            raise CommandError("no running call")
        if self._muted == on:
            raise CommandError("the microphone is already closed" if on else "the microphone is open")
        # The microphone is one: closed towards one line it is closed towards all.
        self._muted = on
        for call in self._calls.ours():
            call.mute(on)

    def _announce(self, command: Command) -> None:
        call = self._calls.find(command.arguments, is_confirmed, "answered")
        if call.port is None or not call.port.busy or call.want_hold or call.local_hold or call.remote_hold:
            raise CommandError("the call is on hold: nobody would hear it")
        call.port.announce(command.announcement)

    def _dtmf(self, arguments: tuple[str, ...]) -> None:
        if not arguments or not DIGITS.match(arguments[0]):
            raise CommandError("digits are 0-9, *, # and A-D, 64 at most")
        fits = is_spoken if len(arguments) == 1 and self._calls.ours(is_spoken) else is_confirmed
        call = self._calls.find(arguments[1:], fits, "answered")
        if call.want_hold:
            raise CommandError("the call is on hold; take it back first")
        call.send_digits(arguments[0].upper())

    def _set_availability(self, arguments: tuple[str, ...]) -> None:
        if not arguments or not re.fullmatch(r"0|480|486|600|603", arguments[0]):
            raise CommandError("availability is 0, 480, 486, 600 or 603")
        self._availability = int(arguments[0])
