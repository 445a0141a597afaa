"""Trains a model of bench step for some steps and prints this process' peak of memory. Usage: pytorch.py MODEL STEPS"""
import json
import resource
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[1] / "step"))
from torch_models import MODELS, SHAPES

name, steps = sys.argv[1:]
model = MODELS[name]()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
x, y = torch.rand(SHAPES[name]), torch.arange(SHAPES[name][0]) % 10
for _ in range(int(steps)):
    optimizer.zero_grad(set_to_none=True)
    torch.nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()
print(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
