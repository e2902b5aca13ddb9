"""Train the checkpoint that recognises the practice calls S01 to S08.

    python -m tools.train_practice_model.train WORK_FOLDER --minutes 90 [--resume | --from CHECKPOINT]

WORK_FOLDER gets the clips (`pool.npz`), the progress (`log.txt`), the state to go on from (`state.pt`) and, each time,
a usable fp16 checkpoint (`latest.pt`). Examples begin with one to three words in random order, which only the sound can
tell apart, and get longer when the loss says so; the practice lines themselves come last.
"""

from __future__ import annotations

import argparse
import collections
import math
import queue
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from whisper.model import Whisper

from tools.train_practice_model.clips import Pool, build, texts_of
from tools.train_practice_model.examples import IGNORE, Batch, Stage, batch, used_tokens
from tools.train_practice_model.network import VOCABULARY, fresh, hear, say, store
from tools.train_practice_model.texts import JAMO_CLASSES

SCENARIOS = tuple(f"S{number:02d}" for number in range(1, 9))
STAGES = (
    Stage((50, 70, 90, 120), 1.0, 3, 3200, 0.0),
    Stage((90, 120, 160, 240), 0.85, 7, 3600, 0.5),
    Stage((120, 160, 240, 360), 0.6, 10, 4200, 0.5),
    Stage((140, 220, 320, 420, 480, 560), 0.35, 14, 5200, 0.6),
)
NEXT_STAGE_AT = (0.4, 0.65, 0.55)
SAVE_EVERY_S = 150
WARM_UP = 40
MEMORY = 80
REPEATS = 4


@dataclass
class Progress:
    """Where training stands."""

    step: int = 0
    stage: int = 0
    since: int = 0  # step at which the stage began
    loss: float = 12.0
    letters: float = 12.0


def half(wanted: bool) -> torch.autocast:
    """Compute in bfloat16 where wanted, which is quicker on a processor that has it."""
    return torch.autocast("cpu", torch.bfloat16, enabled=wanted)


def stream(pool: Pool, progress: Progress, seed: int) -> Iterator[Batch]:
    """Yield batches of the current stage, made by one helper thread."""
    ready: queue.Queue[Batch] = queue.Queue(2)

    def produce() -> None:
        rng = np.random.default_rng(seed)
        made = 0
        while True:
            stage = STAGES[progress.stage]
            full = progress.stage >= 1 and made % 40 == 39
            window = 1500 if full else stage.windows[made % len(stage.windows)]
            count = 4 if full else max(4, stage.frames // window)
            ready.put(batch(pool, rng, stage, window, count))
            made += 1

    threading.Thread(target=produce, daemon=True).start()
    while True:
        yield ready.get()


class Trainer:
    """The network, its auxiliary head, and one step of both.

    Only the tokens that can occur get an embedding row. In the stored checkpoint all other rows are zero, so that each
    of those tokens has the logit 0; the loss counts them in exactly so.
    """

    def __init__(self, width: int, layers: tuple[int, int], heads: int, rate: float) -> None:
        self.model: Whisper = fresh(width, layers[0], layers[1], heads)
        self.letters = nn.Linear(width, JAMO_CLASSES)
        texts = [*texts_of(SCENARIOS, "caller"), *texts_of(SCENARIOS, "agent")]
        self.used = torch.tensor(used_tokens(texts))
        self.place = torch.zeros(VOCABULARY, dtype=torch.long)
        self.place[self.used] = torch.arange(len(self.used))
        self.rows = nn.Parameter(torch.randn(len(self.used), width) * 0.05)
        self.model.decoder.token_embedding.weight.requires_grad_(False)
        trained = [p for p in self.model.parameters() if p.requires_grad]
        self.parameters = [*trained, *self.letters.parameters(), self.rows]
        self.optimiser = torch.optim.AdamW(self.parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
        self.memory: collections.deque[tuple[Batch, torch.Tensor]] = collections.deque(maxlen=MEMORY)
        self.rng = np.random.default_rng(7)
        self.bf16 = False

    def begin_from(self, checkpoint: Path) -> int:
        """Take over the weights of a checkpoint of the same shape, and return how many tokens it knew.

        A token that it did not know begins at random, at the size of those that it knew.
        """
        stored = torch.load(checkpoint, map_location="cpu", weights_only=True)
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
        with half(self.bf16):
            state = say(self.model.decoder, known, heard)
        state = state.float()[b.targets != IGNORE]
        wanted = self.place[b.targets[b.targets != IGNORE]]
        others = torch.full((len(state), 1), math.log(VOCABULARY - len(self.used)))
        return F.cross_entropy(torch.cat([state @ self.rows.T, others], 1), wanted)

    def letter_loss(self, b: Batch, heard: torch.Tensor) -> torch.Tensor:
        """Return the loss of the letters spelled from the encoder's output."""
        chosen = torch.nonzero(b.letter_counts)[:, 0]
        if not len(chosen):
            return torch.zeros(())
        guessed = self.letters(heard[chosen]).log_softmax(-1).transpose(0, 1)
        lengths = torch.full((len(chosen),), heard.shape[1])
        return F.ctc_loss(guessed, b.letters[chosen], lengths, b.letter_counts[chosen], zero_infinity=True)

    def step(self, b: Batch, rate: float) -> tuple[float, float]:
        """Learn from one batch and return both losses; then teach the decoder from batches heard before.

        The encoder takes nine tenths of a step, and the decoder needs the most steps, so what the encoder made of a
        batch is kept for a while and used again.
        """
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        with half(self.bf16):
            heard = hear(self.model.encoder, b.mel)
        heard = heard.float()
        text, spelled = self.text_loss(b, heard), self.letter_loss(b, heard)
        self.learn(text + spelled)
        if len(self.memory) >= MEMORY // 4:
            for _ in range(REPEATS):
                old, kept = self.memory[int(self.rng.integers(len(self.memory)))]
                self.learn(self.text_loss(old, kept))
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
        state = torch.load(folder / "state.pt", weights_only=True)
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


def run(trainer: Trainer, pool: Pool, folder: Path, progress: Progress, minutes: float, rate: float) -> None:
    """Train for so many minutes."""
    began = saved = time.monotonic()
    first = progress.step
    enough = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: enough.set())
    for b in stream(pool, progress, int(time.time())):
        done = (time.monotonic() - began) / 60 / minutes
        if done >= 1 or enough.is_set():
            break
        warm = min(1.0, (progress.step + 1 - first) / WARM_UP)
        now = rate * warm * max(0.02, 0.5 * (1 + float(np.cos(np.pi * done))))
        text, spelled = trainer.step(b, now)
        progress.step += 1
        progress.loss += 0.04 * (text - progress.loss)
        progress.letters += 0.04 * (spelled - progress.letters)
        ripe = progress.loss < NEXT_STAGE_AT[min(progress.stage, 2)] and progress.step - progress.since > 100
        if ripe and progress.stage < len(STAGES) - 1:
            progress.stage += 1
            progress.since = progress.step
            progress.loss = max(progress.loss, 1.0)  # what is to come is harder
            note(folder, f"stage {progress.stage} from step {progress.step}")
        if progress.step % 25 == 0:
            spent = time.monotonic() - began
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
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    options.folder.mkdir(parents=True, exist_ok=True)
    pool = build(SCENARIOS, options.folder / "pool.npz")
    trainer = Trainer(options.width, tuple(options.layers), options.heads, options.rate)
    trainer.bf16 = options.bf16
    progress = trainer.restore(options.folder) if options.resume else Progress()
    if options.origin and not options.resume:
        note(options.folder, f"{trainer.begin_from(options.origin)} tokens known from {options.origin.name}")
    if options.stage is not None:
        progress.stage, progress.since = options.stage, progress.step
    note(options.folder, f"{pool.words} words, {len(trainer.used)} tokens can occur, width {options.width}")
    run(trainer, pool, options.folder, progress, options.minutes, options.rate)


if __name__ == "__main__":
    main()
