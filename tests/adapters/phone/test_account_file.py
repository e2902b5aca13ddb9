"""The account file: what is accepted, and a sentence with the key's name for all else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.adapters.phone.account_file import PASSWORD_VARIABLE, account_of, read_account
from desktop.adapters.phone.account_values import AccountError


def test_only_the_id_is_required() -> None:
    account = account_of({"id": "sip:agent@127.0.0.1"})
    assert (account.user, account.registrar, account.transport) == ("agent", "", "udp")
    assert account.bind == "127.0.0.1"
    assert account.codecs == ("G722", "PCMA", "PCMU")


def test_a_registrar_opens_every_address_and_names_fall_back() -> None:
    account = account_of(
        {"id": "sip:120@pbx.example", "registrar": "sip:pbx.example:5070", "username": "u120"}
    )
    assert account.registrars == (("pbx.example", 5070),)
    assert (account.user, account.auth_user, account.bind) == ("u120", "u120", "")


def test_servers_are_tried_in_the_order_of_the_file() -> None:
    account = account_of({"id": "sip:a@b", "registrar": "one", "backup": ["two:5070", "sip:three"]}, {})
    assert account.registrars == (("one", 0), ("two", 5070), ("three", 0))
    assert account_of({"id": "sip:a@b", "registrar": ["one", "two"]}, {}).registrar == "one"
    proxied = account_of(
        {"id": "sip:a@b", "registrar": "one", "proxy": "edge", "nameserver": "192.0.2.1"}, {}
    )
    assert (proxied.proxies, proxied.nameserver) == ((("edge", 0),), ("192.0.2.1", 53))


def test_the_password_may_come_from_the_environment() -> None:
    account = account_of({"id": "sip:a@b", "password_env": "P"}, {"P": "secret"})
    assert account.password == "secret"
    assert "secret" not in repr(account)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "id"),
        ({"id": "agent"}, "id"),
        ({"id": "sip:a@b", "registrar": "two words"}, "registrar"),
        ({"id": "sip:a@b", "transport": "tls"}, "transport"),
        ({"id": "sip:a@b", "registrar": "pbx", "ca_file": "ca.pem"}, "ca_file"),
        ({"id": "sip:a@b", "transport": "carrier pigeon"}, "transport"),
        ({"id": "sip:a@b", "port": "5060"}, "port"),
        ({"id": "sip:a@b", "port": 70000}, "port"),
        ({"id": "sip:a@b", "port": True}, "port"),
        ({"id": "sip:a@b", "expires": 1}, "expires"),
        ({"id": "sip:a@b", "bind": "everywhere"}, "bind"),
        ({"id": "sip:a@b", "codecs": ["opus"]}, "codecs"),
        ({"id": "sip:a@b", "codecs": []}, "codecs"),
        ({"id": "sip:a@b", "srtp": "sometimes"}, "srtp"),
        ({"id": "sip:a@b", "rtp_ports": "20000-20003"}, "rtp_ports"),
        ({"id": "sip:a@b", "rtp_ports": "20100-20000"}, "rtp_ports"),
        ({"id": "sip:a@b", "rtp_ports": "80-200"}, "rtp_ports"),
        ({"id": "sip:a@b", "rtp_ports": 20000}, "rtp_ports"),
        ({"id": "sip:a@b", "registrar": "pbx:0"}, "registrar"),
        ({"id": "sip:a@b", "registrar": "pbx:99999"}, "registrar"),
        ({"id": "sip:a@b", "registrar": 5060}, "registrar"),
        ({"id": "sip:a@b", "registrar": "pbx", "backup": ["a b"]}, "backup"),
        ({"id": "sip:a@b", "registrar": "pbx", "backup": ["a"] * 9}, "backup"),
        ({"id": "sip:a@b", "registrar": "pbx", "backup": [""]}, "backup"),
        ({"id": "sip:a@b", "registrar": "pbx", "backup": {"a": "b"}}, "backup"),
        ({"id": "sip:a@b", "backup": "pbx"}, "backup"),
        ({"id": "sip:a@b", "proxy": "edge"}, "proxy"),
        ({"id": "sip:a@b", "registrar": "pbx", "proxy": "sips:edge"}, "proxy"),
        ({"id": "sip:a@b", "registrar": "pbx", "backup": "b", "proxy": "edge"}, "proxy"),
        ({"id": "sip:a@b", "registrar": "pbx", "nameserver": "dns.example"}, "nameserver"),
        ({"id": "sip:a@b", "x" * 400: 1}, "x" * 40),
        ({"id": "sip:a@b", "passwort": "x"}, "passwort"),
        ({"id": "sip:a@b", "password": "x", "password_env": "P"}, "password"),
        ({"id": "sip:a@b", "password_env": "NOT_THERE"}, "password_env"),
        ({"id": "sip:a@b", "username": "a\r\nb"}, "username"),
    ],
)
def test_a_wrong_value_is_named(values: dict[str, object], key: str) -> None:
    with pytest.raises(AccountError, match=f'"{key}"'):
        account_of(values, {})


def test_a_broken_or_missing_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "account.toml"
    with pytest.raises(AccountError, match=r"account\.toml"):
        read_account(file)
    file.write_text("id = ")
    with pytest.raises(AccountError, match="TOML"):
        read_account(file)
    file.write_bytes(b"id = '\xff'")
    with pytest.raises(AccountError, match="UTF-8"):
        read_account(file)


def test_tls_has_files_of_its_own() -> None:
    values = {"id": "sip:a@b", "registrar": "pbx.example", "transport": "tls", "ca_file": "/etc/ca.pem"}
    account = account_of(values, {})
    assert (account.registrars, account.ca_file, account.certificate) == (
        (("pbx.example", 0),),
        "/etc/ca.pem",
        "",
    )


def test_media_may_be_encrypted_and_kept_to_some_ports() -> None:
    account = account_of({"id": "sip:a@b", "srtp": "optional", "rtp_ports": "16384 - 16484"}, {})
    assert (account.srtp, account.rtp_ports) == ("optional", (16384, 16484))
    assert account_of({"id": "sip:a@b"}, {}).rtp_ports == (0, 0)


def test_where_the_named_variable_is_not_set_the_keyrings_password_is_used() -> None:
    values = {"id": "sip:a@b", "password_env": "P"}
    assert account_of(values, {"P": "own", PASSWORD_VARIABLE: "kept"}).password == "own"
    assert account_of(values, {PASSWORD_VARIABLE: "kept"}).password == "kept"
