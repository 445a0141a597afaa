"""The value of a line nearest to a place, by NumPy's distances to every point. Writes nearest.json beside itself.

Of points at equal distance the one farther along the axis counts, and of points at one place the one logged last:
the last in the stable order of places. Outside a line's range there is none.
"""

import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(20260202)


def nearest(x, y, place):
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    if place < x.min() or place > x.max():
        return None
    distance = np.abs(x - place)
    return float(y[np.flatnonzero(distance == distance.min())[-1]])


lines = {
    "every step": np.arange(40),
    "each seventh": np.arange(3, 80, 7),
    "repeated": np.array([0, 0, 1, 5, 5, 5, 9, 20, 20]),
    "falling clock": np.array([10.0, 30.0, 20.0, 5.0, 60.0, 60.0, 59.5]),
    "random": np.sort(rng.integers(0, 500, 120)) / 4,
    "one": np.array([7]),
}
cases = []
for name, places in lines.items():
    x = places.astype(float)
    y = rng.standard_normal(len(x))
    asked = np.unique(np.concatenate([x, (x[:-1] + x[1:]) / 2, rng.uniform(x.min() - 3, x.max() + 3, 30)]))
    cases.append(
        {
            "name": name,
            "x": x.tolist(),
            "y": y.tolist(),
            "asked": asked.tolist(),
            "values": [nearest(x, y, place) for place in asked],
        }
    )

(Path(__file__).parent / "nearest.json").write_text(json.dumps(cases, indent=1) + "\n")
