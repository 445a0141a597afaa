"""The models of `bench step` in PyTorch: the same layers, in the same order, as models/*.mjs."""
import torch
from torch import nn
from torch.nn import functional as F


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        ChannelsLast(), nn.Flatten(), nn.Linear(1600, 10))


class ChannelsLast(nn.Module):
    """TensorFlow flattens with the channels last: so weights can be exchanged. It costs what a copy costs."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1)


class SamePadding(nn.Module):
    """TensorFlow's "same": where it is uneven, the greater half goes to the end."""

    def __init__(self, size, strides):
        super().__init__()
        self.size, self.strides = size, strides

    def forward(self, x):
        def sides(length):
            total = max((-(-length // self.strides) - 1) * self.strides + self.size - length, 0)
            return total // 2, total - total // 2
        top, bottom = sides(x.shape[2])
        left, right = sides(x.shape[3])
        return F.pad(x, (left, right, top, bottom)) if top + bottom + left + right > 0 else x


def convolution(inputs, filters, size=1, strides=1, groups=1, bias=False):
    if strides == 1:
        return nn.Conv2d(inputs, filters, size, padding=size // 2, groups=groups, bias=bias)
    return nn.Sequential(SamePadding(size, strides), nn.Conv2d(inputs, filters, size, strides, groups=groups, bias=bias))


class BasicBlock(nn.Module):
    def __init__(self, inputs, filters, strides):
        super().__init__()
        self.first = convolution(inputs, filters, 3, strides)
        self.first_norm = nn.BatchNorm2d(filters)
        self.second = convolution(filters, filters, 3)
        self.second_norm = nn.BatchNorm2d(filters)
        same = strides == 1 and inputs == filters
        self.shortcut = nn.Identity() if same else nn.Sequential(
            convolution(inputs, filters, 1, strides), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(y)) + self.shortcut(x))


def resnet18():
    parts = [convolution(3, 64, 3), nn.BatchNorm2d(64), nn.ReLU()]
    inputs = 64
    for filters in (64, 128, 256, 512):
        parts += [BasicBlock(inputs, filters, 1 if filters == 64 else 2), BasicBlock(filters, filters, 1)]
        inputs = filters
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.first_norm = nn.LayerNorm(width, 1e-6)
        self.qkv = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.second_norm = nn.LayerNorm(width, 1e-6)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)

    def forward(self, x):
        batch, tokens, width = x.shape
        parts = self.qkv(self.first_norm(x)).reshape(batch, tokens, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(query, key, value)
        x = x + self.mix(mixed.transpose(1, 2).reshape(batch, tokens, width))
        return x + self.narrow(F.gelu(self.widen(self.second_norm(x))))


class VisionTransformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 128, 4, 4)
        self.positions = nn.Parameter(torch.randn(64, 128) * 0.02)
        self.blocks = nn.Sequential(*[Block(128, 4) for _ in range(4)])
        self.norm = nn.LayerNorm(128, 1e-6)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        tokens = self.patches(x).flatten(2).transpose(1, 2) + self.positions
        return self.head(self.norm(self.blocks(tokens)).mean(1))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(32, 128, 2, batch_first=True)
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


def swish_norm(filters):
    return nn.BatchNorm2d(filters, 1e-3, 0.01)


class Squeeze(nn.Module):
    def __init__(self, channels, reduced):
        super().__init__()
        self.inner = nn.Conv2d(channels, reduced, 1)
        self.outer = nn.Conv2d(reduced, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(self.outer(F.silu(self.inner(x.mean((2, 3), keepdim=True)))))


class InvertedBottleneck(nn.Module):
    def __init__(self, inputs, filters, expansion, size, strides):
        super().__init__()
        wide = inputs * expansion
        expand = [] if expansion == 1 else [convolution(inputs, wide), swish_norm(wide), nn.SiLU()]
        self.parts = nn.Sequential(
            *expand, convolution(wide, wide, size, strides, groups=wide), swish_norm(wide), nn.SiLU(),
            Squeeze(wide, inputs // 4), convolution(wide, filters), swish_norm(filters))
        self.adds = strides == 1 and inputs == filters

    def forward(self, x):
        return self.parts(x) + x if self.adds else self.parts(x)


STAGES = [(1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5), (6, 192, 4, 2, 5),
          (6, 320, 1, 1, 3)]


def efficientnet():
    parts = [convolution(3, 32, 3, 2), swish_norm(32), nn.SiLU()]
    inputs = 32
    for expansion, filters, repeats, strides, size in STAGES:
        for i in range(repeats):
            parts.append(InvertedBottleneck(inputs, filters, expansion, size, strides if i == 0 else 1))
            inputs = filters
    return nn.Sequential(*parts, convolution(320, 1280), swish_norm(1280), nn.SiLU(), nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(1280, 10))


MODELS = {"mlp": mlp, "cnn": cnn, "resnet18": resnet18, "vit": VisionTransformer, "lstm": Recurrent,
          "efficientnet": efficientnet}
SHAPES = {"mlp": (64, 784), "cnn": (64, 1, 28, 28), "resnet18": (32, 3, 32, 32), "vit": (32, 3, 32, 32),
          "lstm": (64, 50, 32), "efficientnet": (16, 3, 64, 64)}
