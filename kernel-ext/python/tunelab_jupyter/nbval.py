"""A plugin for pytest: `pytest --nbval -p tunelab_jupyter.nbval notebook.ipynb` compares a notebook of this kernel.

It takes our sanitize file unless another is named, follows updates of displays, which nbval itself leaves out, and
passes over Vega-Lite specifications: nbval cannot sanitize them, and they hold when each point was logged. The SVG
beside them is drawn from the same data and is compared.
"""

from collections import deque

import pytest

from . import SANITIZE_FILE


def pytest_configure(config):
    if config.option.nbval_sanitize_with is None:
        config.option.nbval_sanitize_with = str(SANITIZE_FILE)


def pytest_collectstart(collector):
    if collector.path is not None and collector.path.suffix == ".ipynb":
        collector.skip_compare += ("application/vnd.vegalite.v5+json",)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    kernel = getattr(item.parent, "kernel", None)
    if kernel is not None and not isinstance(kernel.get_message, FollowedUpdates):
        kernel.get_message = FollowedUpdates(kernel.get_message)


class FollowedUpdates:
    """Reads a kernel's messages for nbval; each display comes with the data of its last update, as notebooks keep it."""

    def __init__(self, read):
        self.read = read
        self.ready = deque()

    def __call__(self, stream, timeout=None):
        if stream != "iopub":
            return self.read(stream, timeout=timeout)
        if not self.ready:
            self.ready.extend(self.whole_cell(timeout))
        return self.ready.popleft()

    def whole_cell(self, timeout):
        """The messages up to the end of a cell."""
        messages, displays = [], {}
        while True:
            message = self.read("iopub", timeout=timeout)
            kind, content = message["msg_type"], message["content"]
            display = content.get("transient", {}).get("display_id")
            if kind == "update_display_data":
                for shown in displays.get(display, []):
                    shown.update(data=content["data"], metadata=content["metadata"])
                continue
            if display is not None:
                displays.setdefault(display, []).append(content)
            messages.append(message)
            ended = kind == "status" and content["execution_state"] == "idle"
            if ended and message["parent_header"].get("msg_type") == "execute_request":
                return messages
