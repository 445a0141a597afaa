"""An epoch of PyTorch as its tutorials write it. Usage: pytorch.py FOLDER memory|loader THREADS"""
import json
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from mnist_files import split

folder, kind, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
x, y = (torch.from_numpy(part) for part in split(folder, "train"))
valid_x, valid_y = (torch.from_numpy(part) for part in split(folder, "validation"))
y, valid_y = y.long(), valid_y.long()
loss_of = nn.CrossEntropyLoss()


def in_memory():
    order = torch.randperm(len(x))
    for start in range(0, len(x), 64):
        chosen = order[start:start + 64]
        yield x[chosen], y[chosen]


def batches():
    return in_memory() if kind == "memory" else DataLoader(TensorDataset(x, y), batch_size=64, shuffle=True)


def epoch(seed):
    torch.manual_seed(seed)
    start = time.perf_counter()
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    for step, (batch_x, batch_y) in enumerate(batches()):
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(batch_x), batch_y)
        loss.backward()
        optimizer.step()
        value = loss.item()
        if step % 100 == 0:
            print(f"step {step}: loss {value:.4f}", flush=True)
    with torch.no_grad():
        right = sum((model(valid_x[i:i + 1000]).argmax(1) == valid_y[i:i + 1000]).sum().item()
                    for i in range(0, len(valid_x), 1000))
    return time.perf_counter() - start, right / len(valid_x)


versions = f"PyTorch {torch.__version__}, {kind}, {threads} threads"
print(json.dumps({"ready": True, "versions": versions}), flush=True)
for line in sys.stdin:
    seconds, accuracy = epoch(json.loads(line)["seed"])
    print(json.dumps({"seconds": seconds, "accuracy": accuracy}), flush=True)
