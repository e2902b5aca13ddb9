"""Names that every file system takes."""

from __future__ import annotations

import pytest

from desktop.adapters.speech_models.names import digest_in_url, is_url, name_in_url, safe_name, shown_url


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("base.pt", "base"),
        ("Large-V3.PT", "Large-V3"),
        ("한국어 모델.pt", "한국어_모델"),
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\x.pt", "x"),
        ("con.pt", "model_con"),
        ("COM1.fine.pt", "model_COM1.fine"),
        ("aux", "model_aux"),
        ("a:b|c?.pt", "a_b_c"),
        ("name. .pt", "name"),
        (".hidden.pt", "hidden"),
        ("", "model"),
        (".pt", "model"),
        ("\x00\n\u202e", "model"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_for_every_file_system(wanted: str, name: str) -> None:
    assert safe_name(wanted) == name
    assert safe_name(name) == name


def test_what_an_address_says() -> None:
    digest = "ed" * 32
    url = f"https://openaipublic.azureedge.net/main/whisper/models/{digest}/base.pt"
    assert (name_in_url(url), digest_in_url(url)) == ("base", digest)
    assert digest_in_url("https://x/ed/base.pt") == ""
    assert name_in_url("https://x/a%2F..%2Fb.pt") == "b"
    assert shown_url("https://u:p@x:8443/a.pt?k=v#f") == "https://x:8443/a.pt"


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("https://x/y.pt", True),
        ("ftp://x/y.pt", True),
        ("C:\\models\\base.pt", False),
        ("\\\\server\\share\\base.pt", False),
        ("//server/share/base.pt", False),
        ("base.pt", False),
    ],
)
def test_what_is_a_web_address(source: str, url: bool) -> None:
    assert is_url(source) is url
