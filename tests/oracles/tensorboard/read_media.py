"""Reads texts, pictures, sounds and graphs of a log directory with TensorBoard's own readers, and prints them as JSON.

usage: read_media.py LOGDIR      (needs: pip install tensorboard==2.21.* pillow)

The plugins of TensorBoard are asked as its web page asks them, through its data provider; pictures are decoded by Pillow,
sounds by Python's own module `wave`, graphs by TensorBoard's copy of TensorFlow's GraphDef.
"""
import base64
import io
import json
import sys
import wave

import numpy as np
from PIL import Image
from tensorboard import context
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.compat.proto import graph_pb2
from tensorboard.data import provider
from tensorboard.plugins.audio import metadata as audio_metadata
from tensorboard.plugins.image import metadata as image_metadata
from tensorboard.plugins.text import metadata as text_metadata
from tensorboard.plugins.text import text_plugin

ALL = {"scalars": 0, "tensors": 0, "histograms": 0, "images": 0, "audio": 0}


def picture(data):
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return {"mode": image.mode, "size": list(image.size), "pixels": np.asarray(image).ravel().tolist()}


def sound(data):
    with wave.open(io.BytesIO(data)) as file:
        frames = file.readframes(file.getnframes())
        return {
            "rate": file.getframerate(),
            "channels": file.getnchannels(),
            "width": file.getsampwidth(),
            "samples": np.frombuffer(frames, "<i2").tolist(),
        }


def node(given):
    shapes = given.attr["_output_shapes"].list.shape
    return {
        "name": given.name,
        "op": given.op,
        "inputs": list(given.input),
        "shapes": [[d.size for d in shape.dim] for shape in shapes],
        "parameters": given.attr["parameters"].i,
        "trainable": given.attr["trainable"].b,
    }


def main(logdir):
    multiplexer = plugin_event_multiplexer.EventMultiplexer(
        tensor_size_guidance={"text": 0, "images": 0, "audio": 0, "graphs": 0},
        size_guidance=ALL,
    )
    multiplexer.AddRunsFromDirectory(logdir)
    multiplexer.Reload()
    shown = data_provider.MultiplexerDataProvider(multiplexer, logdir)
    request = context.RequestContext()

    def blobs(plugin, run):
        series = shown.read_blob_sequences(
            request, experiment_id="", plugin_name=plugin, downsample=1_000_000,
            run_tag_filter=provider.RunTagFilter(runs=[run]),
        ).get(run, {})
        return {
            tag: [
                [point.step, point.wall_time,
                 [shown.read_blob(request, blob_key=value.blob_key) for value in point.values]]
                for point in points
            ]
            for tag, points in series.items()
        }

    result = {}
    for run in multiplexer.Runs():
        texts = shown.read_tensors(
            request, experiment_id="", plugin_name=text_metadata.PLUGIN_NAME, downsample=1_000_000,
            run_tag_filter=provider.RunTagFilter(runs=[run]),
        ).get(run, {})
        graphs = blobs("graphs", run)
        graph = graph_pb2.GraphDef()
        for points in graphs.values():
            graph.ParseFromString(points[-1][2][0])
        result[run] = {
            "texts": {
                tag: [[p.step, p.wall_time, p.numpy.ravel().tolist()[0].decode()] for p in points]
                for tag, points in texts.items()
            },
            "html": {
                tag: [text_plugin.text_array_to_html(p.numpy, True) for p in points]
                for tag, points in texts.items()
            },
            "images": {
                tag: [[step, time, int(values[0]), int(values[1]), [picture(v) for v in values[2:]]]
                      for step, time, values in points]
                for tag, points in blobs(image_metadata.PLUGIN_NAME, run).items()
            },
            "audio": {
                tag: [[step, time, [sound(v) for v in values]] for step, time, values in points]
                for tag, points in blobs(audio_metadata.PLUGIN_NAME, run).items()
            },
            "graph": [node(given) for given in graph.node],
        }
    print(json.dumps(result))


main(sys.argv[1])
