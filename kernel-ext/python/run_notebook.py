"""Executes a notebook through a real Jupyter client and says on standard output, one JSON object a line, how it goes.

    python run_notebook.py SOURCE TARGET [--kernel NAME] [--cwd FOLDER] [--timeout SECONDS] [--allow-errors]

Lines: {"event": "start", "cells": n}, then for each code cell {"event": "cell", "cell": i, "title": first line},
{"event": "output", "text": last line} while it runs, {"event": "done", "cell": i, "seconds": s}; last
{"event": "end", "seconds": s} or {"event": "failed", "cell": i, "error": "Name: message", "traceback": text}.
With --allow-errors every cell that fails tells "failed", and the rest runs all the same; the last line is "end" then.
TARGET is written in every case, with the outputs there are. Exit code 0 done, 1 stopped by a failure.
"""

import argparse
import json
import os
import re
import signal
import sys
import threading
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def last_line(text):
    """The last line a terminal would show: escape sequences and overwritten parts removed."""
    lines = re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).strip())
    return lines[-1].strip()


class TellingClient(NotebookClient):
    """A client that tells what comes while a cell runs."""

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        if msg["msg_type"] == "stream":
            text = content["text"]
        else:
            text = content.get("data", {}).get("text/plain", "") if isinstance(content.get("data"), dict) else ""
        if isinstance(text, str) and text.strip():
            tell("output", text=last_line(text)[:200])
        return super().process_message(msg, cell, cell_index)


def end_with_parent():
    """Ends client and kernel when standard input ends, as it does with whoever started this process."""

    def wait():
        # Not through sys.stdin, whose lock a thread may not hold when the interpreter ends.
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def title(source):
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    return lines[0][:100] if lines else ""


def run(arguments):
    notebook = nbformat.read(arguments.source, as_version=4)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    number = {index: i + 1 for i, index in enumerate(code)}
    started = {}

    def cell_start(cell, cell_index):
        if cell_index in number:
            started[cell_index] = time.monotonic()
            tell("cell", cell=number[cell_index], title=title(cell.source))

    def cell_executed(cell, cell_index, execute_reply):
        # A pager's text is in the reply, where nbclient leaves it: JupyterLab keeps it below the cell.
        for page in execute_reply["content"].get("payload", []):
            if page.get("source") == "page":
                cell.outputs.append(nbformat.v4.new_output("display_data", data=page["data"]))
        if cell_index not in number:
            return
        reply = execute_reply["content"]
        expected = "raises-exception" in cell.metadata.get("tags", [])
        if reply["status"] == "error" and not expected:
            # Without --allow-errors the client raises what is told below.
            if arguments.allow_errors:
                tell(
                    "failed",
                    cell=number[cell_index],
                    error=f"{reply.get('ename')}: {reply.get('evalue')}",
                    traceback="\n".join(reply.get("traceback", [])),
                )
        else:
            tell("done", cell=number[cell_index], seconds=round(time.monotonic() - started[cell_index], 2))

    client = TellingClient(
        notebook,
        kernel_name=arguments.kernel,
        # Its own `timeout` takes whole seconds only.
        timeout_func=lambda cell: arguments.timeout,
        allow_errors=arguments.allow_errors,
        resources={"metadata": {"path": arguments.cwd}},
        on_cell_start=cell_start,
        on_cell_executed=cell_executed,
    )
    tell("start", cells=len(code))
    begin = time.monotonic()
    failure = None
    try:
        client.execute()
    except CellExecutionError as error:
        failure = {"error": f"{error.ename}: {error.evalue}", "traceback": error.traceback}
    except (CellTimeoutError, DeadKernelError) as error:
        failure = {"error": f"{type(error).__name__}: {error}", "traceback": ""}
    finally:
        os.makedirs(os.path.dirname(os.path.abspath(arguments.target)), exist_ok=True)
        nbformat.write(notebook, arguments.target)
    if failure:
        tell("failed", cell=number.get(max(started, default=-1), 0), **failure)
        return 1
    tell("end", seconds=round(time.monotonic() - begin, 2))
    return 0


def main():
    parser = argparse.ArgumentParser(description="Executes a notebook and tells how it goes.")
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--kernel", default="tunelab")
    parser.add_argument("--cwd", default=".")
    parser.add_argument("--timeout", type=float, default=None, help="seconds a cell may take")
    parser.add_argument("--allow-errors", action="store_true", help="go on after a cell that fails")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")
    arguments = parser.parse_args()
    if arguments.with_parent:
        end_with_parent()
    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
