"""Non-dominated points of two metrics by comparing all pairs, with NumPy. Writes pareto.json beside it."""
import json
import numpy as np

rng = np.random.default_rng(11)
cases = []
for n in [1, 2, 5, 30, 200]:
    for x_direction in ["minimize", "maximize"]:
        for y_direction in ["minimize", "maximize"]:
            # Rounded, so that ties and equal points occur.
            points = np.round(rng.normal(size=(n, 2)), 1)
            if n >= 5:
                points[3] = points[0]
            signs = np.array([1 if d == "minimize" else -1 for d in (x_direction, y_direction)])
            cost = points * signs
            no_worse = (cost[:, None, :] <= cost[None, :, :]).all(axis=2)
            better = (cost[:, None, :] < cost[None, :, :]).any(axis=2)
            dominated = (no_worse & better).any(axis=0)
            cases.append(
                {
                    "x": x_direction,
                    "y": y_direction,
                    "points": points.tolist(),
                    "front": np.flatnonzero(~dominated).tolist(),
                }
            )
with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump(cases, file)
