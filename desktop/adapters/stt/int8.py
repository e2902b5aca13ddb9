"""Weights of eight bits for torch, in the one place that knows how torch does it.

A token costs what is read for it, and most of that is the output matrix: in int8 it and the linear layers decode about
three times faster in a quarter of the memory. torch has announced the removal of the functions below (and of
`torch.ao.quantization`, which stands on the same kernels), and not every processor has kernels for them. So `works`
tries them on this machine, and whoever loads a model falls back to float32 where they don't.

Weights: symmetric, one scale for each output row. Activations: 7 bits, scaled for each call (FBGEMM's kernels for AVX2
add pairs of products in 16 bits, which 8 bits would overflow).
"""

from __future__ import annotations

import contextlib
import functools
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import torch

WORST_ERROR = 0.05
"""Relative error of a matrix product with random numbers that is still taken for one; a right one has about 0.017."""

log = logging.getLogger(__name__)


class Int8Linear(torch.nn.Module):  # type: ignore[misc]
    """x (float32, ... x n_in) to x W' + b, with W (n_out x n_in) kept in int8. No gradients."""

    def __init__(self, weight: Any, bias: Any | None) -> None:
        super().__init__()
        self._packed = _packed(weight.float(), None if bias is None else bias.float())

    def forward(self, x: Any) -> Any:
        """The product, float32."""
        return torch.ops.quantized.linear_dynamic(x, self._packed, True)


class CompactEmbedding(torch.nn.Module):  # type: ignore[misc]
    """Rows of an embedding in the precision in which the file has them, float32 where they are used."""

    def __init__(self, weight: Any) -> None:
        super().__init__()
        self._rows = weight.detach().clone()

    def forward(self, tokens: Any) -> Any:
        """Tokens (...) to rows (... x n_state), float32."""
        return torch.nn.functional.embedding(tokens, self._rows).float()


def _packed(weight: Any, bias: Any | None) -> Any:
    with _silenced():
        most = torch.maximum(weight.amax(dim=1), -weight.amin(dim=1))
        scales = most.clamp_min(1e-8).double() / 127
        zeros = torch.zeros(len(scales), dtype=torch.int64)
        whole = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
        return torch.ops.quantized.linear_prepack(whole, bias)


@contextlib.contextmanager
def _silenced() -> Iterator[None]:
    with warnings.catch_warnings():
        # That they will be removed is why this module exists.
        warnings.filterwarnings("ignore", category=UserWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        yield


@functools.cache
def works() -> bool:
    """Whether this torch on this machine multiplies in int8, and rightly."""
    chance = torch.Generator().manual_seed(1)
    weight, x = torch.randn(64, 128, generator=chance), torch.randn(3, 128, generator=chance)
    try:
        found, exact = Int8Linear(weight, None)(x), x @ weight.T
    except (AttributeError, RuntimeError, NotImplementedError) as error:
        log.warning("torch has no int8 here (%s); speech is decoded in float32", type(error).__name__)
        return False
    off = float((found - exact).norm() / exact.norm())
    if not off < WORST_ERROR:
        log.warning("torch's int8 is wrong here (error %.3f); speech is decoded in float32", off)
        return False
    return True
