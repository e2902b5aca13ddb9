"""In which language a call is written: the usual one until the agent says another, for this call alone."""

from __future__ import annotations

import asyncio

from desktop.domain.transcript_events import SpokenLanguageChanged
from tests.services.world import World


def test_another_language_holds_for_the_call_in_front() -> None:
    async def scenario() -> None:
        world = await World.make()
        told = world.collect(SpokenLanguageChanged)
        transcript = world.transcript
        transcript.speak("en")
        assert (transcript.language, told) == ("ko", []), "no call, nothing to say"
        await world.talk()
        transcript.speak("ko")
        assert told == []
        transcript.speak("th")
        assert world.speech.spoken == ("c1", "th")
        assert told == [SpokenLanguageChanged("c1", "th")]
        transcript.begin("c2")
        assert transcript.language == "ko"
        transcript.usual_language = lambda: "vi"
        assert transcript.language == "vi"
        transcript.begin("c1")
        assert transcript.language == "th", "as it was left"

    asyncio.run(scenario())
