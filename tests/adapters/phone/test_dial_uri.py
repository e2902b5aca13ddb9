"""What may be dialled, with and without a registrar."""

from __future__ import annotations

import pytest

from desktop.adapters.phone.account_file import NO_ACCOUNT, account_of
from desktop.adapters.phone.dial_uri import dial_uri
from desktop.domain.errors import PhoneError

ACCOUNT = account_of({"id": "sip:120@pbx.example", "registrar": "pbx.example"})


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("02-120", "sip:02120@pbx.example"),
        ("tel:+82 2 120", "sip:+822120@pbx.example"),
        ("*21#", "sip:*21%23@pbx.example"),
        ("sip:other@elsewhere.example", "sip:other@elsewhere.example"),
    ],
)
def test_numbers_go_to_the_own_domain(typed: str, uri: str) -> None:
    assert dial_uri(typed, ACCOUNT) == uri


def test_without_a_registrar_addresses_of_this_machine_are_called() -> None:
    assert dial_uri("sip:b@localhost:5070", NO_ACCOUNT) == "sip:b@127.0.0.1:5070"
    assert dial_uri("sip:127.0.0.1", NO_ACCOUNT) == "sip:127.0.0.1"
    for typed in ("120", "sip:b@pbx.example", "sip:b@192.0.2.1"):
        with pytest.raises(PhoneError):
            dial_uri(typed, NO_ACCOUNT)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "sip:", "sip:a@[]", "sip:a@b\r\nVia: x", "sip:a@b?Route=%3Cx%3E", "mailto:a@b", "1" * 300],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(PhoneError):
        dial_uri(typed, ACCOUNT)
