"""Measures Jupyter kernels one after another, round by round, through one client.

    python measure.py ROUNDS CELLS < kernels.json

kernels.json: {name: {"argv": [...], "before": code, "cells": {kind: template}, "repeat": {kind: times}}}; `{i}` in a
template is a number that is new each time. Prints one JSON object a line: {"kernel", "round", "start" (seconds from
spawn to the first result), kind: [milliseconds, ...], "printsLost", "rss" (bytes of the kernel and its children)}.
"""

import json
import os
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

PRINTS = 10_000


class Kernel:
    def __init__(self, argv):
        self.manager = KernelManager()
        self.manager._kernel_spec = KernelSpec(argv=argv, language="any", interrupt_mode="message")
        self.begun = time.perf_counter()
        self.manager.start_kernel(stderr=open(os.devnull, "w"))
        self.client = self.manager.client()
        self.client.start_channels()

    def ready(self):
        self.client.wait_for_ready(timeout=60)

    def execute(self, code, timeout=60):
        """Milliseconds until both the reply and the idle status came, the reply, and all text."""
        begun = time.perf_counter()
        sent = self.client.execute(code)
        text = []
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != sent:
                continue
            if message["msg_type"] == "stream":
                text.append(message["content"]["text"])
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == sent:
                break
        return (time.perf_counter() - begun) * 1e3, reply["content"], "".join(text)

    def checked(self, code):
        milliseconds, reply, _ = self.execute(code)
        if reply["status"] != "ok":
            raise RuntimeError(f"a cell failed: {code!r}: {reply.get('ename')}: {reply.get('evalue')}")
        return milliseconds

    def rss(self):
        return sum(resident(pid) for pid in tree(self.manager.provisioner.pid))

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


def tree(root):
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parents[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                pass
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def measure(name, kernel, round_number):
    running = Kernel(kernel["argv"])
    try:
        running.ready()
        cells = kernel["cells"]
        running.checked(cells["trivial"].replace("{i}", "0"))
        out = {"kernel": name, "round": round_number, "start": time.perf_counter() - running.begun}
        if kernel.get("before"):
            running.checked(kernel["before"])
        number = 1
        for kind, template in cells.items():
            if kind == "prints":
                continue
            times = []
            for _ in range(kernel["repeat"].get(kind, 1)):
                times.append(running.checked(template.replace("{i}", str(number))))
                number += 1
            out[kind] = times
        out["rss"] = running.rss()
        # A kernel that loses output may lose its idle status too: then the time is not known.
        try:
            milliseconds, _, text = running.execute(cells["prints"], timeout=5)
            out["prints"] = [milliseconds]
            out["printsLost"] = PRINTS - len(text.splitlines())
        except Exception:
            out["prints"] = []
            out["printsLost"] = None
        return out
    finally:
        running.stop()


def main():
    rounds = int(sys.argv[1])
    kernels = json.load(sys.stdin)
    for round_number in range(rounds):
        for name, kernel in kernels.items():
            try:
                print(json.dumps(measure(name, kernel, round_number)), flush=True)
            except Exception as error:
                print(json.dumps({"kernel": name, "round": round_number, "failed": str(error)}), flush=True)


if __name__ == "__main__":
    main()
