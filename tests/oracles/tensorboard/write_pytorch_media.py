"""Writes pytorchMedia.tfevents with torch.utils.tensorboard (torch 2.13, tensorboard 2.21).

usage: write_pytorch_media.py OUTPUT
"""
import glob
import shutil
import sys
import tempfile

import numpy as np
import torch
from torch.utils.tensorboard import SummaryWriter

folder = tempfile.mkdtemp()
with SummaryWriter(folder) as writer:
    writer.add_text("notes", "**from** PyTorch", 4, walltime=1000.5)
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    writer.add_image("picture", pixels, 5, walltime=1001.5, dataformats="HWC")
    writer.add_audio("sound", torch.tensor([[0.0, 0.5, -0.5, 1.0]]), 6, sample_rate=8000, walltime=1002.5)
    writer.add_graph(torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU()), torch.zeros(1, 3))
shutil.copy(glob.glob(f"{folder}/events*")[0], sys.argv[1])
