"""The cut-off of Ray Tune's AsyncHyperBandScheduler, _Bracket.cutoff: numpy's nanpercentile. Writes asha.json beside it."""
import json
import numpy as np

rng = np.random.default_rng(3)
cases = []
for n in [1, 2, 3, 5, 8, 20]:
    for eta in [2, 3, 4]:
        recorded = rng.normal(size=n)
        if n > 3:
            recorded[1] = np.nan
        cases.append(
            {
                "recorded": [None if np.isnan(v) else v for v in recorded],
                "eta": eta,
                "cutoff": float(np.nanpercentile(recorded, (1 - 1 / eta) * 100)),
            }
        )
with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump(cases, file)
