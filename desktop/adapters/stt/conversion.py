"""A checkpoint in openai-whisper's format as a CTranslate2 model with int8 weights. Needs torch."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import WhisperSpec
from numpy.typing import NDArray

from desktop.adapters.stt.models import check_content, refusals
from desktop.adapters.stt.network import WeightsError, assembled
from desktop.adapters.stt.whisper_tokenizer import tokenizer_of

# The large matrices in int8, all else in float32.
WEIGHTS = "int8_float32"
# Weights that share or repeat their storage would be more than the file holds.
ROOM = 1.1

Tensors = Mapping[str, Any]


def convert(path: Path, language: str, folder: Path) -> dict[str, int]:
    """Write model.bin, config.json and vocabulary.json of the checkpoint at `path` into `folder`.

    Returns its dimensions. Raises ModelError for a checkpoint that can't be used, OSError where nothing can be written.
    """
    dims, stored = check_content(path, language)
    with refusals(path):
        weights = assembled(dims, stored).state_dict()
        check_size(weights, path)
        spec = _spec(dims, weights)
        _register_vocabulary(spec, dims, tokenizer_of(dims["n_vocab"], language))
        spec.validate()
        spec.optimize(quantization=WEIGHTS)
    spec.save(str(folder))
    return dims


def check_size(weights: Tensors, path: Path) -> None:
    """Raise WeightsError where `weights` are more, or of other kinds, than a file of this size can hold."""
    if not all(tensor.is_floating_point() and tensor.layout is torch.strided for tensor in weights.values()):
        raise WeightsError("its weights are not of the usual kinds")
    if (
        sum(tensor.numel() * tensor.element_size() for tensor in weights.values())
        > ROOM * path.stat().st_size
    ):
        raise WeightsError("its weights are more than it holds")


def _spec(dims: Mapping[str, int], weights: Tensors) -> WhisperSpec:
    fill = _Filler(weights)
    spec = WhisperSpec(dims["n_audio_layer"], dims["n_audio_head"], dims["n_text_layer"], dims["n_text_head"])
    encoder, decoder = spec.encoder, spec.decoder
    fill.linear(encoder.conv1, "encoder.conv1")
    fill.linear(encoder.conv2, "encoder.conv2")
    encoder.position_encodings.encodings = fill.array("encoder.positional_embedding")
    fill.norm(encoder.layer_norm, "encoder.ln_post")
    for number, layer in enumerate(encoder.layer):
        fill.block(layer, f"encoder.blocks.{number}")
    embedding = fill.array("decoder.token_embedding.weight")
    decoder.embeddings.weight = decoder.projection.weight = embedding
    decoder.position_encodings.encodings = fill.array("decoder.positional_embedding")
    fill.norm(decoder.layer_norm, "decoder.ln")
    for number, layer in enumerate(decoder.layer):
        fill.block(layer, f"decoder.blocks.{number}")
        fill.cross(layer, f"decoder.blocks.{number}")
    return spec


class _Filler:
    """Copies weights, as arrays, into the parts of a specification."""

    def __init__(self, weights: Tensors) -> None:
        self._weights = weights

    def array(self, name: str) -> NDArray[Any]:
        """The weight of this name as it is kept, half precision included."""
        tensor = self._weights[name].detach()
        # numpy has no bfloat16.
        return np.array((tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy())

    def linear(self, part: Any, *names: str) -> None:
        """One layer from one or, stacked, several; whisper's keys have no bias, which is zero."""
        weights = [self.array(f"{name}.weight") for name in names]
        biases = [
            self.array(f"{name}.bias")
            if f"{name}.bias" in self._weights
            else np.zeros(len(weight), weight.dtype)
            for name, weight in zip(names, weights, strict=True)
        ]
        part.weight, part.bias = np.concatenate(weights), np.concatenate(biases)

    def norm(self, part: Any, name: str) -> None:
        """A layer normalisation."""
        part.gamma, part.beta = self.array(f"{name}.weight"), self.array(f"{name}.bias")

    def block(self, layer: Any, name: str) -> None:
        """Attention to itself and the two layers behind it."""
        self.norm(layer.self_attention.layer_norm, f"{name}.attn_ln")
        self.linear(
            layer.self_attention.linear[0], *(f"{name}.attn.{each}" for each in ("query", "key", "value"))
        )
        self.linear(layer.self_attention.linear[1], f"{name}.attn.out")
        self.norm(layer.ffn.layer_norm, f"{name}.mlp_ln")
        self.linear(layer.ffn.linear_0, f"{name}.mlp.0")
        self.linear(layer.ffn.linear_1, f"{name}.mlp.2")

    def cross(self, layer: Any, name: str) -> None:
        """The decoder's attention to the sound."""
        self.norm(layer.attention.layer_norm, f"{name}.cross_attn_ln")
        self.linear(layer.attention.linear[0], f"{name}.cross_attn.query")
        self.linear(layer.attention.linear[1], *(f"{name}.cross_attn.{each}" for each in ("key", "value")))
        self.linear(layer.attention.linear[2], f"{name}.cross_attn.out")


def _register_vocabulary(spec: WhisperSpec, dims: Mapping[str, int], tokenizer: Any) -> None:
    spec.register_vocabulary(_tokens(tokenizer.encoding, dims["n_vocab"]))
    spec.config.suppress_ids = list(tokenizer.non_speech_tokens)
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    # For the times of words, which nobody asks for; CTranslate2 wants some named.
    layers, heads = dims["n_text_layer"], dims["n_text_head"]
    spec.config.alignment_heads = [
        list(pair) for pair in itertools.product(range(layers // 2, layers), range(heads))
    ]


def _tokens(encoding: Any, n_vocab: int) -> list[str]:
    """The vocabulary as GPT-2 writes it, in order: bytes as printable characters, marks by their names."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = (byte for byte in range(0x100) if byte not in printable)
    letters = {byte: chr(byte) for byte in printable} | {
        byte: chr(0x100 + n) for n, byte in enumerate(hidden)
    }
    marks = {number: name for name, number in encoding._special_tokens.items()}
    # CTranslate2 looks for this mark under its older name.
    marks[encoding._special_tokens["<|nospeech|>"]] = "<|nocaptions|>"
    return [
        marks.get(number) or "".join(letters[byte] for byte in encoding.decode_single_token_bytes(number))
        for number in range(n_vocab)
    ]
