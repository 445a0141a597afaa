"""Optax's optimisers over 100 steps on the weights of fixture.py, in float64, for those that PyTorch has not.

Writes optaxOptimizers.json: for each case the weights' values after steps 1, 2, 10 and 100.
Run with optax 0.2.8 and jax 0.10.2: python tests/oracles/optim/optaxOptimizers.py
"""
import json
import pathlib

import jax
import jax.numpy as jnp
import optax

from fixture import KEPT, STEPS, WEIGHTS, gradient, rate

# In float32 optax's bias corrections lose five digits: 1 - 0.999.
jax.config.update("jax_enable_x64", True)

KERNELS = {"dense/kernel": True, "dense/bias": False}


def scheduled(learning_rate):
    # Optax counts from 0.
    return lambda count: jnp.where(count < 50, rate(learning_rate, 1), rate(learning_rate, 51))


def trajectory(make, learning_rate, options):
    return steps(make(scheduled(learning_rate), **options))


def steps(optimizer, lookahead=False):
    parameters = {name: jnp.array(of["start"], jnp.float64) for name, of in WEIGHTS.items()}
    scale = {name: jnp.array(of["scale"], jnp.float64) for name, of in WEIGHTS.items()}
    if lookahead:
        parameters = optax.LookaheadParams.init_synced(parameters)
    state = optimizer.init(parameters)
    kept = {}
    for step in range(1, STEPS + 1):
        fast = parameters.fast if lookahead else parameters
        gradients = {name: gradient(scale[name], fast[name], step) for name in fast}
        updates, state = optimizer.update(gradients, state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        if step in KEPT:
            kept[step] = {name: value.tolist() for name, value in (parameters.fast if lookahead else parameters).items()}
    return kept


result = {
    "optax": optax.__version__,
    "jax": jax.__version__,
    "cases": {
        "lamb": trajectory(optax.lamb, 0.02, {}),
        "lamb decay": trajectory(
            optax.lamb, 0.02, {"weight_decay": 0.1, "mask": KERNELS, "b1": 0.8, "b2": 0.95, "eps": 1e-4}
        ),
        "lars": trajectory(optax.lars, 0.5, {"trust_coefficient": 0.02}),
        "lars decay": trajectory(
            optax.lars,
            0.01,
            {
                "weight_decay": 0.1,
                "weight_decay_mask": KERNELS,
                "trust_ratio_mask": KERNELS,
                "trust_coefficient": 0.5,
                "momentum": 0.8,
                "nesterov": True,
            },
        ),
        "lion": trajectory(optax.lion, 0.003, {"weight_decay": 0.0}),
        "lion decay": trajectory(optax.lion, 0.003, {"weight_decay": 0.1, "b1": 0.8, "b2": 0.95}),
        "lookahead": steps(optax.lookahead(optax.adam(scheduled(0.05)), 5, 0.5), lookahead=True),
        "lookahead slow": steps(
            optax.lookahead(optax.sgd(scheduled(0.01), momentum=0.9), 7, 0.3), lookahead=True
        ),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
