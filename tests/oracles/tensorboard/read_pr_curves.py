"""Reads the PR curves of a log directory with TensorBoard's own plugin, and prints them as JSON.

usage: read_pr_curves.py LOGDIR      (needs: pip install tensorboard==2.21.*)

The plugin is asked as its web page asks it: for the tags of each run, then for the curves of a tag over all runs.
"""
import json
import sys

from tensorboard import context
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.plugins import base_plugin
from tensorboard.plugins.pr_curve import pr_curves_plugin

multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"pr_curves": 0})
multiplexer.AddRunsFromDirectory(sys.argv[1])
multiplexer.Reload()
provider = data_provider.MultiplexerDataProvider(multiplexer, sys.argv[1])
plugin = pr_curves_plugin.PrCurvesPlugin(base_plugin.TBContext(data_provider=provider, logdir=sys.argv[1]))
request = context.RequestContext()
tags = plugin.tags_impl(request, experiment="")
result = {
    run: {tag: plugin.pr_curves_impl(request, experiment="", runs=[run], tag=tag)[run] for tag in of_run}
    for run, of_run in tags.items()
}
print(json.dumps(result))
