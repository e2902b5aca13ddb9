"""Train the checkpoint that recognises the practice calls S01 to S08, on them and on the sample answers' questions.

    python -m tools.speech_model.train WORK_FOLDER --minutes 90 [--resume | --from CHECKPOINT]
    python -m tools.speech_model.train WORK_FOLDER --minutes 9 --device cuda --workers 15 --scale 4 --repeats 0

WORK_FOLDER gets the clips (`pool.npz`), the progress (`log.txt`), the state to go on from (`state.pt`) and, each time,
a usable fp16 checkpoint (`latest.pt`). Examples begin with one to three words in random order, which only the sound can
tell apart, and get longer when the loss says so; the practice lines themselves come last.
"""

from __future__ import annotations

import argparse
import collections
import ctypes
import math
import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info
from whisper.model import Whisper

from tools.speech_model.clips import Pool, build, texts_of
from tools.speech_model.examples import IGNORE, Batch, Stage, batch, log_mel, used_tokens
from tools.speech_model.network import VOCABULARY, fresh, hear, say, store
from tools.speech_model.texts import JAMO_CLASSES, questions

SCENARIOS = tuple(f"S{number:02d}" for number in range(1, 9))
STAGES = (
    Stage((50, 70, 90, 120), 1.0, 3, 3200, 0.0, 0.1),
    Stage((90, 120, 160, 240), 0.85, 7, 3600, 0.5, 0.2),
    Stage((120, 160, 240, 360), 0.6, 10, 4200, 0.5, 0.3),
    Stage((140, 220, 320, 420, 480, 560), 0.35, 14, 5200, 0.6, 0.35),
)
NEXT_STAGE_AT = (0.4, 0.65, 0.55)
SAVE_EVERY_S = 150
TELL_EVERY = 25
WARM_UP = 40
MEMORY = 80
FULL_WINDOW, FULL_EVERY, FULL_COUNT = 1500, 40, 4


@dataclass
class Progress:
    """Where training stands."""

    step: int = 0
    stage: int = 0
    since: int = 0  # step at which the stage began
    loss: float = 12.0
    letters: float = 12.0


class Examples(IterableDataset[Batch]):  # type: ignore[misc]
    """Batches without end, of the stage that training has reached, each `scale` times the stage's size."""

    def __init__(self, pool: Pool, stage: Synchronized[int], scale: int, seed: int) -> None:
        self.pool, self.stage, self.scale, self.seed = pool, stage, scale, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        made = int(rng.integers(FULL_EVERY))
        while True:
            stage = STAGES[self.stage.value]
            full = self.stage.value >= 1 and made % FULL_EVERY == FULL_EVERY - 1
            window = FULL_WINDOW if full else stage.windows[made % len(stage.windows)]
            count = FULL_COUNT if full else max(4, stage.frames // window)
            yield batch(self.pool, rng, stage, window, count * self.scale)
            made += 1


class Trainer:
    """The network, its auxiliary head, and one step of both.

    Only the tokens that can occur get an embedding row. In the stored checkpoint all other rows are zero, so that each
    of those tokens has the logit 0; the loss counts them in exactly so.
    """

    def __init__(
        self, width: int, layers: tuple[int, int], heads: int, rate: float, device: str = "cpu"
    ) -> None:
        self.device = torch.device(device)
        self.model: Whisper = fresh(width, layers[0], layers[1], heads).to(self.device)
        self.letters = nn.Linear(width, JAMO_CLASSES).to(self.device)
        texts = [*texts_of(SCENARIOS, "caller"), *texts_of(SCENARIOS, "agent"), *questions()]
        self.used = torch.tensor(used_tokens(texts), device=self.device)
        self.place = torch.zeros(VOCABULARY, dtype=torch.long, device=self.device)
        self.place[self.used] = torch.arange(len(self.used), device=self.device)
        self.rows = nn.Parameter(torch.randn(len(self.used), width, device=self.device) * 0.05)
        self.model.decoder.token_embedding.weight.requires_grad_(False)
        trained = [p for p in self.model.parameters() if p.requires_grad]
        self.parameters = [*trained, *self.letters.parameters(), self.rows]
        self.optimiser = torch.optim.AdamW(
            self.parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=self.device.type == "cuda"
        )
        self.memory: collections.deque[tuple[Batch, torch.Tensor]] = collections.deque(maxlen=MEMORY)
        self.rng = np.random.default_rng(7)
        self.bf16 = False
        self.repeats = 4

    def half(self) -> torch.autocast:
        """Compute in bfloat16 where wanted, which is quicker where the processor has it."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16)

    def begin_from(self, checkpoint: Path) -> int:
        """Take over the weights of a checkpoint of the same shape, and return how many tokens it knew.

        A token that it did not know begins at random, at the size of those that it knew.
        """
        stored = torch.load(checkpoint, map_location=self.device, weights_only=True)
        if stored["dims"] != vars(self.model.dims):
            raise ValueError(f"{checkpoint} has another shape than is to be trained")
        weights = {name: value.float() for name, value in stored["model_state_dict"].items()}
        rows = weights.pop("decoder.token_embedding.weight")[self.used]
        self.model.load_state_dict(weights, strict=False)
        known = rows.abs().sum(1) > 0
        with torch.no_grad():
            self.rows.normal_(0, float(rows[known].std()))
            self.rows[known] = rows[known]
        return int(known.sum())

    def text_loss(self, b: Batch, heard: torch.Tensor) -> torch.Tensor:
        """Return the loss of the text, given the encoder's output."""
        known = self.rows[self.place[b.tokens]]
        with self.half():
            state = say(self.model.decoder, known, heard)
        state = state.float()[b.targets != IGNORE]
        wanted = self.place[b.targets[b.targets != IGNORE]]
        others = state.new_full((len(state), 1), math.log(VOCABULARY - len(self.used)))
        return F.cross_entropy(torch.cat([state @ self.rows.T, others], 1), wanted)

    def letter_loss(self, b: Batch, heard: torch.Tensor) -> torch.Tensor:
        """Return the loss of the letters spelled from the encoder's output."""
        chosen = torch.nonzero(b.letter_counts)[:, 0]
        if not len(chosen):
            return heard.new_zeros(())
        guessed = self.letters(heard[chosen]).log_softmax(-1).transpose(0, 1)
        lengths = torch.full((len(chosen),), heard.shape[1], device=self.device)
        return F.ctc_loss(guessed, b.letters[chosen], lengths, b.letter_counts[chosen], zero_infinity=True)

    def step(self, b: Batch, rate: float) -> tuple[float, float]:
        """Learn from one batch and return both losses; then teach the decoder from batches heard before.

        On a processor the encoder takes nine tenths of a step, and the decoder needs the most steps, so what the
        encoder made of a batch is kept for a while and used again.
        """
        b = b.to(self.device)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        with self.half():
            heard = hear(self.model.encoder, log_mel(b.samples))
        heard = heard.float()
        text, spelled = self.text_loss(b, heard), self.letter_loss(b, heard)
        self.learn(text + spelled)
        if len(self.memory) >= MEMORY // 4:
            for _ in range(self.repeats):
                old, kept = self.memory[int(self.rng.integers(len(self.memory)))]
                self.learn(self.text_loss(old, kept))
        if self.repeats:
            self.memory.append((b, heard.detach()))
        return text.item(), spelled.item()

    def learn(self, loss: torch.Tensor) -> None:
        """Take one step down this loss; parameters that it does not touch stay."""
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimiser.step()

    def save(self, folder: Path, progress: Progress) -> None:
        """Write the state to go on from, and a checkpoint to use."""
        state = {
            "model": self.model.state_dict(),
            "letters": self.letters.state_dict(),
            "rows": self.rows.detach(),
            "optimiser": self.optimiser.state_dict(),
            "progress": vars(progress),
        }
        torch.save(state, folder / "state.new")
        (folder / "state.new").replace(folder / "state.pt")
        with torch.no_grad():
            embedding = self.model.decoder.token_embedding.weight
            embedding.zero_()
            embedding[self.used] = self.rows
        store(self.model, folder / "latest.new")
        (folder / "latest.new").replace(folder / "latest.pt")

    def restore(self, folder: Path) -> Progress:
        """Go on from the state in the folder."""
        state = torch.load(folder / "state.pt", map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.letters.load_state_dict(state["letters"])
        with torch.no_grad():
            self.rows.copy_(state["rows"])
        self.optimiser.load_state_dict(state["optimiser"])
        return Progress(**state["progress"])


def note(folder: Path, line: str) -> None:
    """Print a line and keep it in the log."""
    print(line, flush=True)
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def advance(progress: Progress) -> bool:
    """Go to the next stage if this one is learnt."""
    ripe = progress.loss < NEXT_STAGE_AT[min(progress.stage, 2)] and progress.step - progress.since > 100
    if not ripe or progress.stage == len(STAGES) - 1:
        return False
    progress.stage += 1
    progress.since = progress.step
    progress.loss = max(progress.loss, 1.0)  # what is to come is harder
    return True


def run(
    trainer: Trainer, batches: Iterator[Batch], stage: Synchronized[int], folder: Path, progress: Progress,
    minutes: float, rate: float,
) -> None:  # fmt: skip
    """Train for so many minutes; `stage` tells those who make the examples what to make."""
    began = saved = time.monotonic()
    first = progress.step
    enough = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: enough.set())
    for b in batches:
        spent = time.monotonic() - began
        done = spent / 60 / minutes
        if done >= 1 or enough.is_set():
            break
        warm = min(1.0, (progress.step + 1 - first) / WARM_UP)
        now = rate * warm * max(0.02, 0.5 * (1 + float(np.cos(np.pi * done))))
        text, spelled = trainer.step(b, now)
        progress.step += 1
        progress.loss += 0.04 * (text - progress.loss)
        progress.letters += 0.04 * (spelled - progress.letters)
        if advance(progress):
            stage.value = progress.stage
            note(folder, f"stage {progress.stage} from step {progress.step}")
        if progress.step % TELL_EVERY == 0:
            note(
                folder,
                f"step {progress.step} stage {progress.stage} text {progress.loss:.3f} "
                f"letters {progress.letters:.3f} {spent:.0f} s",
            )
        if time.monotonic() - saved > SAVE_EVERY_S:
            trainer.save(folder, progress)
            saved = time.monotonic()
    trainer.save(folder, progress)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--resume", action="store_true", help="go on from state.pt in the folder")
    parser.add_argument("--from", dest="origin", type=Path, help="begin with the weights of this checkpoint")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16")
    parser.add_argument("--stage", type=int, help="go to this stage at once")
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument(
        "--layers", type=int, nargs=2, default=(3, 2), help="of the encoder and of the decoder"
    )
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-3, help="learning rate at its highest")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--workers", type=int, default=1, help="processes that render and make examples")
    parser.add_argument("--scale", type=int, default=1, help="how many times as large the batches are")
    parser.add_argument(
        "--repeats", type=int, default=4, help="further steps of the decoder on what was heard before"
    )
    parser.add_argument("--voices", type=int, default=27, help="voices beside the shipped ones")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    options.folder.mkdir(parents=True, exist_ok=True)
    pool = build(SCENARIOS, options.folder / "pool.npz", options.voices, options.workers)
    trainer = Trainer(options.width, tuple(options.layers), options.heads, options.rate, options.device)
    trainer.bf16, trainer.repeats = options.bf16, options.repeats
    progress = trainer.restore(options.folder) if options.resume else Progress()
    if options.origin and not options.resume:
        note(options.folder, f"{trainer.begin_from(options.origin)} tokens known from {options.origin.name}")
    if options.stage is not None:
        progress.stage, progress.since = options.stage, progress.step
    note(options.folder, f"{pool.words} words, {len(trainer.used)} tokens can occur, width {options.width}")
    stage = multiprocessing.Value(ctypes.c_int, progress.stage)
    examples = Examples(pool, stage, options.scale, int(time.time()))
    batches = DataLoader(examples, batch_size=None, num_workers=options.workers)
    run(trainer, iter(batches), stage, options.folder, progress, options.minutes, options.rate)


if __name__ == "__main__":
    main()
