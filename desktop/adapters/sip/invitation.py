"""What an INVITE carries for whom the agent asks for help."""

from __future__ import annotations

import re
from typing import Any

import pjsua2 as pj

from desktop.adapters.sip.running import CommandError

NO_INCIDENT = "-"
INCIDENT = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


def about(arguments: tuple[str, ...]) -> tuple[str, str]:
    """The incident's number, "" for none, and who is called. Raises CommandError."""
    incident, *target = arguments or ("",)
    if not INCIDENT.match(incident) or len(target) != 1:
        raise CommandError("an incident has a number of letters, digits, dots and dashes")
    return "" if incident == NO_INCIDENT else incident, target[0]


def invitation(incident: str) -> Any:
    """What an INVITE is sent with; the incident's number, if any, for whom the agent asks for help."""
    param = pj.CallOpParam(True)
    if incident:
        for name, value in (("X-Incident", incident), ("Subject", f"Incident {incident}")):
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            param.txOption.headers.append(header)
    return param
