"""Clipping by the global norm in float64, of gradients as float32 holds them. Writes clipByGlobalNorm.json.

Run with NumPy: python tests/oracles/train/clipByGlobalNorm.py
"""
import json
import pathlib

import numpy as np

CASES = {
    "below the norm": (1.0, [[0.5], [-0.25, 0.125]]),
    "above the norm": (1.0, [[3.0, 0.0], [4.0]]),
    "1e20, whose square float32 cannot hold": (1.0, [[1e20, -2e20], [3.0, 1e19]]),
    "the largest that float32 holds": (0.5, [[3.4e38, 3.4e38], [3.4e38, -1.0]]),
    "large, but allowed": (1e25, [[1e20, -2e20], [3e18]]),
    "all zero": (1.0, [[0.0, 0.0], [0.0]]),
    "tiny": (1e-3, [[1e-30, 1e-25], [0.0]]),
}


def clipped(max_norm, gradients):
    arrays = [np.array(values, np.float32).astype(np.float64) for values in gradients]
    norm = np.sqrt(sum(np.sum(array**2) for array in arrays))
    return [(array * (max_norm / max(norm, max_norm))).tolist() for array in arrays]


result = [
    {"name": name, "maxNorm": max_norm, "gradients": gradients, "clipped": clipped(max_norm, gradients)}
    for name, (max_norm, gradients) in CASES.items()
]
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps(result, indent=1) + "\n")
