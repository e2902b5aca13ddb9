"""One call on the SIP thread: states, hold, mute, digits, statistics. Nothing outside that thread refers to it."""

from __future__ import annotations

import logging
import random
import time
from contextlib import suppress
from typing import Any, Protocol

import pjsua2 as pj

from desktop.adapters.sip.digits import Digits
from desktop.adapters.sip.handover import Handover
from desktop.adapters.sip.library import explain, guarded
from desktop.adapters.sip.line_meter import LineMeter
from desktop.adapters.sip.mapping import (
    LOST,
    NAME_LENGTH,
    STATES,
    cause_of,
    clean,
    ended_by,
    reinvite_code,
    remote_of,
)
from desktop.adapters.sip.media import LinePort
from desktop.adapters.sip.not_moved import NotMoved
from desktop.adapters.sip.renewal import AGAIN_S, Renewal
from desktop.adapters.sip.rtp_guard import RtpGuard

log = logging.getLogger(__name__)

ALREADY_OVER = 171140
SOUNDING = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
REINVITES = 12
CONNECT_S = 12.0
"""Nobody has answered at all: over UDP the library itself would try for 32 s."""
SOUNDLESS_S = 2.0
"""The acknowledgement has answered our offer with nothing: there will be no sound."""
SRTP_RUNS = "SRTP status: Active"
"""In the library's own description of a call."""
FIRST = -1  # the first sound of a call, wherever it stands among what was offered


class Owner(Protocol):
    """What a call needs of its user agent."""

    def post(self, event: dict[str, object]) -> None:
        """Hand a fact out."""

    def call_changed(self, call: Call) -> None:
        """State or media changed."""

    def call_over(self, call: Call) -> None:
        """Forget the call: it is DISCONNECTED."""

    def text_came(self, sender: str, kind: str, body: str) -> None:
        """The other side sent a text within the call."""

    def call_cut(self, call: Call) -> None:
        """The call's sound is about to be cut: nobody else may go on hearing it."""


class Call(NotMoved):
    """`key` is the name the rest of the program knows. `refusal` is set where a call is refused without ringing."""

    def __init__(
        self, owner: Owner, account: Any, key: str, direction: str, call_id: int = pj.PJSUA_INVALID_ID
    ) -> None:
        super().__init__(account, call_id)
        self.owner, self.key, self.direction = owner, key, direction
        self.state, self.remote, self.remote_name = "", "", ""
        self.ended_here = self.was_confirmed = self.unreachable = self._soundless = False
        self._began = time.monotonic()
        self.refusal = ""
        self.port: LinePort | None = None
        self.muted = False
        self.want_hold = self.local_hold = self.remote_hold = False
        self.audio_active = False
        self.codec, self.clock_rate, self.encrypted = "", 0, False
        self._stream = -1
        self._shown: tuple[object, ...] = ()
        self._digits, self.renewal = Digits(), Renewal()
        self._reinvite_at, self._reinvites, self._cut, self.asked = 0.0, 0, False, False
        self.meter, self._guard = LineMeter(key, owner.post), RtpGuard()
        self._handover = Handover(key, owner.post)

    # ---- facts

    def post_state(self, cause: str | None = None, code: int | None = None, by: str | None = None) -> None:
        """The `call` event for the present state."""
        self.owner.post(
            {
                "event": "call",
                "id": self.key,
                "direction": self.direction,
                "state": self.state,
                "remote": self.remote,
                "remote_name": self.remote_name,
                "cause": cause,
                "code": code,
                "ended_by": by,
            }
        )

    def post_media(self) -> None:
        """The `media` event."""
        pending = self.want_hold != self.local_hold
        held = (self.local_hold, self.remote_hold, pending)
        shown = (self.codec, self.clock_rate, held, self.muted, self.encrypted)
        if shown == self._shown:
            return
        self._shown = shown
        hold = {(False, False): "none", (True, False): "local", (False, True): "remote", (True, True): "both"}
        self.owner.post(
            {
                "event": "media",
                "id": self.key,
                "codec": self.codec,
                "clock_rate": self.clock_rate,
                "hold": hold[self.local_hold, self.remote_hold],
                "hold_pending": pending,
                "muted": self.muted,
                "encrypted": self.encrypted,
            }
        )

    def is_up(self) -> bool:
        """Whether pjsip knows this call; on others any method but getId aborts the process."""
        return self.state != "DISCONNECTED" and self.getId() != pj.PJSUA_INVALID_ID

    def learn_remote(self, uri: str) -> None:
        """Keep who the other side is."""
        self.remote, self.remote_name = remote_of(uri)

    # ---- callbacks of pjsip

    @guarded
    def onCallState(self, prm: Any) -> None:
        """The state changed on the wire."""
        info = self.getInfo()
        state = STATES.get(info.state)
        if state is None or state == self.state:
            return
        self.state = state
        if state == "CONFIRMED":
            self.was_confirmed, self._began = True, time.monotonic()
        if not self.remote:
            self.learn_remote(info.remoteUri)
        if state != "DISCONNECTED":
            if not self.refusal:
                self.post_state(code=info.lastStatusCode or None)
            self.owner.call_changed(self)
            return
        self._disconnected(int(info.lastStatusCode), prm.e)

    def _disconnected(self, code: int, event: Any) -> None:
        if self.unreachable:
            by, code = "network", 408
        else:
            here = self.ended_here or self._soundless
            by = "local" if here else ended_by(event, self._stream >= 0)
        lost = self.was_confirmed and by == "network"
        if self.was_confirmed and not lost:
            code = 488 if by == "local" and not self.ended_here else 200
        cause = self.refusal or (LOST if lost else cause_of(code, False))
        self.owner.call_over(self)
        # pjsip gives the slot away at once: deleting this object later would end the next call on it.
        self.this.disown()
        self.post_state(cause, code, by)

    @guarded
    def onCallMediaState(self, prm: Any) -> None:
        """Media began, changed or went on hold."""
        info = self.getInfo()
        self.audio_active = self.local_hold = self.remote_hold = False
        for place in range(len(info.media)):
            media = info.media[place]
            if media.type == pj.PJMEDIA_TYPE_AUDIO:
                self._take_media(media)
                break
        self.owner.call_changed(self)
        self.post_media()

    def _take_media(self, media: Any) -> None:
        status = media.status
        self._stream = media.index  # among all that was offered: pictures that we don't take count too
        self.local_hold = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        self.remote_hold = status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD or (
            self.local_hold and media.dir == pj.PJMEDIA_DIR_NONE
        )
        has_sound = media.audioConfSlot >= 0  # a call that begins on hold has none yet
        self.audio_active = has_sound and status in SOUNDING
        if self.port is not None:
            self.port.hold(self.local_hold or self.remote_hold)
        # A hold that the wire has not seen yet keeps the audio cut, whatever else is renegotiated.
        self._cut = self.want_hold and self.audio_active
        if self._cut and self.port is not None:
            self.port.hold(True)
        else:
            self._connect_audio()
        if has_sound:
            stream = self.getStreamInfo(self._stream)
            self.codec, self.clock_rate = str(stream.codecName), int(stream.codecClockRate)
            # What was agreed on and runs; the kind of stream only says what was offered.
            self.encrypted = SRTP_RUNS in self.dump(True, "")

    @guarded
    def onDtmfDigit(self, prm: Any) -> None:
        """The other side pressed a key."""
        method = "info" if prm.method == pj.PJSUA_DTMF_METHOD_SIP_INFO else "rfc4733"
        self.owner.post({"event": "dtmf", "id": self.key, "digit": str(prm.digit)[:1], "method": method})

    @guarded
    def onCallTsxState(self, prm: Any) -> None:
        """The library itself ends a call that the other side knows no more, or does not answer for."""
        code = reinvite_code(prm.e)
        self.unreachable = self.unreachable or (self.was_confirmed and code in (408, 481))
        self.renewal.answered(code)

    @guarded
    def onInstantMessage(self, prm: Any) -> None:
        """A text within the call is one like any other."""
        self.owner.text_came(prm.fromUri, prm.contentType, prm.msgBody)

    @guarded
    def onStreamDestroyed(self, prm: Any) -> None:
        """The last moment for statistics: in DISCONNECTED it is too late."""
        if self.state in ("CONFIRMED", "DISCONNECTED"):
            self.meter.end(self.getStreamStat(prm.streamIdx))

    @guarded
    def onCallTransferStatus(self, prm: Any) -> None:
        """How far the other side is with the transfer that we asked for."""
        self._handover.told(int(prm.statusCode), clean(prm.reason, NAME_LENGTH), bool(prm.finalNotify))

    # ---- commands, on the SIP thread

    def respond(self, code: int) -> None:
        """Answer with a provisional or final code."""
        param = pj.CallOpParam(True)
        param.statusCode = code
        self.answer(param)

    def finish(self, code: int = 0) -> None:
        """End the call in any state; harmless where it is already over."""
        if not self.is_up():
            return
        self.ended_here, param = True, pj.CallOpParam(True)
        param.statusCode = code
        try:
            self.hangup(param)
        except pj.Error as error:
            if error.status != ALREADY_OVER:
                raise

    def hold(self, on: bool) -> None:
        """Want hold or not; `tick` brings the wire there."""
        self.want_hold = on
        self._reinvite_at, self._reinvites = 0.0, 0
        if on:
            self._cut_audio()  # nothing is heard or kept from the moment the key is pressed
        self.post_media()

    def mute(self, on: bool) -> None:
        """Close the microphone towards this call."""
        self.muted = on
        if self.port is not None:
            self.port.muted = on
        self.post_media()

    @property
    def transferring(self) -> bool:
        """Whether the other side has been asked to call somebody else."""
        return self._handover.running

    def transfer(self, uri: str) -> None:
        """Ask the other side to call `uri` in our place; our call ends once it has. Raises pj.Error."""
        self.xfer(uri, pj.CallOpParam(True))
        self._handover.begin(uri)

    def transfer_to(self, other: Call) -> None:
        """Ask the other side to take our place in `other`. Raises pj.Error."""
        self.xferReplaces(other, pj.CallOpParam(True))
        self._handover.begin(other.remote, other)

    def send_digits(self, digits: str) -> None:
        """Send DTMF; `tick` sends what does not fit at once."""
        self._digits.add(digits)

    def tick(self, now: float) -> None:
        """Ten times a second: what has to be repeated or is due."""
        if self.state == "CALLING" and now - self._began > CONNECT_S:
            self.lose()
        if self.state != "CONFIRMED":
            return
        if self._stream < 0 and not self._soundless and now - self._began > SOUNDLESS_S:
            self._soundless = True
            with suppress(pj.Error):  # the library may be about it
                self.hangup(pj.CallOpParam(True))
            return
        self._handover.look(now, self)
        if self.want_hold != self.local_hold:
            if now >= self._reinvite_at:
                self._reinvite(now)
        elif self._cut and not self.want_hold:
            self._connect_audio()  # taken back before the wire had followed
            self.owner.call_changed(self)
        if in_vain := self._digits.tick(now, self):
            self._fail("dtmf", in_vain)
        on_hold = self.local_hold or self.remote_hold or self.want_hold
        if self._stream >= 0 and self.audio_active and self.meter.is_due(now):
            with suppress(pj.Error):
                stat, place = self.getStreamStat(self._stream), self.getMedTransportInfo(self._stream)
                self.meter.look(stat, now, expected=not on_hold)
                if not on_hold:
                    self._guard.look(place, self.getStreamInfo(self._stream), stat.rtcp.rxStat.pkt)
        quiet = on_hold or self.transferring
        self.renewal.tick(now, self, self._stream, 0.0 if quiet else self.meter.silence(now))

    def lose(self) -> None:
        """The other side can't be reached any more."""
        self.unreachable = True
        self.finish()

    @property
    def sounding(self) -> Any | None:
        """The call's own end of the conference bridge while its sound is connected, else None."""
        connected = self.port is not None and self.audio_active and not self._cut
        return self.getAudioMedia(FIRST) if connected and self.is_up() else None

    def _connect_audio(self) -> None:
        if self.port is None:
            return
        if not self.audio_active:
            self.port.disconnect()
            return
        self.port.connect(self.getAudioMedia(FIRST))
        self.port.hold(self.remote_hold)
        self._cut = False

    def _cut_audio(self) -> None:
        if self.port is None:
            return
        self.port.hold(True)
        if self.audio_active and not self._cut:
            self.owner.call_cut(self)
            self.port.disconnect(self.getAudioMedia(FIRST))
            self._cut = True

    def _reinvite(self, now: float) -> None:
        # One re-INVITE at a time; after a glare (491) or a refusal it is tried again until wire and wish agree.
        self._reinvite_at, self._reinvites = now + random.uniform(*AGAIN_S), self._reinvites + 1
        if self._reinvites > REINVITES:
            self._reinvite_refused()
            return
        param = pj.CallOpParam(True)
        try:
            if self.want_hold:
                self.setHold(param)
            else:
                param.opt.flag = pj.PJSUA_CALL_UNHOLD  # without it the call stays on hold
                self.reinvite(param)
        except pj.Error as error:
            log.debug("re-INVITE has to wait: %s", explain(error))

    def _reinvite_refused(self) -> None:
        self._fail("hold" if self.want_hold else "resume", "the other side refuses")
        if self.want_hold:
            # Its sound stays cut here: who was put on hold may not hear what the agent says to somebody else.
            self.local_hold = True
        else:
            self.want_hold = True
        self.post_media()

    def _fail(self, command: str, reason: str) -> None:
        self.owner.post({"event": "error", "command": command, "reason": reason})
