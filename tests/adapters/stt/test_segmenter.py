"""Utterances from synthetic probabilities: where they begin, end and are cut."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.stt.segmenter import Segmenter, Span, frames


def heard(segmenter: Segmenter, probabilities: list[float]) -> list[Span]:
    return [span for p in probabilities if (span := segmenter.feed(p)) is not None]


def seconds(length: float, probability: float) -> list[float]:
    return [probability] * frames(length)


def test_silence_is_nothing() -> None:
    segmenter = Segmenter()
    assert heard(segmenter, seconds(10, 0.1)) == []
    assert segmenter.finish() is None
    assert segmenter.done > frames(9.5)


def test_an_utterance_has_a_little_silence_on_both_sides() -> None:
    segmenter = Segmenter()
    spans = heard(segmenter, seconds(2, 0.0) + seconds(3, 0.9) + seconds(2, 0.0))
    assert len(spans) == 1
    assert spans[0].start == frames(2) - frames(0.3)
    assert spans[0].end == frames(2) + frames(3) + frames(0.2)
    assert spans[0].voiced == frames(3)
    assert 0.89 < spans[0].certainty < 0.91


def test_it_ends_half_a_second_after_the_last_word() -> None:
    segmenter = Segmenter()
    heard(segmenter, seconds(1, 0.0) + seconds(3, 0.9))
    assert heard(segmenter, [0.0] * (frames(0.5) - 1)) == []
    assert len(heard(segmenter, [0.0])) == 1


def test_a_short_word_waits_longer_and_a_long_sentence_less() -> None:
    short = Segmenter()
    heard(short, seconds(0.5, 0.9))
    assert heard(short, seconds(0.7, 0.0)) == []
    assert len(heard(short, seconds(0.2, 0.0))) == 1
    long = Segmenter()
    heard(long, seconds(7, 0.9))
    assert len(heard(long, seconds(0.36, 0.0))) == 1


def test_three_doubtful_frames_or_one_sure_one_begin() -> None:
    doubtful = Segmenter()
    heard(doubtful, [0.0, 0.6, 0.6, 0.0, 0.6, 0.6])
    assert doubtful.running is None
    heard(doubtful, [0.6])
    assert doubtful.running is not None
    sure = Segmenter()
    heard(sure, [0.85])
    assert sure.running is not None


def test_a_quiet_ending_goes_on() -> None:
    segmenter = Segmenter()
    spans = heard(segmenter, seconds(2, 0.9) + seconds(1, 0.4) + seconds(1, 0.3))
    assert [span.voiced for span in spans] == [frames(2) + frames(1)]


def test_a_click_is_no_speech() -> None:
    segmenter = Segmenter()
    assert heard(segmenter, seconds(1, 0.0) + [0.9] * 4 + seconds(2, 0.0)) == []
    assert segmenter.running is None


def test_a_monologue_is_cut_where_it_is_quietest() -> None:
    segmenter = Segmenter()
    talk = [*seconds(10, 0.9), 0.5, *seconds(10, 0.9), *seconds(1, 0.0)]
    spans = heard(segmenter, talk)
    assert next((span.start, span.end) for span in spans) == (0, frames(10) + 1)
    assert spans[1].start == spans[0].end
    assert sum(span.voiced for span in spans) == len(talk) - frames(1)


def test_an_endless_even_tone_is_cut_at_the_hard_length() -> None:
    segmenter = Segmenter()
    spans = heard(segmenter, seconds(60, 0.9))
    assert all(span.end - span.start <= frames(12) + frames(0.3) for span in spans)
    assert len(spans) >= 4


def test_the_end_of_the_sound_ends_an_utterance() -> None:
    segmenter = Segmenter()
    heard(segmenter, seconds(1, 0.9))
    span = segmenter.finish()
    assert span is not None
    assert span.end == frames(1)


def test_what_runs_is_not_done() -> None:
    segmenter = Segmenter()
    heard(segmenter, seconds(5, 0.0) + seconds(2, 0.9))
    assert segmenter.done == frames(5) - frames(0.3)
    assert segmenter.spoken > 1.9


@settings(max_examples=60)
@given(st.lists(st.floats(0, 1), max_size=1500))
def test_utterances_never_overlap_and_done_never_goes_back(probabilities: list[float]) -> None:
    segmenter = Segmenter()
    spans: list[Span] = []
    done = 0
    for probability in probabilities:
        span = segmenter.feed(probability)
        if span is not None:
            spans.append(span)
        assert segmenter.done >= done
        done = segmenter.done
    last = segmenter.finish()
    spans += [last] if last is not None else []
    for one, other in itertools.pairwise(spans):
        assert one.end <= other.start
    assert all(span.start < span.end <= len(probabilities) for span in spans)
