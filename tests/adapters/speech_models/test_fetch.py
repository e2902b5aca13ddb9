"""Over HTTP: what breaks off goes on, what changes begins again, what lies is refused, nothing is believed."""

from __future__ import annotations

import urllib.request
from email.message import Message
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.speech_models import fetch, install
from desktop.domain.speech_models import InstallStopped, ModelRefused
from tests.adapters.speech_models.conftest import World, sha256
from tests.adapters.speech_models.server import Offer, serving

CONTENT = np.random.default_rng(3).bytes(300_000)
OTHER = np.random.default_rng(4).bytes(280_000)
PART = "fetched.part"


def path_of(content: bytes = CONTENT, name: str = "base.pt") -> str:
    """As openai's addresses: the SHA-256 is a part of them."""
    return f"/models/{sha256(content)}/{name}"


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_the_whole_file_at_once(world: World) -> None:
    offer = Offer(CONTENT)
    with serving(offer) as server:
        done = world.install(server + path_of())
    assert done.changed
    assert (done.model.name, done.model.sha256) == ("base", sha256(CONTENT))
    assert world.content() == CONTENT
    assert world.left() == {"base.pt", "base.json"}
    assert (world.steps[-2].done, world.steps[-2].total) == (300_000, 300_000)
    assert offer.asked == [(None, None)]


def test_what_is_installed_already_is_not_fetched(world: World) -> None:
    world.install(world.file(content=CONTENT))
    assert not world.install(f"https://nowhere.invalid{path_of()}").changed


def test_a_connection_that_breaks_off_goes_on(world: World) -> None:
    offer = Offer(CONTENT, break_after=[100_000, 0, 50_000])
    with serving(offer) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT
    assert offer.asked == [
        (None, None),
        ("bytes=100000-", '"one"'),
        ("bytes=100000-", '"one"'),
        ("bytes=150000-", '"one"'),
    ]


def test_a_download_that_is_given_up_goes_on_with_the_next_command(world: World) -> None:
    offer = Offer(CONTENT, break_after=[100_000] + [0] * fetch.TRIES)
    with serving(offer) as server:
        url = server + path_of()
        with pytest.raises(ModelRefused, match=r"can't be fetched now .*goes on where it was"):
            world.install(url)
        assert not (world.store.folder / "base.pt").exists()
        # Another model in between by file: what was fetched is of no use to it, and is let go.
        offer.asked.clear()
        world.install(url)
    assert world.content() == CONTENT
    assert offer.asked == [("bytes=100000-", '"one"')]
    assert world.left() == {"base.pt", "base.json"}


def test_what_was_begun_is_let_go_when_something_else_is_installed(world: World) -> None:
    with (
        serving(Offer(CONTENT, break_after=[100_000] + [0] * fetch.TRIES)) as server,
        pytest.raises(ModelRefused),
    ):
        world.install(server + path_of())
    assert f".incoming/{PART}" in world.left()
    world.install(world.file("other.pt"))
    assert world.left() == {"other.pt", "other.json"}


@pytest.mark.parametrize("ranges", [True, False])
def test_a_file_that_changes_between_two_ranges_is_fetched_from_the_start(world: World, ranges: bool) -> None:
    def change(offer: Offer) -> None:
        offer.content, offer.tag = CONTENT, '"two"'

    offer = Offer(OTHER, ranges=ranges, break_after=[100_000], change=change)
    with serving(offer) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT


def test_a_server_that_does_not_say_that_the_file_changed(world: World) -> None:
    """The same mark, other content: the whole has the wrong SHA-256 and is fetched once more."""

    def change(offer: Offer) -> None:
        offer.content = CONTENT

    offer = Offer(OTHER, break_after=[100_000], change=change)
    with serving(offer) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT
    assert [asked for asked, _ in offer.asked] == [None, "bytes=100000-", None]


def test_without_a_mark_nothing_is_continued(world: World) -> None:
    offer = Offer(CONTENT, tag="", break_after=[100_000])
    with serving(offer) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT
    assert offer.asked == [(None, None), (None, None)]


@pytest.mark.parametrize(
    "offer",
    [
        Offer(OTHER),
        Offer(CONTENT, said_length=200_000),
        Offer(CONTENT[:-1], without_length=True),
        Offer(CONTENT + b"more", without_length=True),
    ],
)
def test_another_file_than_the_published_one_is_refused(world: World, offer: Offer) -> None:
    world.install(world.file(content=b"o" * 20_000))
    with serving(offer) as server, pytest.raises(ModelRefused, match="not the file that was published"):
        world.install(server + path_of())
    assert world.left() == {"base.pt", "base.json"}
    assert world.content() == b"o" * 20_000
    assert world.check.looked == ["base.pt"]  # the old one: this one was never looked into


def test_a_length_that_is_too_long_is_no_endless_try(world: World) -> None:
    """All of it came, and the server announces more: what is there is right all the same."""
    offer = Offer(CONTENT, said_length=400_000)
    with serving(offer) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT
    assert offer.asked[-1] == ("bytes=300000-", '"one"')


def test_no_length_and_no_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "free_bytes", lambda folder: 250_000)
    for offer in (Offer(CONTENT), Offer(CONTENT, said_length=1 << 40)):
        with serving(offer) as server, pytest.raises(ModelRefused, match=r"make room|too large"):
            world.install(server + path_of())
        assert world.left() == set()
    monkeypatch.setattr(install, "free_bytes", lambda folder: 10_000)
    with (
        serving(Offer(CONTENT, without_length=True)) as server,
        pytest.raises(ModelRefused, match="make room"),
    ):
        world.install(server + path_of())
    assert world.left() == set()


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_no_for_good(world: World, status: int) -> None:
    offer = Offer(CONTENT, statuses=[status])
    with serving(offer) as server, pytest.raises(ModelRefused, match=f"says {status}; check the address"):
        world.install(server + path_of())
    assert len(offer.asked) == 1
    assert world.left() == set()


def test_a_no_for_now(world: World) -> None:
    with serving(Offer(CONTENT, statuses=[503, 500, 429])) as server:
        assert world.install(server + path_of()).changed


def test_a_redirection_is_followed_to_web_addresses_only(world: World) -> None:
    with serving(Offer(CONTENT, redirect="/there")) as server:
        assert world.install(server + path_of()).changed
    for target in ("file:///etc/passwd", "ftp://127.0.0.1/x"):
        with (
            serving(Offer(CONTENT, redirect=target)) as server,
            pytest.raises(ModelRefused, match=r"not followed|says 302"),
        ):
            world.install(server + path_of(OTHER, "other.pt"))
    with serving(Offer(CONTENT, redirect="/again")) as server, pytest.raises(ModelRefused, match="says 302"):
        world.install(server + path_of(OTHER, "other.pt"))
    assert world.left() == {"base.pt", "base.json"}


def test_a_secured_connection_never_leads_to_an_open_one() -> None:
    asked = urllib.request.Request("https://x/base.pt?token=secret")
    with pytest.raises(ModelRefused, match=r"^https://x/base\.pt leads to an address that is not secured"):
        fetch._Redirects().redirect_request(asked, BytesIO(), 302, "", Message(), "http://x/base.pt")


def test_nobody_is_there(world: World) -> None:
    with serving(Offer(CONTENT)) as server:
        pass
    with pytest.raises(ModelRefused, match="refused"):
        world.install(server + path_of())


def test_stopped_while_it_is_fetched(world: World) -> None:
    offer = Offer(CONTENT, break_after=[100_000], change=lambda _offer: world.stopped.set())
    with serving(offer) as server, pytest.raises(InstallStopped):
        world.install(server + path_of())
    assert world.left() == set()


def test_an_own_address_needs_a_digest(world: World) -> None:
    with serving(Offer(CONTENT)) as server:
        with pytest.raises(ModelRefused, match="give it by --sha256"):
            world.install(f"{server}/own.pt")
        with pytest.raises(ModelRefused, match="names another SHA-256"):
            world.install(server + path_of(), sha256(OTHER))
        done = world.install(f"{server}/a%20b/own%20model.pt?token=secret", sha256(CONTENT))
    assert done.model.name == "own_model"


@pytest.mark.parametrize(
    "url", ["ftp://x/base.pt", "file:///base.pt", "http://[x/base.pt", "http://x:y/base.pt"]
)
def test_addresses_that_are_none(world: World, url: str) -> None:
    with pytest.raises(ModelRefused):
        world.install(url, sha256(CONTENT))


def test_what_may_be_secret_in_an_address_is_not_shown(world: World) -> None:
    with serving(Offer(CONTENT, statuses=[404])) as server:
        url = server.replace("//", "//user:secret@") + "/own.pt?token=secret"
        with pytest.raises(ModelRefused) as refusal:
            world.install(url, sha256(CONTENT))
    assert "secret" not in str(refusal.value)
    assert "/own.pt" in str(refusal.value)


def test_an_old_part_of_another_kind_is_not_trusted(world: World) -> None:
    incoming = world.store.folder / ".incoming"
    incoming.mkdir(parents=True)
    (incoming / PART).write_bytes(b"z" * 400_000)
    Path(incoming / "fetched.source").write_text("[1]", encoding="utf-8")
    with serving(Offer(CONTENT)) as server:
        world.install(server + path_of())
    assert world.content() == CONTENT
