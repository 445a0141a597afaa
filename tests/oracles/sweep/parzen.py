"""Optuna 5's Parzen estimators on fixed observations: weights, widths, log densities. Writes parzen.json beside it."""
import json
import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_gamma, default_weights

PARAMETERS = _ParzenEstimatorParameters(
    prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights, multivariate=True
)
SPACE = {
    "lr": FloatDistribution(1e-5, 1.0, log=True),
    "drop": FloatDistribution(0.0, 0.9),
    "momentum": FloatDistribution(0.0, 1.0, step=0.005),
    "units": IntDistribution(16, 512, log=True),
    "layers": IntDistribution(1, 401, step=2),
    "activation": CategoricalDistribution(["relu", "tanh", "swish"]),
}


def observations(rng, n):
    """No two values of a parameter are equal: of equal ones it is chance in Optuna which gets which width."""
    return {
        "lr": np.exp(rng.uniform(np.log(1e-5), 0, n)),
        "drop": rng.uniform(0, 0.9, n),
        "momentum": np.round(rng.permutation(201)[:n] * 0.005, 10),
        "units": 16.0 + rng.permutation(497)[:n],
        "layers": 1.0 + 2 * rng.permutation(201)[:n],
        "activation": rng.integers(0, 3, n).astype(float),
    }


def external(columns):
    n = len(columns["lr"])
    return [{name: SPACE[name].to_external_repr(float(columns[name][i])) for name in SPACE} for i in range(n)]


rng = np.random.default_rng(11)
cases = []
for n in [0, 1, 2, 5, 30, 120]:
    seen = observations(rng, n)
    estimator = _ParzenEstimator(seen, SPACE, PARAMETERS)
    mixture = estimator._mixture_distribution
    points = observations(rng, 6)
    numeric = {
        name: {"mu": d.mu.tolist(), "sigma": d.sigma.tolist()}
        for name, d in zip(SPACE, mixture.distributions)
        if hasattr(d, "mu")
    }
    cases.append(
        {
            "observations": external(seen),
            "weights": mixture.weights.tolist(),
            "kernels": numeric,
            "points": external(points),
            "logPdf": estimator.log_pdf(points).tolist(),
        }
    )

with open(__file__.replace(".py", ".json"), "w") as file:
    json.dump(
        {
            "optuna": optuna.__version__,
            "gamma": [[n, default_gamma(n)] for n in [1, 10, 11, 25, 99, 249, 251, 1000]],
            "cases": cases,
        },
        file,
    )
