"""Reads a log directory with TensorBoard's own readers and prints what it saw, as JSON.

usage: read_logdir.py LOGDIR      (needs: pip install tensorboard==2.21.*)

Per run: every record of the event files in order (EventFileLoader), scalars and histograms as the
EventAccumulator holds them (without sampling) with the descriptions of their tags, and the session groups of the HParams plugin as its
web page would get them.
"""
import json
import sys

import numpy as np
from tensorboard import context, data_compat
from tensorboard.backend.event_processing import (
    data_provider,
    directory_watcher,
    event_file_loader,
    event_accumulator,
    io_wrapper,
    plugin_event_multiplexer,
)
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import (
    api_pb2,
    backend_context,
    get_experiment,
    list_session_groups,
)
from tensorboard.util import tensor_util
from google.protobuf import json_format

ALL = {"scalars": 0, "tensors": 0, "histograms": 0, "images": 0}


def number(value):
    value = float(value)
    return value if np.isfinite(value) else repr(value)


def main(logdir):
    multiplexer = plugin_event_multiplexer.EventMultiplexer(
        tensor_size_guidance={"scalars": 0, "histograms": 0},
        size_guidance=ALL,
    )
    multiplexer.AddRunsFromDirectory(logdir)
    multiplexer.Reload()
    runs = {}
    for run, tags in multiplexer.Runs().items():
        accumulator = multiplexer.GetAccumulator(run)
        scalars, histograms, descriptions = {}, {}, {}
        for tag in tags["tensors"]:
            metadata = accumulator.SummaryMetadata(tag)
            plugin = metadata.plugin_data.plugin_name
            if metadata.summary_description:
                descriptions[tag] = metadata.summary_description
            events = accumulator.Tensors(tag)
            if plugin == "scalars":
                scalars[tag] = [
                    [e.step, e.wall_time, number(tensor_util.make_ndarray(e.tensor_proto))]
                    for e in events
                ]
            elif plugin == "histograms":
                histograms[tag] = [
                    [e.step, e.wall_time, tensor_util.make_ndarray(e.tensor_proto).tolist()]
                    for e in events
                ]
        runs[run] = {"scalars": scalars, "histograms": histograms, "descriptions": descriptions}

    provider = data_provider.MultiplexerDataProvider(multiplexer, logdir)
    hparams_context = backend_context.Context(
        base_plugin.TBContext(data_provider=provider, logdir=logdir)
    )
    request = context.RequestContext()
    run_to_content = hparams_context.hparams_metadata(request, "")
    experiment = hparams_context.experiment_from_metadata(
        request, "", False, run_to_content,
        hparams_context.hparams_from_data_provider(request, "", None),
    )
    groups = list_session_groups.Handler(
        request_context=request,
        backend_context=hparams_context,
        experiment_id="",
        request=json_format.ParseDict(
            {"sliceSize": 1000, "startIndex": 0,
             "allowedStatuses": ["STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING", "STATUS_UNKNOWN"],
             "includeMetrics": True},
            api_pb2.ListSessionGroupsRequest(),
        ),
    ).run()
    print(json.dumps({
        "runs": runs,
        "hparams": [json_format.MessageToDict(info) for info in experiment.hparam_infos],
        "groups": json_format.MessageToDict(groups).get("sessionGroups", []),
    }))


main(sys.argv[1])
