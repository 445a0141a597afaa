"""Writes prCurves.tfevents with the summary writer of TensorBoard's plugin pr_curves (tensorboard 2.21, tensorflow 2.21),
threeThresholds.tfevents with the same, whose tensors are [6, 3] as histograms' are [bins, 3], the plugin's name in the first of
a tag alone, pytorchPrCurves.tfevents with torch.utils.tensorboard (torch 2.13), and prCurves.json: what TensorBoard's own plugin gives of
both to its web page, with the average precision of each curve by NumPy.

usage: write_pr_curves.py FOLDER
"""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import torch
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.plugins.pr_curve import summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from torch.utils.tensorboard import SummaryWriter

rng = np.random.default_rng(5)
labels = rng.random(400) < 0.3


def predictions(skill):
    return np.clip(0.5 * rng.random(400) + skill * labels + 0.02, 0, 1)


logs = tempfile.mkdtemp()
writer = EventFileWriter(f"{logs}/tensorboard")
for step, skill in [(10, 0.05), (20, 0.2), (30, 0.4)]:
    for name, of in [("dogs", labels), ("cats", ~labels)]:
        said = predictions(skill) if name == "dogs" else 1 - predictions(skill)
        pb = summary.pb(name, labels=of, predictions=said, num_thresholds=51)
        value = summary_pb2.Summary.FromString(pb.SerializeToString())
        writer.add_event(event_pb2.Event(wall_time=1000.0 + step, step=step, summary=value))
writer.close()
with SummaryWriter(f"{logs}/pytorch") as writer:
    for step, skill in [(5, 0.1), (6, 0.3)]:
        said = torch.tensor(predictions(skill))
        writer.add_pr_curve("classes/dog", torch.tensor(labels), said, step, num_thresholds=31, walltime=2000.0 + step)
few = EventFileWriter(f"{logs}/three")
for step, skill in [(1, 0.1), (2, 0.3)]:
    pb = summary.pb("few", labels=labels, predictions=predictions(skill), num_thresholds=3)
    value = summary_pb2.Summary.FromString(pb.SerializeToString())
    if step > 1:
        value.value[0].ClearField("metadata")
    few.add_event(event_pb2.Event(wall_time=3000.0 + step, step=step, summary=value))
few.close()

out = sys.argv[1]
for run, name in [("tensorboard", "prCurves"), ("pytorch", "pytorchPrCurves"), ("three", "threeThresholds")]:
    shutil.copy(glob.glob(f"{logs}/{run}/events*")[0], f"{out}/{name}.tfevents")
reader = os.path.join(os.path.dirname(os.path.abspath(__file__)), "read_pr_curves.py")
read = json.loads(subprocess.run([sys.executable, reader, logs], capture_output=True, check=True).stdout)
for tags in read.values():
    for curves in tags.values():
        for curve in curves:
            recall = np.array(curve["recall"] + [0.0])
            curve["average_precision"] = float(np.sum(-np.diff(recall) * np.array(curve["precision"])))
with open(f"{out}/prCurves.json", "w") as file:
    json.dump(read, file)
