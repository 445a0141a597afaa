"""One pass through the kernel on whatever Node its spec names: a cell, an interrupt, a captured training step.

    JUPYTER_PATH=… python smoke_kernel.py NODE_VERSION

Exit code 0 and nothing said, or 1 and what went wrong.
"""

import sys
import threading

from jupyter_client.manager import start_new_kernel

TRAIN = """
import { data, fit, models, sgd } from "tunelab";
const set = data.arrays({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] });
const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
const trained = await fit(model, set, { optimizer: sgd({ learningRate: 0.1 }), epochs: 2, batchSize: 4, track: false, progress: false });
trained.history.loss.length
"""


def run(client, code, timeout=120):
    """Status of the reply, text of the result, and what went to the error stream or was thrown."""
    seen = {"result": None, "error": None}

    def look(message):
        content = message["content"]
        if message["msg_type"] == "execute_result":
            seen["result"] = content["data"]["text/plain"]
        elif message["msg_type"] == "error":
            seen["error"] = content["ename"] + ": " + content["evalue"]
        elif message["msg_type"] == "stream" and content["name"] == "stderr":
            seen["error"] = content["text"]

    reply = client.execute_interactive(code, timeout=timeout, output_hook=look)
    return reply["content"]["status"], seen["result"], seen["error"]


def expect(what, given, wanted):
    if given != wanted:
        raise AssertionError(f"{what}: {given!r} instead of {wanted!r}")


def main():
    manager, client = start_new_kernel(kernel_name="tunelab")
    try:
        expect("the kernel's Node", run(client, "process.versions.node"), ("ok", f"'{sys.argv[1]}'", None))
        expect("a cell", run(client, "const n: number = 41;\nn + 1"), ("ok", "42", None))
        timer = threading.Timer(1.5, manager.interrupt_kernel)
        timer.start()
        status, _, error = run(client, "let turns = 0;\nwhile (true) turns++;", timeout=30)
        expect("an endless loop, interrupted", status, "error")
        expect("the state after the interrupt", run(client, "n"), ("ok", "41", None))
        # A step that could not be captured would say so on the error stream.
        expect("a captured step", run(client, TRAIN), ("ok", "2", None))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # noqa: BLE001 - whatever went wrong is the answer
        print(f"{type(error).__name__}: {error}")
        sys.exit(1)
