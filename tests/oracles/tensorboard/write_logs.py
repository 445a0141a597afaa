"""Writes the log directories in logs/ as other people's programs write them, and logs.json: what TensorBoard reads in them.

torch 2.13, lightning 2.6, tensorboardX 2.6, TensorFlow 2.21 with its Keras, TensorBoard 2.21.

usage: write_logs.py FOLDER
"""
import json
import os
import random
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import numpy as np
import tensorboardX
import tensorflow as tf
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from tensorboard.backend.event_processing import plugin_event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.util import tensor_util
from torch.utils.tensorboard import SummaryWriter

ALL = {"scalars": 0, "tensors": 0, "histograms": 0}
HPARAMS = {"lr": 0.1, "optimizer": "sgd", "nesterov": True, "layers": 2}


def pytorch(folder):
    """A training loop that logs, hyper-parameters in a folder of their own, and one chart of two curves."""
    generator = torch.Generator().manual_seed(1)
    with SummaryWriter(folder) as writer:
        for step in range(6):
            writer.add_scalar("Loss/train", 2 / (step + 1), step)
            writer.add_scalar("Loss/val", 2 / (step + 1) + 0.1 * step, step)
            writer.add_scalar("Accuracy/val", 1 - 1 / (step + 2), step)
            writer.add_scalar("odd", [float("nan"), float("inf"), -float("inf"), 1e-45, 3.4e38, -0.0][step], step)
        writer.add_histogram("fc1.weight", torch.randn(500, generator=generator), 0)
        writer.add_histogram("fc1.weight", torch.randn(500, generator=generator) * 2, 5)
        writer.add_hparams(HPARAMS, {"hparam/accuracy": 0.875}, run_name="trial-0")
        writer.add_scalars("both", {"train": 1.5, "val": 2.5}, 3)
        writer.add_text("note", "not shown here")


def tensorboard_x(folder):
    generator = np.random.default_rng(1)
    with tensorboardX.SummaryWriter(folder) as writer:
        for step in (0, 10, 20, 15, 20):
            writer.add_scalar("train/loss", 1 / (step + 1), step)
        writer.add_histogram("weights", generator.normal(size=300), 7)
        writer.add_hparams({"lr": 0.01, "name": "x", "use": False}, {"acc": 0.5}, name="hp")


def lightning(folder):
    logger = TensorBoardLogger(folder, name="lightning_logs", default_hp_metric=False)
    logger.log_hyperparams({"lr": 0.02, "model": {"width": 64}}, {"val_loss": 0.5})
    for epoch in range(4):
        for step in range(epoch * 10, epoch * 10 + 10, 5):
            logger.log_metrics({"train_loss": 1 / (step + 1), "epoch": epoch}, step)
        logger.log_metrics({"val_loss": 0.5 + 0.1 * epoch, "epoch": epoch}, epoch * 10 + 9)
    logger.finalize("success")


def keras(folder):
    tf.keras.utils.set_random_seed(1)
    x = np.random.default_rng(1).normal(size=(64, 4)).astype("float32")
    y = (x.sum(1) > 0).astype("float32")
    model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation="relu"), tf.keras.layers.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    callback = tf.keras.callbacks.TensorBoard(folder, histogram_freq=1, write_graph=False)
    model.fit(x, y, validation_split=0.25, epochs=4, verbose=0, callbacks=[callback])


def number(value):
    value = float(value)
    return value if np.isfinite(value) else repr(value)


def hparams(accumulator):
    try:
        content = accumulator.PluginTagToContent("hparams")["_hparams_/session_start_info"]
    except KeyError:
        return {}
    values = plugin_data_pb2.HParamsPluginData.FromString(content).session_start_info.hparams
    return {name: getattr(value, value.WhichOneof("kind")) for name, value in values.items()}


def read(folder):
    accumulator = plugin_event_accumulator.EventAccumulator(folder, size_guidance=ALL, tensor_size_guidance=ALL)
    accumulator.Reload()
    scalars, histograms = {}, {}
    for tag in accumulator.Tags()["tensors"]:
        plugin = accumulator.SummaryMetadata(tag).plugin_data.plugin_name
        arrays = [[e.step, e.wall_time, tensor_util.make_ndarray(e.tensor_proto)] for e in accumulator.Tensors(tag)]
        if plugin == "scalars":
            scalars[tag] = [[step, time, number(array)] for step, time, array in arrays]
        elif plugin == "histograms":
            histograms[tag] = [[step, time, array.tolist()] for step, time, array in arrays]
    return {"scalars": scalars, "histograms": histograms, "hparams": hparams(accumulator)}


def main(folder):
    logs = os.path.join(folder, "logs")
    random.seed(1)
    pytorch(os.path.join(logs, "pytorch"))
    tensorboard_x(os.path.join(logs, "tensorboardX"))
    lightning(logs)
    keras(os.path.join(logs, "keras"))
    for root, _, files in os.walk(logs):
        for index, name in enumerate(sorted(files)):
            path = os.path.join(root, name)
            if "tfevents" not in name:
                os.remove(path)
                continue
            # Names hold this machine's: they become plain ones, in the same order.
            os.rename(path, os.path.join(root, f"events.out.tfevents.{name.split('.')[3]}.host.1.{index}"))
    expected = {}
    for root, _, files in os.walk(logs):
        if any("tfevents" in name for name in files):
            expected[os.path.relpath(root, logs)] = read(root)
    with open(os.path.join(folder, "logs.json"), "w") as file:
        json.dump(expected, file, separators=(",", ":"), sort_keys=True)


main(sys.argv[1])
