"""PyTorch's learning-rate schedulers as factors over 40 epochs. Writes schedules.json.

Run with PyTorch 2.13: python tests/oracles/optim/schedules.py
"""
import json
import pathlib

import torch
from torch.optim import lr_scheduler as s


def factors(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimizer)
    values = []
    for _ in range(40):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return values


def warm_up(optimizer):
    return s.SequentialLR(optimizer, [
        s.LinearLR(optimizer, start_factor=0.1, total_iters=5),
        s.CosineAnnealingLR(optimizer, T_max=35),
    ], milestones=[5])


result = {
    "torch": torch.__version__,
    "step": factors(lambda o: s.StepLR(o, step_size=7, gamma=0.3)),
    "exponential": factors(lambda o: s.ExponentialLR(o, gamma=0.9)),
    "cosine": factors(lambda o: s.CosineAnnealingLR(o, T_max=39, eta_min=0.05)),
    "warmUp": factors(warm_up),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
