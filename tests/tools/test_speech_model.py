from __future__ import annotations

import ctypes
import multiprocessing
from pathlib import Path

import numpy as np
import pytest
import torch
import whisper

from tools.speech_model import clips, heldout
from tools.speech_model.channel import music, no_speech, telephone
from tools.speech_model.clips import Clip, Pool, shipped_styles, varied_styles
from tools.speech_model.evaluate import distance, pieces
from tools.speech_model.examples import (
    FRAME,
    HEAD,
    Stage,
    asked,
    batch,
    encode,
    log_mel,
    resized,
    used_tokens,
)
from tools.speech_model.network import fresh, hear, store
from tools.speech_model.texts import (
    Word,
    jamo,
    phrases,
    practice_lines,
    questions,
    said,
    vocabulary,
    words_of,
    written,
)
from tools.speech_model.train import SCENARIOS, STAGES, Examples, Progress, Trainer


def test_letters_leave_out_the_silent_initial() -> None:
    assert len(jamo("안")) == 2
    assert len(jamo("값!")) == 3
    assert jamo("가나")[0] != jamo("가나")[2]


def test_written_and_said_words_stand_side_by_side() -> None:
    line = next(line for line in practice_lines(SCENARIOS) if "201호예요" in line.text)
    words = words_of(line)
    assert Word("201호예요.", "이백일호예요.") in words
    assert [said(p) for p in phrases(words)] == ["푸른로 십이길 삼십,", "이백일호예요."]


def test_every_transcript_of_a_line_uses_known_tokens() -> None:
    texts = [words_of(line) for line in practice_lines(SCENARIOS)]
    known = set(used_tokens(texts))
    assert 400 < len(vocabulary(texts)) < 600
    for line in practice_lines(SCENARIOS):
        assert known.issuperset(encode(line.text))


def test_questions_of_the_sample_answers_are_heard_but_for_some_that_are_kept_back() -> None:
    trained, kept = questions(), questions(trained=False)
    assert not set(trained) & set(kept)
    assert 15 < len(trained) / len(kept) < 25
    assert "여권을 잃어버렸을 때는 어떻게 하나요?" in {written(words) for words in (*trained, *kept)}
    known = set(used_tokens(list(trained)))
    jobs = clips.asked_jobs(9, np.random.default_rng(1))
    assert {style for _, _, style in jobs} == set(range(9))
    assert {words for _, words, _ in jobs} >= set(trained)
    assert all(known.issuperset(encode(written(words))) for _, words, _ in jobs[::50])


def test_questions_fit_into_the_room() -> None:
    rng = np.random.default_rng(3)
    pool = small_pool(rng)
    counts = set()
    for _ in range(50):
        drawn = asked(pool, rng, 20_000)
        counts.add(len(drawn))
        assert sum(len(clip) for clip in drawn) <= 20_000
    assert counts == {1, 2}
    assert asked(pool, rng, 100) == []


def test_distance_ignores_spaces_and_punctuation() -> None:
    assert distance("네, 감사합니다.", "네 감사 합니다") == (0, 6)
    assert distance("네", "아니요") == (3, 1)
    assert distance("감사", "") == (2, 2)


def test_sound_is_cut_where_it_pauses() -> None:
    tone = np.full(8000, 0.1, np.float32)
    cut = list(pieces(np.concatenate([tone, np.zeros(8000, np.float32), tone])))
    assert [len(c) for c in cut] == [pytest.approx(12000, abs=200), pytest.approx(12000, abs=200)]


@pytest.mark.parametrize("kind", ["g722", "pcma", "pcmu"])
def test_the_line_keeps_length_and_speech(kind: str) -> None:
    rng = np.random.default_rng(1)
    tone = (0.1 * np.sin(2 * np.pi * 500 / 16000 * np.arange(16001))).astype(np.float32)
    got = telephone(tone, rng, kind=kind, noisy=False)
    assert got.shape == tone.shape
    assert float(np.corrcoef(got, tone)[0, 1]) > 0.98
    assert np.abs(no_speech(16000, rng)).max() <= 1


def test_mel_is_whispers_own() -> None:
    sound = torch.randn(2, 16000) * 0.1
    sound[1] *= 0.01
    got = log_mel(sound)
    for i in range(2):
        assert torch.allclose(got[i], whisper.log_mel_spectrogram(sound[i]), atol=1e-4)


def test_a_stored_network_loads_as_whisper_and_hears_the_same(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = fresh(16, 1, 1, 2)
    store(model, tmp_path / "small.pt")
    loaded = whisper.load_model(str(tmp_path / "small.pt"), device="cpu").eval()
    mel = torch.randn(1, 80, 3000)
    with torch.no_grad():
        assert torch.allclose(hear(loaded.encoder, mel), loaded.encoder(mel), atol=1e-5)
        assert torch.allclose(hear(loaded.encoder, mel), model.encoder(mel), atol=0.05)


def small_pool(rng: np.random.Generator) -> Pool:
    words = vocabulary([words_of(line) for line in practice_lines(SCENARIOS)])[:5]
    sounds = [(rng.normal(0, 3000, 6000)).astype(np.int16) for _ in words]
    clips = [Clip((word,), sound, 0) for word, sound in zip(words, sounds, strict=True)]
    single = {(i, style): clip for i, clip in enumerate(clips) for style in range(3)}
    return Pool([("", 160, 50)] * 3, 3, single, clips, clips, clips, clips, 5, [0, 1], clips)


def test_a_step_learns_from_a_batch() -> None:
    rng = np.random.default_rng(2)
    torch.manual_seed(0)
    trainer = Trainer(16, (1, 1), 2, 1e-3)
    made = batch(small_pool(rng), rng, Stage((50,), 0.5, 2, 200, 0.5), 50, 6)
    assert made.samples.shape == (6, 50 * FRAME)
    assert log_mel(made.samples).shape == (6, 80, 100)
    assert made.tokens[:, :4].tolist() == [HEAD] * 6
    first = trainer.step(made, 1e-2)
    for _ in range(3):
        last = trainer.step(made, 1e-2)
    assert last[0] < first[0]


def test_training_goes_on_where_it_stood(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    torch.manual_seed(0)
    trainer = Trainer(16, (1, 1), 2, 1e-3)
    made = batch(small_pool(rng), rng, Stage((50,), 0.5, 2, 200, 0.5), 50, 6)
    trainer.step(made, 1e-2)
    trainer.save(tmp_path, Progress(step=7, stage=2))
    again = Trainer(16, (1, 1), 2, 1e-3)
    assert again.restore(tmp_path) == Progress(step=7, stage=2)
    assert torch.equal(again.rows, trainer.rows)
    assert trainer.step(made, 1e-2) == again.step(made, 1e-2)


def test_training_begins_from_a_checkpoint_with_fewer_words(tmp_path: Path) -> None:
    torch.manual_seed(0)
    trainer = Trainer(16, (1, 1), 2, 1e-3)
    trainer.save(tmp_path, Progress())
    stored = torch.load(tmp_path / "latest.pt", weights_only=True)
    rows = stored["model_state_dict"]["decoder.token_embedding.weight"]
    assert int((rows.abs().sum(1) > 0).sum()) == len(trainer.used)
    unknown = trainer.used[-1]
    rows[unknown] = 0
    torch.save(stored, tmp_path / "fewer.pt")
    wider = Trainer(16, (1, 1), 2, 1e-3)
    assert wider.begin_from(tmp_path / "fewer.pt") == len(trainer.used) - 1
    assert torch.equal(wider.rows[:-1], trainer.rows[:-1].half().float())
    assert 0.01 < float(wider.rows[-1].detach().abs().max()) < 1
    with pytest.raises(ValueError, match="another shape"):
        Trainer(32, (1, 1), 2, 1e-3).begin_from(tmp_path / "fewer.pt")


def test_a_larger_speaker_is_slower_and_lower() -> None:
    moments = np.arange(16000) / 16000
    tone = np.sin(2 * np.pi * 400 * moments).astype(np.float32)
    low = resized(tone, 0.8)
    assert len(low) == pytest.approx(20000, abs=2)
    assert int(np.abs(np.fft.rfft(low)).argmax()) / len(low) * 16000 == pytest.approx(320, abs=2)
    assert resized(tone, 1.0) is tone


def test_music_is_heard_and_bounded() -> None:
    for seed in range(20):
        tune = music(16000, np.random.default_rng(seed))
        assert 0.005 < np.abs(tune).max() <= 0.26


def test_held_out_voices_are_none_that_were_trained_on() -> None:
    trained = {*shipped_styles(SCENARIOS), *varied_styles(27, 1)}
    for variant, speed, pitch in heldout.STYLES:
        assert not {style for style in trained if style[0] == variant or style[1:] == (speed, pitch)}


def test_what_was_cut_off_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heldout, "speak", lambda *_: np.full(16000, 0.1, np.float32))
    words = (Word("네,", "네,"), Word("빨리", "빨리"), Word("와", "와"))
    rng = np.random.default_rng(4)
    for _ in range(20):
        sound, before = heldout.cut_in_a_word(words, ("", 160, 50), rng)
        assert before in (words[:1], words[:2])
        assert len(before) < len(sound) / 16000 < len(before) + 0.75


def test_lost_packets_are_silent_and_noise_stands_below_the_speech() -> None:
    rng = np.random.default_rng(5)
    tone = (0.1 * np.sqrt(2) * np.sin(2 * np.pi * 500 * np.arange(160000) / 16000)).astype(np.float32)
    clean = heldout.arriving(tone, heldout.Condition("", "g722"), rng)
    lossy = heldout.arriving(tone, heldout.Condition("", "g722", loss=0.5), rng)
    noisy = heldout.arriving(tone, heldout.Condition("", "g722", noise_db=20), rng)
    power = [float(np.mean(sound**2)) for sound in (clean, lossy, noisy - clean)]
    assert power[1] / power[0] == pytest.approx(0.5, abs=0.1)
    assert power[2] / power[0] == pytest.approx(0.01, abs=0.003)


def test_clips_are_rendered_once_in_the_order_of_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(text: str, style: tuple[str, int, int]) -> np.ndarray:
        return np.full(len(text) + style[1], 0.5, np.float32)

    words = (Word("네,", "네,"), Word("여보세요?", "여보세요?"))
    styles = [("", 160, 50), ("+f1", 120, 40)]
    jobs = [("single", (words[0].bare,), 1), ("single", words[1:], 0), ("whole", words, 1)]
    monkeypatch.setattr(clips, "speak", speak)
    found = dict(clips.render(jobs, styles, 2))
    assert [len(found[i]) for i in range(3)] == [121, 165, 128]
    monkeypatch.setattr(clips, "shipped_styles", lambda _scenarios: styles)
    monkeypatch.setattr(clips, "varied_styles", lambda _count, _seed: [])
    monkeypatch.setattr(clips, "plan", lambda *_: jobs)
    monkeypatch.setattr(clips, "own_voices", lambda *_: {words: set()})
    monkeypatch.setattr(clips, "texts_of", lambda *_: [words[:1]])
    pool = clips.build(SCENARIOS, tmp_path / "pool.npz", 0, 1)
    assert [len(clip) for clip in pool.whole] == [128]
    monkeypatch.setattr(clips, "speak", lambda *_: pytest.fail("rendered twice"))
    again = clips.build(SCENARIOS, tmp_path / "pool.npz", 0, 1)
    assert np.array_equal(again.whole[0].stored, pool.whole[0].stored)
    monkeypatch.setattr(clips, "plan", lambda *_: jobs[:2])
    with pytest.raises(ValueError, match="delete it"):
        clips.build(SCENARIOS, tmp_path / "pool.npz", 0, 1)


def test_examples_follow_the_stage_and_the_scale() -> None:
    stage = multiprocessing.Value(ctypes.c_int, 0)
    batches = iter(Examples(small_pool(np.random.default_rng(2)), stage, 3, 5))
    first = STAGES[0]
    for _ in range(len(first.windows)):
        samples = next(batches).samples
        window = samples.shape[1] // FRAME
        assert window in first.windows
        assert samples.shape[0] == 3 * (first.frames // window)
    stage.value = 3
    sizes = {next(batches).samples.shape[1] // FRAME for _ in range(2 * len(STAGES[3].windows))}
    assert sizes >= set(STAGES[3].windows)
