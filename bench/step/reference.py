"""The gradients of the same step in float64, by PyTorch. Usage: reference.py FOLDER, as gradients.mjs wrote it.

Prints one JSON line: the loss' difference, and the greatest relative L2 distance of a weight's gradient, with its name;
`peer` is the same distance of PyTorch's own gradients in the step's precision (bfloat16: autocast), to compare with.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

from torch_models import MODELS, VisionTransformer

folder = Path(sys.argv[1])
step = json.loads((folder / "step.json").read_text())


def values(name, shape, dtype=np.float32):
    return np.fromfile(folder / f"{name}.bin", dtype).reshape(shape)


def modules(model, kind):
    """Those of one of TensorFlow.js's kinds, in the order they were made."""
    def fits(module):
        if isinstance(module, nn.Conv2d):
            return kind == ("Conv2D" if module.groups == 1 else "DepthwiseConv2D")
        return isinstance(module, {
            "Dense": nn.Linear, "BatchNormalization": nn.BatchNorm2d, "LayerNormalization": nn.LayerNorm,
            "BenchPositions": VisionTransformer, "LSTM": nn.LSTM}.get(kind, ()))
    return [module for module in model.modules() if fits(module)]


def places(model):
    """For each weight of the step: PyTorch's parameter, and how TensorFlow's order of axes becomes PyTorch's."""
    for entry in step["entries"]:
        kind, number, weight = entry["layer"], entry["number"], entry["weight"]
        if kind == "LSTM":
            name = {"kernel": "weight_ih", "recurrent_kernel": "weight_hh", "bias": "bias_ih"}[weight]
            yield entry, getattr(modules(model, kind)[0], f"{name}_l{number}"), (1, 0) if weight != "bias" else (0,)
            continue
        module = modules(model, kind)[number]
        if kind == "BenchPositions":
            yield entry, module.positions, (0, 1)
        elif weight in ("bias", "beta"):
            yield entry, module.bias, (0,)
        elif weight == "gamma":
            yield entry, module.weight, (0,)
        else:
            yield entry, module.weight, {"Dense": (1, 0), "Conv2D": (3, 2, 0, 1), "DepthwiseConv2D": (2, 3, 0, 1)}[kind]


def run(dtype, autocast=False):
    model = MODELS[step["model"]]()
    taken = set()
    with torch.no_grad():
        for entry, parameter, axes in places(model):
            parameter.copy_(torch.from_numpy(values(f"w{entry['file']}", entry["shape"]).transpose(axes).copy()))
            taken.add(id(parameter))
        for name, parameter in model.named_parameters():
            if id(parameter) not in taken:
                assert "bias_hh" in name, name  # TensorFlow's LSTM has one bias.
                parameter.zero_()
    model = model.to(dtype)
    x = torch.from_numpy(values("x", step["xShape"])).to(dtype)
    if x.ndim == 4:
        x = x.permute(0, 3, 1, 2).contiguous()
    y = torch.from_numpy(values("y", (len(x),), np.int32)).long()
    with torch.autocast("cpu", torch.bfloat16, enabled=autocast):
        loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    return loss.item(), [parameter.grad.double().numpy() for _, parameter, _ in places(model)]


def distance(a, b):
    return float(np.linalg.norm(a - b) / np.linalg.norm(b))


loss, exact = run(torch.float64)
_, single = run(torch.float32, autocast=step["precision"] == "bfloat16")
order = [(entry, axes) for entry, _, axes in places(MODELS[step["model"]]())]
ours = [values(f"g{entry['file']}", entry["shape"]).transpose(axes).astype(np.float64) for entry, axes in order]
names = [f"{entry['layer']} {entry['number']} {entry['weight']}" for entry, _ in order]
# A bias before a normalisation has a gradient of zero but for rounding: compared with the whole gradient it vanishes.
whole = np.sqrt(sum(np.sum(g * g) for g in exact))
counted = [i for i, g in enumerate(exact) if np.linalg.norm(g) > 1e-6 * whole]
worst = max(counted, key=lambda i: distance(ours[i], exact[i]))


def total(gradients):
    return float(np.sqrt(sum(np.sum((a - b) ** 2) for a, b in zip(gradients, exact))) / whole)


print(json.dumps({
    "loss": abs(step["loss"] - loss), "worst": distance(ours[worst], exact[worst]), "weight": names[worst],
    "peer": max(distance(single[i], exact[i]) for i in counted), "whole": total(ours),
    "wholePeer": total(single)}))
