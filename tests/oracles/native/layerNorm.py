"""Layer normalisation over some axes and its gradients in float64. Writes layerNorm.json.

Run with PyTorch 2.13: python tests/oracles/native/layerNorm.py
"""
import json
import pathlib

import torch

torch.manual_seed(5)


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def single(tensor):
    """In float64, with values that float32 has: what is compared gets the same inputs."""
    return tensor.float().double()


def case(shape, axis, epsilon=1e-3, scale=True, center=True, mean=1.0):
    """The layer's weights have the sizes of the axes in their order."""
    x = single(torch.randn(shape) * 3 + mean).requires_grad_()
    sizes = [shape[a] for a in axis]
    broadcast = [size if i in axis else 1 for i, size in enumerate(shape)]
    gamma = single(torch.rand(sizes) + 0.5).requires_grad_()
    beta = single(torch.randn(sizes)).requires_grad_()
    above = single(torch.randn(shape))
    centred = x - x.mean(axis, keepdim=True)
    y = centred / torch.sqrt((centred**2).mean(axis, keepdim=True) + epsilon)
    if scale:
        y = y * gamma.reshape(broadcast)
    if center:
        y = y + beta.reshape(broadcast)
    (y * above).sum().backward()
    values = dict(x=x, above=above, output=y, dx=x.grad)
    if scale:
        values.update(gamma=gamma, dGamma=gamma.grad)
    if center:
        values.update(beta=beta, dBeta=beta.grad)
    options = {"axis": axis, "epsilon": epsilon, "scale": scale, "center": center}
    return {"shape": shape, "options": options, **{name: numbers(value) for name, value in values.items()}}


cases = [
    case([6, 5], [1]),
    case([4, 3, 7], [2], epsilon=1e-6),
    case([2, 3, 2, 5], [3], scale=False),
    case([3, 4, 5], [2], center=False),
    case([3, 4, 5], [1, 2]),
    case([2, 3, 4, 5], [1, 2, 3], epsilon=0.5),
    case([3, 4, 5], [1, 2], scale=False, center=False),
    case([4, 6], [0, 1]),
    case([3, 4, 5], [1]),
    case([3, 4, 5], [1], scale=False),
    case([2, 3, 4, 5], [1, 3]),
    case([4, 3, 8], [2], mean=300.0),
    case([3, 1], [1]),
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
