"""Batch normalisation and its gradients in float64. Writes batchNorm.json.

Run with PyTorch 2.13: python tests/oracles/native/batchNorm.py
"""
import json
import pathlib

import torch

torch.manual_seed(3)
EPSILON = 1e-3


def case(*shape):
    x = (torch.randn(shape) * 3 + 1).double().requires_grad_()
    scale = (torch.rand(shape[-1]) + 0.5).double().requires_grad_()
    offset = torch.randn(shape[-1]).double().requires_grad_()
    above = torch.randn(shape).double()
    axes = tuple(range(len(shape) - 1))
    mean = x.mean(axes)
    variance = ((x - mean) ** 2).mean(axes)
    y = (x - mean) / torch.sqrt(variance + EPSILON) * scale + offset
    (y * above).sum().backward()
    values = dict(x=x, scale=scale, offset=offset, above=above, mean=mean, variance=variance, output=y,
                  dx=x.grad, dScale=scale.grad, dOffset=offset.grad)
    return {"shape": shape, **{name: value.detach().flatten().tolist() for name, value in values.items()}}


result = {"torch": torch.__version__, "epsilon": EPSILON, "cases": [case(8, 5), case(4, 3, 3, 2), case(2, 2, 2, 3, 4)]}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
