"""Writes pytorch.tfevents with torch.utils.tensorboard (torch 2.13, tensorboard 2.21).

usage: write_pytorch.py OUTPUT
"""
import glob
import shutil
import sys
import tempfile

from torch.utils.tensorboard import SummaryWriter

folder = tempfile.mkdtemp()
with SummaryWriter(folder) as writer:
    for step, value, time in ((0, 0.5, 1000.5), (10, 1 / 3, 1001.5), (2**40, float("nan"), 1002.5)):
        writer.add_scalar("old/loss", value, step, walltime=time)
    for step, value in ((0, 0.5), (10, 1 / 3)):
        writer.add_scalar("new/loss", value, step, new_style=True)
    writer.add_scalar("double/loss", 1 / 3, 0, new_style=True, double_precision=True)
    writer.add_histogram_raw("weights", min=-1, max=2, num=5, sum=3.5, sum_squares=6,
                             bucket_limits=[-2, 0, 0.5, 3, 4], bucket_counts=[0, 2, 0, 3, 0], global_step=5)
shutil.copy(glob.glob(f"{folder}/events*")[0], sys.argv[1])
