"""A Whisper model in memory, built from a checkpoint's dictionary without ever holding its weights twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from desktop.adapters.stt import int8
from desktop.adapters.stt.whisper_modules import ModelDimensions, Whisper

log = logging.getLogger(__name__)

INT8, FLOAT32 = "int8", "float32"


class WeightsError(ValueError):
    """Weights that are missing, of another shape or no numbers."""


class _NothingDrawn(torch.overrides.TorchFunctionMode):  # type: ignore[misc]
    """Where it is active, layers are made without the random numbers that they begin with.

    Drawing them takes longer than reading a checkpoint, and touches all their memory.
    """

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if getattr(func, "__module__", "") == torch.nn.init.__name__:
            return kwargs["tensor"] if kwargs and "tensor" in kwargs else args[0]
        return func(*args, **(kwargs or {}))


@dataclass(frozen=True, slots=True)
class Network:
    """whisper's modules with their weights; `head` turns rows of n_text_state into logits of the vocabulary."""

    model: Any
    head: Callable[[Any], Any]
    precision: str

    def encode(self, mel: Any) -> Any:
        """Log-mel (1 x n_mels x 2 n) of any length up to the whole window to features (1 x n x n_state)."""
        encoder = self.model.encoder
        # The encoder's own forward insists on 30 s; its positions are sinusoids, so a shorter window is a slice.
        x = torch.nn.functional.gelu(encoder.conv1(mel))
        x = torch.nn.functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = (x + encoder.positional_embedding[: x.shape[1]]).to(x.dtype)
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x)

    def logits(self, tokens: Sequence[int], features: Any, cache: Any, at: Sequence[int] = (-1,)) -> Any:
        """Logits (len(at) x n_vocab) after the tokens at these positions of those that are fed now."""
        decoder = self.model.decoder
        offset = next(iter(cache.values())).shape[1] if cache else 0
        x = decoder.token_embedding(torch.tensor([list(tokens)]))
        x = x + decoder.positional_embedding[offset : offset + len(tokens)]
        for block in decoder.blocks:
            x = block(x, features, mask=decoder.mask, kv_cache=cache)
        # The head costs more than all else of a token: only for what is asked.
        return self.head(decoder.ln(x[0, list(at)]))


def build(
    dims: Mapping[str, int],
    weights: Mapping[str, Any],
    precision: str = INT8,
    let_go: Callable[[], None] = lambda: None,
) -> Network:
    """The network of a checkpoint; `weights` may lie in a mapped file and are not needed afterwards. `let_go` is
    called where what was read of them so far may leave the memory.

    `INT8` becomes `FLOAT32` where this machine has no int8. Raises WeightsError.
    """
    # Only the two convolutions would use oneDNN, and torch's own are as fast. It keeps something of each length of
    # sound for good.
    torch.backends.mkldnn.enabled = False
    model = assembled(dims, weights)
    let_go()
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    if precision == INT8 and int8.works():
        return _in_int8(model, let_go)
    model.float()
    _own(model)
    embedding = model.decoder.token_embedding.weight
    return Network(model, lambda x: x @ embedding.T, FLOAT32)


def assembled(dims: Mapping[str, int], weights: Mapping[str, Any]) -> Any:
    """whisper's model with these very weights, none missing, of another shape or no number. Raises WeightsError."""
    with _NothingDrawn():
        model = Whisper(ModelDimensions(**dims)).eval()
    try:
        # Shapes and names are checked as whisper's own loading checks them; nothing is copied.
        model.load_state_dict(weights, assign=True)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise WeightsError("its weights do not fit") from error
    # Rounded to int8 they would be numbers again, and nobody would notice. Of infinity or no number the extremes are
    # that too, and they are found thirty times faster than by looking at each.
    if not all(torch.isfinite(torch.stack(torch.aminmax(weight))).all() for weight in weights.values()):
        raise WeightsError("some of its weights are no numbers")
    return model


def _in_int8(model: Any, let_go: Callable[[], None]) -> Network:
    # One matrix after the other, so that no more than one is in memory twice, and the largest while there is little.
    # The file is let go a block at a time: that asks the system, which takes a millisecond.
    decoder = model.decoder
    head = int8.Int8Linear(decoder.token_embedding.weight, None)
    decoder.token_embedding = int8.CompactEmbedding(decoder.token_embedding.weight)
    let_go()
    for block in (*model.encoder.blocks, *decoder.blocks):
        for parent in list(block.modules()):
            for name, child in list(parent.named_children()):
                if isinstance(child, torch.nn.Linear):
                    setattr(parent, name, int8.Int8Linear(child.weight, child.bias))
        let_go()
    model.float()
    _own(model)
    return Network(model, head, INT8)


def _own(model: Any) -> None:
    # What was in float32 before is still the checkpoint's own, perhaps in a file that may change or go.
    for parameter in model.parameters():
        parameter.data = parameter.data.clone()
    for buffer in model.buffers():
        buffer.data = buffer.data.clone()
