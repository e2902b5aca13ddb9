"""What the other side does to a call by the book or against it: a defined state here, a defined answer there."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psutil
import pytest

from desktop.adapters.phone.sip_message import SipMessage
from tests.peers.dialog import Dialog, sdp
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadlessPhone]:
    """A phone that takes every call; its engine is the same one at the end."""
    home = tmp_path_factory.mktemp("phone")
    with HeadlessPhone(home, "--audio", "null", "--auto-answer") as started:
        started.ready()
        before = [child.pid for child in psutil.Process(started.process.pid).children()]
        yield started
        assert [child.pid for child in psutil.Process(started.process.pid).children()] == before


@pytest.fixture
def party(phone: HeadlessPhone) -> Iterator[Dialog]:
    """The other side of one call."""
    with RawCaller(int(phone.events[0]["port"]), host="127.0.0.1") as peer:
        yield Dialog(peer)
        clear(phone)


def clear(phone: HeadlessPhone) -> None:
    """End what is left over, so that one failure does not make others."""
    phone.say("status")
    for call in phone.wait(lambda event: event["event"] == "status")["calls"]:
        phone.say("hangup", call["id"])
        phone.call_state("DISCONNECTED")


def answered(phone: HeadlessPhone, party: Dialog, **more: bytes) -> str:
    """A call to the phone that runs; its id."""
    assert party.ask(b"INVITE", sdp(), 0, **more).code == 200
    return str(phone.call_state("CONFIRMED")["id"])


def calls(phone: HeadlessPhone, party: Dialog) -> SipMessage:
    """The INVITE of a call that the phone makes, which may have to wait a moment for its turn."""
    told = "error"
    while told == "error":
        phone.say("dial", f"sip:party@127.0.0.1:{party.peer.port}")
        told = phone.wait(lambda event: event["event"] in ("error", "call"))["event"]
        phone.idle(0.1 if told == "error" else 0.0)
    return party.called()


def dialled(phone: HeadlessPhone, party: Dialog) -> str:
    """A call of the phone that is answered; its id."""
    party.reply(calls(phone, party), b"200 OK", sdp())
    party.came(b"ACK")
    return str(phone.call_state("CONFIRMED")["id"])


def still(phone: HeadlessPhone, call: str, hold: str = "none") -> None:
    """The call is on the screen as it was, and nothing else."""
    phone.say("status")
    (shown,) = phone.wait(lambda event: event["event"] == "status")["calls"]
    assert (shown["id"], shown["state"], shown["hold"]) == (call, "CONFIRMED", hold)


def hangs_up(phone: HeadlessPhone, party: Dialog) -> None:
    """The other side ends the call, which ends here too."""
    assert party.ask(b"BYE").code == 200
    ended = phone.call_state("DISCONNECTED")
    assert (ended["cause"], ended["ended_by"]) == ("normal", "remote")


def test_what_comes_too_late_or_out_of_order_changes_nothing(phone: HeadlessPhone, party: Dialog) -> None:
    call = answered(phone, party)
    party.say(b"CANCEL")
    assert party.final(b"CANCEL").code in (200, 481)
    still(phone, call)
    assert party.ask(b"INVITE", sdp(2), cseq=9).code == 200
    assert party.ask(b"INVITE", sdp(3), cseq=5).code == 500
    party.cseq = 9
    still(phone, call)
    hangs_up(phone, party)
    assert party.ask(b"BYE").code in (200, 481)
    assert party.ask(b"INVITE", sdp(9)).code in (400, 481), "nothing comes back to life"


def test_a_reinvite_without_an_offer_is_answered_with_one(phone: HeadlessPhone, party: Dialog) -> None:
    call = answered(phone, party)
    party.say(b"INVITE")
    offered = party.final(b"INVITE")
    assert (offered.code, b"m=audio" in offered.body) == (200, True)
    party.say(b"ACK", sdp(2, direction=b"sendonly"))
    phone.media(hold="remote")
    assert party.ask(b"INVITE", sdp(3)).code == 200
    phone.media(hold="none")
    still(phone, call)
    hangs_up(phone, party)


def test_an_offer_of_ours_that_is_acknowledged_with_nothing_ends_the_call(
    phone: HeadlessPhone, party: Dialog
) -> None:
    assert party.ask(b"INVITE").code == 200  # and an ACK without a session description
    party.reply(party.came(b"BYE"), b"200 OK")
    ended = phone.call_state("DISCONNECTED")
    assert (ended["cause"], ended["code"], ended["ended_by"]) == ("no common codec", 488, "local")


def test_what_we_cannot_do_is_refused_and_the_call_goes_on(phone: HeadlessPhone, party: Dialog) -> None:
    call = answered(phone, party)
    assert party.ask(b"INVITE", sdp(2, b"18")).code in (488, 500)
    assert party.ask(b"REFER", Refer_To=b"<sip:y@127.0.0.1:9>").code == 603
    assert party.ask(b"UPDATE", sdp(3)).code == 200
    assert [party.ask(method, Event=b"refer").code for method in (b"NOTIFY", b"SUBSCRIBE")] == [481, 489]
    assert party.ask(b"INFO", b"nonsense").code == 415
    still(phone, call)
    hangs_up(phone, party)


def test_a_question_within_a_call_is_answered_and_one_within_no_call_is_not(
    phone: HeadlessPhone, party: Dialog
) -> None:
    call = answered(phone, party)
    for _ in range(2):
        able = party.ask(b"OPTIONS")
        assert (able.code, b"INVITE" in able.all(b"allow")) == (200, True)
        assert (able.first(b"accept")[:15], b"replaces" in able.all(b"supported")) == (
            b"application/sdp",
            True,
        )
        assert party.ask(b"INFO").code == 200, "with nothing in it"
    assert party.ask(b"INFO", cseq=1).code == 500, "an old CSeq"
    ours, theirs, party.cseq = party.ours, party.theirs, 20
    for party.ours, party.theirs in ((ours + b"x", theirs), (ours, theirs + b"x")):
        assert [party.ask(method).code for method in (b"OPTIONS", b"INFO", b"BYE")] == [481] * 3
    party.ours, party.theirs = ours, theirs
    still(phone, call)
    hangs_up(phone, party)
    assert party.ask(b"OPTIONS").code == 481


def test_a_digit_in_its_shortest_form_arrives_and_the_call_goes_on(
    phone: HeadlessPhone, party: Dialog
) -> None:
    call = answered(phone, party)
    for kind, body, digit in (
        (b"application/dtmf-relay", b"Signal=5", "5"),
        (b"application/dtmf", b"*", "*"),
    ):
        assert party.ask(b"INFO", body, kind=kind).code == 200
        told = phone.wait(lambda event: event["event"] == "dtmf")
        assert (told["id"], told["digit"], told["method"]) == (call, digit, "info")
    still(phone, call)
    hangs_up(phone, party)


def test_sound_behind_a_refused_picture_is_shown(phone: HeadlessPhone, party: Dialog) -> None:
    session, _, sound = sdp().partition(b"m=")
    bare = session.replace(b"c=IN IP4 127.0.0.1\r\n", b"")
    media = b"m=" + sound + b"c=IN IP4 127.0.0.1\r\n"
    assert party.ask(b"INVITE", bare + b"m=video 0 RTP/AVP 31\r\n" + media, 0).code == 200
    assert phone.media(hold="none")["codec"] == "PCMA"
    call = str(phone.call_state("CONFIRMED")["id"])
    assert party.ask(b"UPDATE", bare + b"m=audio 0 RTP/AVP 8\r\n").code == 488
    still(phone, call)
    hangs_up(phone, party)


def test_a_call_that_begins_on_hold_is_shown_so(phone: HeadlessPhone, party: Dialog) -> None:
    assert party.ask(b"INVITE", sdp(direction=b"inactive"), 0).code == 200
    phone.media(hold="remote")
    assert party.ask(b"INVITE", sdp(2)).code == 200
    assert phone.media(hold="none")["codec"] == "PCMA"
    hangs_up(phone, party)


@pytest.mark.parametrize(
    ("name", "shown"), [(b"\xb0\xa1\xb3\xaa", "\ufffd\ufffd\ufffd\ufffd"), (b"N" * 900, "N" * 80)]
)
def test_a_caller_with_an_unreadable_or_endless_name_is_shown_and_can_be_called_back(
    phone: HeadlessPhone, party: Dialog, name: bytes, shown: str
) -> None:
    party.ours = b'"%s" <sip:+821012345678@127.0.0.1>;tag=n' % name
    assert party.ask(b"INVITE", sdp(), 0).code == 200
    call = phone.call_state("CONFIRMED")
    assert (call["remote"], call["remote_name"]) == ("sip:+821012345678@127.0.0.1", shown)
    hangs_up(phone, party)


def test_an_early_answer_without_sound_does_not_end_the_engine_at_the_next_one(
    phone: HeadlessPhone, party: Dialog
) -> None:
    invite = calls(phone, party)
    party.reply(invite, b"183 Session Progress", sdp().replace(b"m=audio 4000", b"m=audio 0"))
    party.reply(invite, b"200 OK", sdp(2))
    party.came(b"ACK")
    still(phone, str(phone.call_state("CONFIRMED")["id"]))
    hangs_up(phone, party)


def test_who_is_sent_elsewhere_hears_so(phone: HeadlessPhone, party: Dialog) -> None:
    party.reply(calls(phone, party), b"302 Moved Temporarily", Contact=b"<sip:y@127.0.0.1:9>")
    ended = phone.call_state("DISCONNECTED")
    assert (ended["cause"], ended["code"], ended["ended_by"]) == ("moved", 302, "remote")


def test_a_call_without_a_common_codec_is_not_ended_by_the_other_side(
    phone: HeadlessPhone, party: Dialog
) -> None:
    party.reply(calls(phone, party), b"200 OK", sdp(formats=b"18"))
    party.reply(party.came(b"BYE"), b"200 OK")
    ended = phone.call_state("DISCONNECTED")
    assert (ended["cause"], ended["code"], ended["ended_by"]) == ("no common codec", 488, "local")


def test_a_replacement_is_refused_and_the_call_goes_on(phone: HeadlessPhone, party: Dialog) -> None:
    call = answered(phone, party)
    tags = party.theirs.split(b"tag=")[1], party.ours.split(b"tag=")[1]
    other = Dialog(party.peer)
    replaced = party.call_id + b";to-tag=%s;from-tag=%s" % tags
    assert other.ask(b"INVITE", sdp(), Replaces=replaced).code == 603
    nobody = Dialog(party.peer)
    assert nobody.ask(b"INVITE", sdp(), Replaces=b"nobody;to-tag=1;from-tag=2").code in (481, 603)
    still(phone, call)
    hangs_up(phone, party)


def test_a_name_that_nobody_knows_holds_nothing_up(phone: HeadlessPhone, party: Dialog) -> None:
    named = b"<sip:x@nohost.invalid:5099>"
    call = answered(phone, party, Contact=named, Record_Route=b"<sip:nohost.invalid;lr>")
    still(phone, call)
    began = time.monotonic()
    phone.say("hangup")
    phone.call_state("DISCONNECTED")
    still_free = Dialog(party.peer)
    answered(phone, still_free)
    assert time.monotonic() - began < 4, "the library's resolver alone would need six"
    hangs_up(phone, still_free)


def test_an_acknowledgement_that_is_lost_is_asked_for_again(phone: HeadlessPhone, party: Dialog) -> None:
    party.say(b"INVITE", sdp())
    first, again = party.final(b"INVITE"), party.final(b"INVITE")
    assert first.bytes() == again.bytes()
    party.took(again)
    party.say(b"ACK")
    call = str(phone.call_state("CONFIRMED")["id"])
    still(phone, call)
    hangs_up(phone, party)


def test_offers_that_cross_are_both_refused_and_the_wish_is_done_later(
    phone: HeadlessPhone, party: Dialog
) -> None:
    call = answered(phone, party)
    phone.say("hold")
    theirs = party.came(b"INVITE")
    assert party.ask(b"INVITE", sdp(2)).code == 491
    party.reply(theirs, b"491 Request Pending")
    party.came(b"ACK")
    party.reply(party.came(b"INVITE"), b"200 OK", sdp(3, direction=b"recvonly"))
    party.came(b"ACK")
    phone.media(hold="local")
    still(phone, call, "local")
    hangs_up(phone, party)


def test_an_answer_that_crosses_our_hanging_up_is_acknowledged_and_ended(
    phone: HeadlessPhone, party: Dialog
) -> None:
    invite = calls(phone, party)
    party.reply(invite, b"180 Ringing")
    phone.call_state("EARLY")
    phone.say("hangup")
    cancel = party.came(b"CANCEL")
    party.reply(cancel, b"481 Call Does Not Exist")
    party.reply(invite, b"200 OK", sdp())
    party.came(b"ACK")
    party.reply(party.came(b"BYE"), b"200 OK")
    assert phone.call_state("DISCONNECTED")["ended_by"] == "local"


@pytest.mark.parametrize("body", [b"", b"v=0\r\n", sdp(1, b"18")])
def test_a_call_that_is_answered_without_a_common_codec_ends_on_both_sides(
    phone: HeadlessPhone, party: Dialog, body: bytes
) -> None:
    party.reply(calls(phone, party), b"200 OK", body)
    party.came(b"ACK")
    party.reply(party.came(b"BYE"), b"200 OK")
    phone.call_state("DISCONNECTED")


@pytest.mark.parametrize("answer", [b"405 Method Not Allowed", b"603 Decline", b"500 Server Error"])
def test_a_transfer_that_is_refused_leaves_the_call(
    phone: HeadlessPhone, party: Dialog, answer: bytes
) -> None:
    call = dialled(phone, party)
    phone.say("transfer", "sip:y@127.0.0.1:9")
    party.reply(party.came(b"REFER"), answer)
    assert phone.wait(lambda event: event["event"] == "error")["command"] == "transfer"
    still(phone, call)
    hangs_up(phone, party)


@pytest.mark.parametrize("told", [b"SIP/2.0 503 Service Unavailable", b"SIP/2.0 699 What"])
def test_a_transfer_that_fails_leaves_the_call(phone: HeadlessPhone, party: Dialog, told: bytes) -> None:
    call = dialled(phone, party)
    phone.say("transfer", "sip:y@127.0.0.1:9")
    party.reply(party.came(b"REFER"), b"202 Accepted")
    for state, body in (
        (b"active", b"SIP/2.0 100 Trying"),
        (b"active", b"<<<>>>"),
        (b"active", b""),
        (b"terminated", told),
    ):
        party.ask(b"NOTIFY", body, kind=b"message/sipfrag", Event=b"refer", Subscription_State=state)
    assert phone.wait(lambda event: event["event"] == "error")["command"] == "transfer"
    still(phone, call)
    hangs_up(phone, party)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_transfer_of_which_nothing_sensible_is_told_leaves_the_call(
    phone: HeadlessPhone, party: Dialog
) -> None:
    call = dialled(phone, party)
    phone.say("transfer", "sip:y@127.0.0.1:9")
    party.reply(party.came(b"REFER"), b"202 Accepted")
    for body in (b"SIP/2.0 banana", b"", b"<<<>>>"):
        party.ask(b"NOTIFY", body, kind=b"message/sipfrag", Event=b"refer", Subscription_State=b"terminated")
    failed = phone.wait(lambda event: event["event"] == "error", 70)
    assert (failed["command"], failed["reason"]) == ("transfer", "no answer")
    still(phone, call)
    hangs_up(phone, party)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_session_that_is_never_refreshed_ends_on_both_sides(phone: HeadlessPhone, party: Dialog) -> None:
    """On hold: where sound is missing the phone would ask, and a question refreshes the session too."""
    timer = {"Supported": b"timer", "Session_Expires": b"90;refresher=uac", "Min_SE": b"90"}
    assert party.ask(b"INVITE", sdp(direction=b"sendonly"), 0, **timer).code == 200
    phone.call_state("CONFIRMED")
    party.reply(party.came(b"BYE", 100), b"200 OK")
    phone.call_state("DISCONNECTED")


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_call_whose_acknowledgement_never_comes_ends_on_both_sides(
    phone: HeadlessPhone, party: Dialog
) -> None:
    party.say(b"INVITE", sdp())
    party.took(party.final(b"INVITE"))
    phone.call_state("CONNECTING")
    party.reply(party.came(b"BYE", 60), b"200 OK")
    phone.call_state("DISCONNECTED")


def test_who_is_being_transferred_may_hang_up(phone: HeadlessPhone, party: Dialog) -> None:
    dialled(phone, party)
    phone.say("transfer", "sip:y@127.0.0.1:9")
    party.reply(party.came(b"REFER"), b"202 Accepted")
    hangs_up(phone, party)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_last_answers_that_the_library_cannot_read_take_no_line(phone: HeadlessPhone, party: Dialog) -> None:
    """Four such calls would take all places that the library has, and it would be deaf for half a minute."""
    for _ in range(4):
        party.reply(calls(phone, party), b"603 Decline", Contact=b"...")
        phone.idle(0.1)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
    phone.idle(3.5)
    free = Dialog(party.peer)
    answered(phone, free)
    hangs_up(phone, free)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_who_answers_no_bye_is_gone_all_the_same(phone: HeadlessPhone, party: Dialog) -> None:
    """Four such calls would take all places that the library has, and it would be deaf for half a minute."""
    for _ in range(5):
        dialled(phone, party)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
        assert party.came(b"BYE").bytes() == party.came(b"BYE").bytes()
        phone.idle(3.0)
