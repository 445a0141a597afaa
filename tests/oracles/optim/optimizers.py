"""PyTorch's optimisers over 100 steps on the weights of fixture.py, in float32.

Writes optimizers.json: the weights, and for each case their values after steps 1, 2, 10 and 100.
Run with PyTorch 2.13: python tests/oracles/optim/optimizers.py
"""
import json
import pathlib

import torch
from torch.optim.swa_utils import get_ema_multi_avg_fn

from fixture import KEPT, STEPS, WEIGHTS, gradient, rate

o = torch.optim
CASES = {
    "sgd": (o.SGD, {"lr": 0.01}),
    "sgd momentum": (o.SGD, {"lr": 0.01, "momentum": 0.9}),
    "sgd nesterov": (o.SGD, {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
    "sgd decay": (o.SGD, {"lr": 0.01, "momentum": 0.9, "weight_decay": 0.1}),
    "adam": (o.Adam, {"lr": 0.05}),
    "adam epsilon": (o.Adam, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-2}),
    "adamw": (o.AdamW, {"lr": 0.05, "weight_decay": 0.1}),
    "nadam": (o.NAdam, {"lr": 0.02}),
    "nadam decay": (o.NAdam, {"lr": 0.02, "weight_decay": 0.1, "momentum_decay": 0.01, "betas": (0.8, 0.95)}),
    "nadam decoupled": (o.NAdam, {"lr": 0.02, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    "radam": (o.RAdam, {"lr": 0.02}),
    "radam decay": (o.RAdam, {"lr": 0.02, "weight_decay": 0.1, "betas": (0.8, 0.95), "eps": 1e-4}),
    "radam decoupled": (o.RAdam, {"lr": 0.02, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    "adamax": (o.Adamax, {"lr": 0.02}),
    "adamax decay": (o.Adamax, {"lr": 0.02, "weight_decay": 0.1, "betas": (0.8, 0.95), "eps": 1e-3}),
    "rmsprop": (o.RMSprop, {"lr": 0.01}),
    "rmsprop momentum": (o.RMSprop, {"lr": 0.01, "momentum": 0.9, "alpha": 0.9, "weight_decay": 0.1}),
    "rmsprop centered": (o.RMSprop, {"lr": 0.01, "centered": True, "momentum": 0.5, "eps": 1e-3}),
    "adagrad": (o.Adagrad, {"lr": 0.1}),
    "adagrad decay": (o.Adagrad, {"lr": 0.1, "lr_decay": 0.05, "weight_decay": 0.1, "initial_accumulator_value": 0.2}),
    "adadelta": (o.Adadelta, {"lr": 1.0}),
    "adadelta decay": (o.Adadelta, {"lr": 0.5, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.1}),
    "adafactor": (o.Adafactor, {"lr": 0.05}),
    "adafactor decay": (
        o.Adafactor,
        {"lr": 0.05, "beta2_decay": -0.6, "eps": (1e-4, 0.01), "d": 1.5, "weight_decay": 0.1},
    ),
}
FREE_OF_DECAY = {"dense/bias"}


def weights():
    return {
        name: (torch.nn.Parameter(torch.tensor(of["start"])), torch.tensor(of["scale"])) for name, of in WEIGHTS.items()
    }


def set_gradients(made, step):
    for parameter, scale in made.values():
        parameter.grad = gradient(scale, parameter.detach(), step)


def trajectory(make, options, masked=False, radius=None, adaptive=False, average=None, cycle=None):
    made = weights()
    groups = [
        {"params": [parameter], **({"weight_decay": 0.0} if masked and name in FREE_OF_DECAY else {})}
        for name, (parameter, _) in made.items()
    ]
    optimizer = make(groups, **options)
    scheduler = None if cycle is None else torch.optim.lr_scheduler.OneCycleLR(optimizer, cycle, total_steps=STEPS)
    parameters = [parameter for parameter, _ in made.values()]
    averages = None
    kept = {}
    for step in range(1, STEPS + 1):
        set_gradients(made, step)
        if radius is not None:
            sharpen(made, step, radius, adaptive)
        if scheduler is None:
            for group in optimizer.param_groups:
                group["lr"] = rate(options["lr"], step)
        optimizer.step()
        if scheduler is not None and step < STEPS:
            scheduler.step()
        values = [parameter.detach() for parameter in parameters]
        if average is not None:
            # As AveragedModel: the first is a copy.
            if averages is None:
                averages = [value.clone() for value in values]
            else:
                get_ema_multi_avg_fn(average)(averages, values, torch.tensor(step))
            values = averages
        if step in KEPT:
            kept[step] = {name: value.double().tolist() for name, value in zip(made, values)}
    return kept


def sharpen(made, step, rho, adaptive):
    """The two passes of SAM (Foret et al. 2021) and ASAM (Kwon et al. 2021)."""
    before = [parameter.detach().clone() for parameter, _ in made.values()]
    norm = torch.stack(
        [((p.detach().abs() if adaptive else 1.0) * p.grad).norm(p=2) for p, _ in made.values()]
    ).norm(p=2)
    with torch.no_grad():
        for p, _ in made.values():
            p.add_((p.detach() ** 2 if adaptive else 1.0) * p.grad * (rho / (norm + 1e-12)))
    set_gradients(made, step)
    with torch.no_grad():
        for (p, _), value in zip(made.values(), before):
            p.copy_(value)


momentum = {"lr": 0.01, "momentum": 0.9}
result = {
    "torch": torch.__version__,
    "weights": WEIGHTS,
    "cases": {
        **{name: trajectory(make, options) for name, (make, options) in CASES.items()},
        "sgd decay of kernels": trajectory(o.SGD, {**momentum, "weight_decay": 0.1}, masked=True),
        "adamw decay of kernels": trajectory(o.AdamW, {"lr": 0.05, "weight_decay": 0.1}, masked=True),
        "nadam decay of kernels": trajectory(o.NAdam, {"lr": 0.02, "weight_decay": 0.1}, masked=True),
        "sam": trajectory(o.SGD, {"lr": 0.002, "momentum": 0.9}, radius=0.01),
        "sam adaptive": trajectory(o.Adam, {"lr": 0.05}, radius=0.5, adaptive=True),
        "sgd one cycle": trajectory(o.SGD, momentum, cycle=0.01),
        "adamw one cycle": trajectory(o.AdamW, {"lr": 0.05, "weight_decay": 0.1}, cycle=0.05),
        "radam one cycle": trajectory(o.RAdam, {"lr": 0.05}, cycle=0.05),
        "ema": trajectory(o.Adam, {"lr": 0.05}, average=0.9),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
