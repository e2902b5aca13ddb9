import asyncio
from pathlib import Path

from desktop.cli.doctor_checks import Verdict
from desktop.cli.doctor_delivery import delivery
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget
from tests.peers.certificates import Authority
from tests.peers.receiver import Receiver


async def no_secret(_account: str) -> str:
    await asyncio.sleep(0)
    return ""


def test_each_target_is_asked_and_nothing_is_sent(tmp_path: Path) -> None:
    authority = Authority.make(tmp_path)
    share = FolderTarget("share", "공유", str(tmp_path))
    before = set(tmp_path.iterdir())
    with Receiver(authority.server()) as receiver:
        team = HttpsTarget("team", "민원지원팀", receiver.url, str(authority.ca_file))
        assert delivery([team, share], no_secret).detail == "team answers; share answers"
        strange = HttpsTarget("strange", "?", receiver.url)
        found = delivery([strange, share], no_secret)
        assert found.verdict is Verdict.WARN
        assert found.detail.startswith("strange: certificate ")
        assert found.detail.endswith("; share answers")
        assert found.advice.startswith("strange: The receiver's certificate is not trusted")
        assert receiver.requests == []
    assert set(tmp_path.iterdir()) - before == {each for each in tmp_path.iterdir() if "server-" in each.name}


def test_a_desk_that_reports_to_nobody_is_in_order() -> None:
    assert delivery([], no_secret).verdict is Verdict.OK
