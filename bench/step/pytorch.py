"""PyTorch with its fused Adam. Arguments: the number of threads; `compile` for torch.compile; `bfloat16` for autocast; `cuda`."""
import json
import sys
import time

import torch
from torch import nn

from answer import answer
from torch_models import MODELS, SHAPES

threads, *rest = sys.argv[1:]
compiles = "compile" in rest
narrow = "bfloat16" in rest
device = "cuda" if "cuda" in rest else "cpu"
torch.set_num_threads(int(threads))
torch.manual_seed(1)
loss_of = nn.CrossEntropyLoss()


def prepared(name):
    model = MODELS[name]().to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    return torch.compile(model) if compiles else model, optimizer, {}


ready = {}


def batch(name, size, made):
    if size not in made:
        usual, *shape = SHAPES[name]
        rows = size or usual
        made[size] = torch.rand((rows, *shape), device=device), torch.arange(rows, device=device) % 10
    return made[size]


def run(name, steps, size):
    if name not in ready:
        ready[name] = prepared(name)
    model, optimizer, made = ready[name]
    x, y = batch(name, size, made)
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device, torch.bfloat16, enabled=narrow):
            loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        value = loss.item()
        times.append((time.perf_counter() - start) * 1000)
        assert value == value
    return times


kind = ("torch.compile" if compiles else "eager") + (", bfloat16 autocast" if narrow else "")
where = torch.cuda.get_device_name() if device == "cuda" else f"{threads} threads"
print(json.dumps({"ready": True, "versions": f"PyTorch {torch.__version__} {kind}, {where}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    answer(lambda: run(request["model"], request["steps"], request.get("batchSize")))
