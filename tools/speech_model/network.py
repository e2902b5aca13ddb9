"""The network: openai-whisper's own classes at a small size, and how it is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from whisper.model import AudioEncoder, ModelDimensions, TextDecoder, Whisper

VOCABULARY = 51865


def fresh(width: int, encoder_layers: int, decoder_layers: int, heads: int) -> Whisper:
    """Return an untrained network of Whisper's multilingual shape."""
    dims = ModelDimensions(
        80, 1500, width, heads, encoder_layers, VOCABULARY, 448, width, heads, decoder_layers
    )
    model = Whisper(dims)
    with torch.no_grad():
        model.decoder.positional_embedding.normal_(0, 0.02)
        model.decoder.token_embedding.weight.normal_(0, 0.02)
    return model


def hear(encoder: AudioEncoder, mel: torch.Tensor) -> torch.Tensor:
    """Return the encoder's output for a window of any length up to 30 s."""
    x = F.gelu(encoder.conv1(mel))
    x = F.gelu(encoder.conv2(x)).permute(0, 2, 1)
    x = x + encoder.positional_embedding[: x.shape[1]]
    for block in encoder.blocks:
        x = block(x)
    out: torch.Tensor = encoder.ln_post(x)
    return out


def say(decoder: TextDecoder, embedded: torch.Tensor, heard: torch.Tensor) -> torch.Tensor:
    """Return the decoder's state at each embedded token, before the output projection."""
    x = embedded + decoder.positional_embedding[: embedded.shape[1]]
    for block in decoder.blocks:
        x = block(x, heard, mask=decoder.mask)
    out: torch.Tensor = decoder.ln(x)
    return out


def store(model: Whisper, path: Path) -> None:
    """Write an fp16 checkpoint that `whisper.load_model` reads."""
    state: dict[str, Any] = {name: value.half() for name, value in model.state_dict().items()}
    torch.save({"dims": vars(model.dims), "model_state_dict": state}, path)
