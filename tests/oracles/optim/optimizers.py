"""PyTorch's optimisers over 100 steps, in float32, on a weighted quadratic whose gradients are given in closed form.

Writes optimizers.json: for each case its options, and the parameter after steps 1, 2, 10 and 100.
Run with PyTorch 2.13: python tests/oracles/optim/optimizers.py
"""
import json
import pathlib

import torch

START = [1.0, -2.0, 0.5, 3.0, -0.01, 0.0]
SCALE = [1.0, 0.1, 10.0, 0.5, 100.0, 1e-4]
KEPT = (1, 2, 10, 100)

CASES = {
    "sgd": (torch.optim.SGD, {"lr": 0.01}),
    "sgd momentum": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9}),
    "sgd nesterov": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
    "sgd decay": (torch.optim.SGD, {"lr": 0.01, "momentum": 0.9, "weight_decay": 0.1}),
    "adam": (torch.optim.Adam, {"lr": 0.05}),
    "adam epsilon": (torch.optim.Adam, {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-2}),
    "adamw": (torch.optim.AdamW, {"lr": 0.05, "weight_decay": 0.1}),
}


def trajectory(make, options):
    parameter = torch.nn.Parameter(torch.tensor(START))
    scale = torch.tensor(SCALE)
    optimizer = make([parameter], **options)
    kept = {}
    for step in range(1, 101):
        # The gradient of sum(scale * p^2) / 2, plus one that alternates.
        parameter.grad = scale * parameter.detach() + 0.1 * (-1) ** step
        # The rate halves after 50 steps: a schedule's doing.
        optimizer.param_groups[0]["lr"] = options["lr"] * (1 if step <= 50 else 0.5)
        optimizer.step()
        if step in KEPT:
            kept[step] = parameter.detach().double().tolist()
    return kept


result = {
    "torch": torch.__version__,
    "start": START,
    "scale": SCALE,
    "cases": {name: {"options": options, "after": trajectory(make, options)} for name, (make, options) in CASES.items()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n")
