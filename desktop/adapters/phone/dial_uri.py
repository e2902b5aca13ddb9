"""From what a person types to the SIP URI that is dialled."""

from __future__ import annotations

import re

from desktop.adapters.phone.account_file import Account
from desktop.adapters.phone.sip_message import is_ipv4
from desktop.domain.errors import PhoneError

LONGEST = 200
_NUMBER = re.compile(r"\+?[0-9*#]+\Z")
_USER = r"[A-Za-z0-9_.!~*'()&=+$,;?/%#-]+"
_SIP = re.compile(
    rf"(?i:sip):(?:({_USER})@)?([A-Za-z0-9.-]+)(?::(\d{{1,5}}))?((?:;[A-Za-z0-9_.!~*'()%=-]+)*)\Z"
)


def dial_uri(typed: str, account: Account) -> str:
    """The URI for a number, `tel:` or `sip:` address. Raises PhoneError with what is wrong."""
    text = typed.strip()
    if len(text) > LONGEST:
        raise PhoneError("the number is too long")
    bare = re.sub(r"[\s().-]", "", text[4:] if text[:4].lower() == "tel:" else text)
    if _NUMBER.match(bare):
        if not account.registrar:
            raise PhoneError("without a registrar only addresses like sip:name@127.0.0.1:5060 can be called")
        return f"sip:{bare.replace('#', '%23')}@{account.domain}"
    match = _SIP.match(text)
    if match is None:
        raise PhoneError("this is neither a number nor a SIP address")
    if account.registrar:
        return text
    host = "127.0.0.1" if match[2].lower() == "localhost" else match[2]
    if not is_ipv4(host):
        raise PhoneError("without a registrar the address must be an IPv4 address in digits")
    if account.bind.startswith("127.") and not host.startswith("127."):
        raise PhoneError("without a registrar only this machine can be called")
    user = f"{match[1]}@" if match[1] else ""
    port = f":{match[3]}" if match[3] else ""
    return f"sip:{user}{host}{port}{match[4]}"
