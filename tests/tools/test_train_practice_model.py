from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import whisper

from tools.train_practice_model.channel import no_speech, telephone
from tools.train_practice_model.clips import Clip, Pool
from tools.train_practice_model.evaluate import distance, pieces
from tools.train_practice_model.examples import FRAME, HEAD, Stage, batch, encode, log_mel, used_tokens
from tools.train_practice_model.network import fresh, hear, store
from tools.train_practice_model.texts import Word, jamo, phrases, practice_lines, said, vocabulary, words_of
from tools.train_practice_model.train import SCENARIOS, Trainer


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
    assert 100 < len(vocabulary(texts)) < 200
    for line in practice_lines(SCENARIOS):
        assert known.issuperset(encode(line.text))


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


def test_a_step_learns_from_a_batch(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    words = vocabulary([words_of(line) for line in practice_lines(SCENARIOS)])[:5]
    clips = [Clip((w,), rng.normal(0, 0.1, 6000).astype(np.float32), 0) for w in words]
    pool = Pool(
        [("", 160, 50)] * 3,
        {(i, s): c for i, c in enumerate(clips) for s in range(3)},
        clips,
        clips,
        clips,
        5,
    )
    torch.manual_seed(0)
    trainer = Trainer(16, (1, 1), 2, 1e-3)
    made = batch(pool, rng, Stage((50,), 0.5, 2, 200, 0.5), 50, 6)
    assert made.mel.shape == (6, 80, 100)
    assert made.mel.shape[2] * 160 == 50 * FRAME
    assert made.tokens[:, :4].tolist() == [HEAD] * 6
    first = trainer.step(made, 1e-2)
    for _ in range(3):
        last = trainer.step(made, 1e-2)
    assert last[0] < first[0]
