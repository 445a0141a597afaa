"""Products whose operands and result are rounded to bfloat16, and to float16: the expected values of
narrowProducts.test.ts.

Run with Python 3.11, numpy: python tests/oracles/native/narrow_products.py
Writes narrow_products.json beside itself. Operands come from `values`, which the test computes alike; the sums
between are exact (float64). Of each product every STEP-th value is kept.
"""
import json
from pathlib import Path

import numpy as np

STEP = 97


def values(shape, seed):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    return (((i * 7919 + seed * 104729) % 1009 - 504).astype(np.float32) / np.float32(503)).reshape(shape)


def bfloat16(x):
    """To the nearest, to even: the upper half of a float32."""
    bits = np.asarray(x, np.float32).view(np.uint32)
    rounded = (bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) & np.uint32(0xFFFF0000)
    return rounded.view(np.float32).astype(np.float64)


def float16(x):
    return np.asarray(x, np.float16).astype(np.float64)


def windows(x, size):
    """[n, h, w, c] → [n, h, w, size, size, c], with zeros around: padding `same`, stride 1."""
    n, h, w, c = x.shape
    around = size // 2
    padded = np.pad(x, ((0, 0), (around, around), (around, around), (0, 0)))
    return np.stack([np.stack([padded[:, i:i + h, j:j + w] for j in range(size)], 3) for i in range(size)], 3)


def convolution(x, w):
    return np.einsum("nhwijc,ijco->nhwo", windows(x, w.shape[0]), w)


def input_gradient(w, dy):
    """Of such a convolution: that of dy with the filter turned round, its channels swapped."""
    return convolution(dy, np.swapaxes(w[::-1, ::-1], 2, 3))


def filter_gradient(x, dy):
    return np.einsum("nhwijc,nhwo->ijco", windows(x, 3), dy)


cases = {
    "plain": (lambda a, b: a @ b, [96, 128], [128, 112]),
    "transposedA": (lambda a, b: a.T @ b, [128, 96], [128, 112]),
    "transposedB": (lambda a, b: a @ b.T, [96, 128], [112, 128]),
    "batched": (lambda a, b: a @ np.swapaxes(b, -1, -2), [3, 128, 96], [3, 112, 96]),
    "convolution": (convolution, [4, 9, 9, 32], [3, 3, 32, 48]),
    "inputGradient": (input_gradient, [3, 3, 32, 48], [4, 9, 9, 48]),
    "filterGradient": (filter_gradient, [4, 9, 9, 32], [4, 9, 9, 48]),
}
fixture = {"made": f"numpy {np.__version__}", "step": STEP, "cases": {}}
for name, (product, a, b) in cases.items():
    fixture["cases"][name] = {"a": a, "b": b, "kept": {}}
    for rounded in (bfloat16, float16):
        result = product(rounded(values(a, 1)), rounded(values(b, 2)))
        fixture["cases"][name]["shape"] = list(result.shape)
        fixture["cases"][name]["kept"][rounded.__name__] = rounded(result).ravel()[::STEP].tolist()
Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
