"""PyTorch's learning-rate schedulers over 40 ticks, as rates for a base rate of 1, and momenta where they are cycled.

Writes schedules.json. Run with PyTorch 2.13: python tests/oracles/optim/schedules.py
"""
import json
import math
import pathlib

import torch
from torch.optim import lr_scheduler as s

TICKS = 40


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)


def rates(make, key="lr"):
    made = optimizer()
    scheduler = make(made)
    values = []
    for tick in range(TICKS):
        values.append(made.param_groups[0][key])
        made.step()
        if tick < TICKS - 1:
            scheduler.step()
    return values


def plateau(metrics, **options):
    made = optimizer()
    scheduler = s.ReduceLROnPlateau(made, **options)
    values = []
    for metric in metrics:
        values.append(made.param_groups[0]["lr"])
        made.step()
        scheduler.step(metric)
    return values


def warm_up(o):
    return s.SequentialLR(o, [
        s.LinearLR(o, start_factor=0.1, total_iters=5),
        s.CosineAnnealingLR(o, T_max=35),
    ], milestones=[5])


def joined(o):
    return s.SequentialLR(o, [
        s.StepLR(o, step_size=3, gamma=0.5),
        s.PolynomialLR(o, total_iters=15, power=2),
        s.CosineAnnealingWarmRestarts(o, T_0=4, T_mult=2, eta_min=0.1),
    ], milestones=[8, 20])


def cyclic(o, **options):
    return s.CyclicLR(o, base_lr=0.1, max_lr=0.7, base_momentum=0.8, max_momentum=0.9, **options)


def one_cycle(o, **options):
    return s.OneCycleLR(o, max_lr=0.5, total_steps=TICKS, **options)


CYCLES = {
    "triangular": {"step_size_up": 6},
    "triangular2": {"step_size_up": 5, "step_size_down": 3, "mode": "triangular2"},
    "exp_range": {"step_size_up": 4, "step_size_down": 7, "mode": "exp_range", "gamma": 0.95},
}
ONE_CYCLES = {
    "oneCycle": {},
    "oneCycle linear": {"anneal_strategy": "linear", "pct_start": 0.25, "div_factor": 10, "final_div_factor": 100},
    "oneCycle threePhase": {"three_phase": True, "pct_start": 0.4},
}
# Falls, then stands, then jumps about; the same for a loss and, mirrored, for an accuracy.
LOSSES = [math.exp(-tick / 5) + 0.3 + 0.02 * math.sin(7 * tick) * (tick > 12) for tick in range(TICKS)]

result = {
    "torch": torch.__version__,
    "losses": LOSSES,
    "rates": {
        "step": rates(lambda o: s.StepLR(o, step_size=7, gamma=0.3)),
        "multiStep": rates(lambda o: s.MultiStepLR(o, milestones=[3, 11, 30], gamma=0.3)),
        "exponential": rates(lambda o: s.ExponentialLR(o, gamma=0.9)),
        "polynomial": rates(lambda o: s.PolynomialLR(o, total_iters=30, power=1.5)),
        "linear": rates(lambda o: s.PolynomialLR(o, total_iters=25)),
        "cosine": rates(lambda o: s.CosineAnnealingLR(o, T_max=39, eta_min=0.05)),
        "cosineRestarts": rates(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=9, eta_min=0.05)),
        "cosineRestarts growing": rates(lambda o: s.CosineAnnealingWarmRestarts(o, T_0=5, T_mult=2)),
        "warmUp": rates(warm_up),
        "joined": rates(joined),
        # No scheduler of PyTorch's own: Vaswani et al. 2017, equation 3, over its peak.
        "inverseSqrt": [min(tick / 12, (12 / tick) ** 0.5) if tick else 0.0 for tick in range(TICKS)],
        **{name: rates(lambda o: cyclic(o, **options)) for name, options in CYCLES.items()},
        **{name: rates(lambda o: one_cycle(o, **options)) for name, options in ONE_CYCLES.items()},
        "plateau": plateau(LOSSES, factor=0.5, patience=2),
        "plateau absolute": plateau(
            LOSSES, factor=0.2, patience=1, threshold=0.01, threshold_mode="abs", cooldown=3, min_lr=0.01
        ),
        "plateau max": plateau([-loss for loss in LOSSES], mode="max", factor=0.5, patience=3, threshold=0.001),
    },
    "momenta": {
        **{name: rates(lambda o: cyclic(o, **options), "momentum") for name, options in CYCLES.items()},
        **{name: rates(lambda o: one_cycle(o, **options), "momentum") for name, options in ONE_CYCLES.items()},
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
