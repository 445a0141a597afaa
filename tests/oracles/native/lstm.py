"""LSTM layers as TensorFlow.js has them, and their gradients, in float64. Writes lstm.json.

Run with PyTorch 2.13: python tests/oracles/native/lstm.py
"""
import json
import pathlib

import torch

torch.manual_seed(8)


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def single(tensor):
    """In float64, with values that float32 has: what is compared gets the same inputs."""
    return tensor.float().double().requires_grad_()


def gate(z, name):
    return torch.sigmoid(z) if name == "sigmoid" else (0.2 * z + 0.5).clamp(0, 1)


def case(shape, units, recurrent="sigmoid", bias=True, sequences=False, state=False, backwards=False, large=1.0):
    """The gradients are those of the sum of each output, times what is `above` it."""
    rows, steps, width = shape
    weights = {
        "kernel": single(torch.randn(width, 4 * units) * large),
        "recurrentKernel": single(torch.randn(units, 4 * units) * 0.5),
    }
    if bias:
        weights["bias"] = single(torch.randn(4 * units))
    x = single(torch.randn(shape))
    begin = [single(torch.randn(rows, units)) for _ in range(2)] if state else []
    h, c = begin or [torch.zeros(rows, units).double() for _ in range(2)]
    outputs = []
    for step in reversed(range(steps)) if backwards else range(steps):
        z = x[:, step] @ weights["kernel"] + h @ weights["recurrentKernel"]
        i, f, g, o = (z + weights["bias"] if bias else z).chunk(4, dim=1)
        c = gate(f, recurrent) * c + gate(i, recurrent) * torch.tanh(g)
        h = gate(o, recurrent) * torch.tanh(c)
        outputs.append(h)
    results = [torch.stack(outputs, 1) if sequences else h] + ([h, c] if state else [])
    above = [torch.randn(result.shape).float().double() for result in results]
    sum((result * factor).sum() for result, factor in zip(results, above)).backward()
    inputs = [x, *begin, *weights.values()]
    return {
        "options": {
            "units": units, "recurrentActivation": recurrent, "useBias": bias, "returnSequences": sequences,
            "returnState": state, "goBackwards": backwards,
        },
        "shape": shape,
        "x": numbers(x),
        "begin": [numbers(tensor) for tensor in begin],
        "weights": [numbers(tensor) for tensor in weights.values()],
        "above": [numbers(tensor) for tensor in above],
        "outputs": [numbers(tensor) for tensor in results],
        "gradients": [numbers(tensor.grad) for tensor in inputs],
    }


cases = [
    case([5, 7, 3], 4),
    case([3, 6, 2], 5, sequences=True),
    case([3, 1, 2], 2),
    case([1, 4, 3], 1, sequences=True, bias=False),
    case([4, 5, 3], 3, state=True),
    case([4, 5, 3], 3, state=True, sequences=True, backwards=True),
    case([2, 6, 3], 4, backwards=True, bias=False),
    case([5, 7, 3], 4, recurrent="hardSigmoid", large=3.0),
    case([4, 5, 3], 3, recurrent="hardSigmoid", sequences=True, state=True),
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
