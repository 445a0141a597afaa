"""Expected values for the board's numbers, by NumPy alone. Writes board.json beside itself.

smoothing: TensorBoard's debiased average as its closed form, sum(w^(n-i) y_i) / sum(w^(n-i)) over finite points,
with exact summation, not the recurrence that the board uses.
percentiles: numpy.interp on the cumulative counts, and numpy.percentile on the values themselves.
rebin: differences of the interpolated cumulative counts at the shared edges.
"""

import json
import math
from pathlib import Path

import numpy as np

rng = np.random.default_rng(20260101)
BASIS_POINTS = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000]


def smooth(values, weight):
    if all(v == values[0] for v in values):
        return list(values)
    out, seen = [], []
    for value in values:
        if not math.isfinite(value):
            out.append(value)
            continue
        seen.append(value)
        n = len(seen)
        terms = [weight ** (n - 1 - i) for i in range(n)]
        out.append(math.fsum(t * v for t, v in zip(terms, seen)) / math.fsum(terms))
    return out


def smoothing_cases():
    noisy = (2.3 * np.exp(-np.arange(200) / 40) + 0.1 * rng.standard_normal(200)).tolist()
    broken = list(noisy[:30])
    broken[0], broken[7], broken[8] = math.nan, math.inf, math.nan
    cases = []
    for name, values in [("noisy", noisy), ("broken", broken), ("constant", [0.5] * 9), ("one", [3.0])]:
        for weight in [0.0, 0.3, 0.6, 0.97, 0.999]:
            cases.append({"name": name, "weight": weight, "values": values, "smoothed": smooth(values, weight)})
    return cases


def histogram_cases():
    samples = {
        "normal": rng.standard_normal(20_000) * 0.05,
        "skewed": np.exp(rng.standard_normal(20_000)),
        "two peaks": np.concatenate([rng.standard_normal(9000) - 6, rng.standard_normal(3000) + 6]),
    }
    cases = []
    for name, values in samples.items():
        counts, edges = np.histogram(values, bins=200)
        cumulative = np.concatenate([[0], np.cumsum(counts)])
        by_counts = np.interp(np.array(BASIS_POINTS) / 1e4 * cumulative[-1], cumulative, edges)
        low, high = edges[0] - 0.3, edges[-1] * 0.7
        shared = np.interp(np.linspace(low, high, 31), edges, cumulative)
        cases.append(
            {
                "name": name,
                "edges": edges.tolist(),
                "counts": counts.tolist(),
                "percentiles": by_counts.tolist(),
                "ofValues": np.percentile(values, np.array(BASIS_POINTS) / 100).tolist(),
                "binWidth": float(edges[1] - edges[0]),
                "range": [low, high],
                "rebinned": np.diff(shared).tolist(),
            }
        )
    return cases


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


result = plain({"numpy": np.__version__, "smoothing": smoothing_cases(), "histograms": histogram_cases()})
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
