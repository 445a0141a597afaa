"""PyTorch, eagerly, with its fused Adam. The argument is the number of threads."""
import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)


def conv_net():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 10))


def prepared(model, shape):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    return model, optimizer, torch.rand(64, *shape), torch.arange(64) % 10


models = {
    "mlp": prepared(nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)), (784,)),
    "cnn": prepared(conv_net(), (1, 28, 28)),
}
loss_of = nn.CrossEntropyLoss()


def run(name, steps):
    model, optimizer, x, y = models[name]
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        value = loss.item()
        times.append((time.perf_counter() - start) * 1000)
        assert value == value
    return times


print(json.dumps({"ready": True, "versions": f"PyTorch {torch.__version__}, {sys.argv[1]} threads"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"milliseconds": run(request["model"], request["steps"])}), flush=True)
