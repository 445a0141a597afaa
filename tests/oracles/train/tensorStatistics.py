"""NumPy's statistics and histograms of awkward tensors. Writes tensorStatistics.json.

Run with NumPy 2: python tests/oracles/train/tensorStatistics.py
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(5)
normal = rng.normal(0, 0.02, 500).astype(np.float32)
CASES = {
    "normal": normal,
    "relu": np.maximum(normal, 0),
    "vanishing": (normal * np.float32(1e-30)).astype(np.float32),
    "exploding": (normal * np.float32(1e36)).astype(np.float32),
    "constant": np.full(50, 0.25, np.float32),
    "zeros": np.zeros(64, np.float32),
    "edges": (np.arange(31, dtype=np.float32) - 10),
    "not finite": np.array([1, -2, np.nan, np.inf, -np.inf, 0, 4, 0.5], np.float32),
    "nothing finite": np.array([np.nan, np.inf], np.float32),
    "one": np.array([-3], np.float32),
}


def histogram(values):
    if values.size == 0:
        return None
    counts, edges = np.histogram(values, bins=30)
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def statistics(tensor):
    finite = tensor[np.isfinite(tensor)].astype(np.float64)
    return {
        "values": [None if np.isnan(v) else ("Infinity" if v > 0 else "-Infinity") if np.isinf(v) else float(v) for v in tensor],
        "count": tensor.size,
        "meanAbs": float(np.abs(finite).mean()) if finite.size else 0,
        "l2": float(np.sqrt(np.square(finite).sum())),
        "max": float(np.abs(finite).max()) if finite.size else 0,
        "zeroFraction": float((tensor == 0).mean()),
        "nonFinite": int((~np.isfinite(tensor)).sum()),
        "histogram": histogram(finite),
        "log10Histogram": histogram(np.log10(np.abs(finite[finite != 0]))),
    }


result = {"numpy": np.__version__, "cases": {name: statistics(tensor) for name, tensor in CASES.items()}}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
