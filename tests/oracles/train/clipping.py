"""Clipping by value, and adaptively (Brock et al. 2021, equation 3), in float64. Writes clipping.json.

A unit is what leads to one output: all axes but the last; of a vector or scalar, all of it.
Run with NumPy: python tests/oracles/train/clipping.py
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(5)
SHAPES = [[3, 3, 2, 4], [6, 3], [2, 3, 4], [5], [], [4, 2]]


def norms(array):
    axes = None if array.ndim <= 1 else tuple(range(array.ndim - 1))
    return np.sqrt(np.sum(array**2, axis=axes, keepdims=True))


def adaptive(gradient, weight, factor):
    most = factor * np.maximum(norms(weight), 1e-3)
    size = norms(gradient)
    return np.where(size > most, gradient * most / np.maximum(size, 1e-6), gradient)


def flat(arrays):
    return [np.asarray(array, np.float64).ravel().tolist() for array in arrays]


weights = [np.float32(rng.normal(size=shape)).astype(np.float64) for shape in SHAPES]
weights[3] = np.zeros(5)
gradients = [np.float32(rng.normal(size=shape) * 10.0 ** rng.uniform(-4, 1, size=shape)).astype(np.float64) for shape in SHAPES]
gradients[5] = np.zeros((4, 2))
result = {
    "shapes": SHAPES,
    "weights": flat(weights),
    "gradients": flat(gradients),
    "cases": [
        {"kind": "clipValue", "most": most, "clipped": flat([np.clip(g, -most, most) for g in gradients])}
        for most in (0.01, 1.0, 100.0)
    ]
    + [
        {
            "kind": "clipAdaptive",
            "most": most,
            "clipped": flat([adaptive(g, w, most) for g, w in zip(gradients, weights)]),
        }
        for most in (0.01, 0.5, 1000.0)
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
