"""Measures Jupyter kernels one after another, round by round, through one client.

    python measure.py ROUNDS < kernels.json

kernels.json: {name: {"argv": [...], "before": code, "cells": {kind: template}, "repeat": {kind: times},
"fillTo": cells, "complete": template, "parts": {part: text of its command line}, "grow": cells}}; `{i}` in a template is
a number that is new each time. Prints one JSON object a line: {"kernel", "round", "start" (seconds from spawn to the
first result), kind: [milliseconds, ...], "printsLost", "rss" (bytes of the kernel and its children), "parts"
(bytes of each part), "failed" (why the rest is missing), "growth" (resident bytes after all `grow` cells over those
after a fifth of them)}.
"""

import json
import os
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

PRINTS = 10_000
# A cell that is run again and again: what a person does who works at it.
AGAIN = "const again: number = {i}; console.log('step', again); again * 2"


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
        reply = self.reply(sent, timeout)
        return (time.perf_counter() - begun) * 1e3, reply, "".join(text)

    def reply(self, sent, timeout=60):
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == sent:
                return reply["content"]

    def checked(self, code):
        milliseconds, reply, _ = self.execute(code)
        if reply["status"] != "ok":
            raise RuntimeError(f"a cell failed: {code!r}: {reply.get('ename')}: {reply.get('evalue')}")
        return milliseconds

    def completed(self, code):
        """Milliseconds until the answer came."""
        begun = time.perf_counter()
        reply = self.reply(self.client.complete(code, len(code)))
        if not reply.get("matches"):
            raise RuntimeError(f"nothing completes {code!r}")
        return (time.perf_counter() - begun) * 1e3

    @property
    def pids(self):
        return tree(self.manager.provisioner.pid)

    def rss(self):
        return sum(map(resident, self.pids))

    def parts(self, parts):
        """Bytes by part; `front` is the process that was started."""
        front, *others = self.pids
        found = {"front": resident(front)}
        for pid in others:
            for part, text in parts.items():
                if text in command(pid):
                    found[part] = found.get(part, 0) + resident(pid)
        return found

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


def command(pid):
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except FileNotFoundError:
        return ""


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


class Measurement:
    """One kernel in one round."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.running = Kernel(kernel["argv"])
        self.number = 0

    def start(self):
        self.running.ready()
        self.running.checked(self.kernel["cells"]["trivial"].replace("{i}", "0"))
        self.number = 1
        return time.perf_counter() - self.running.begun

    def cells(self, kind, times):
        found = []
        for _ in range(times):
            self.number += 1
            template = self.kernel["cells"][kind]
            found.append(self.running.checked(template.replace("{i}", str(self.number))))
        return found

    def completions(self, times):
        found = []
        for _ in range(times):
            self.number += 1
            found.append(self.running.completed(self.kernel["complete"].replace("{i}", str(self.number))))
        return found

    def prints(self, times):
        """Milliseconds of each and the most lines lost; none when the kernel lost its idle status too."""
        found, lost = [], 0
        try:
            for _ in range(times):
                milliseconds, _, text = self.running.execute(self.kernel["cells"]["prints"], timeout=5)
                found.append(milliseconds)
                lost = max(lost, PRINTS - len(text.splitlines()))
        except Exception:
            return [], None
        return found, lost

    def growth(self, cells):
        after = []
        for number in range(1, cells + 1):
            self.running.checked(AGAIN.replace("{i}", str(number)))
            if number in (cells // 5, cells):
                after.append(self.running.rss())
        return after[1] / after[0]

    def all(self):
        """Whatever could be measured until a step failed, and `failed`: why the steps after it are missing."""
        out = {}
        try:
            for part in self.steps():
                out.update(part)
        except Exception as error:
            out["failed"] = f"after {', '.join(out) or 'nothing'}: {error!r}"
        return out

    def steps(self):
        kernel, repeat = self.kernel, self.kernel["repeat"]
        yield {"start": self.start()}
        if kernel.get("before"):
            self.running.checked(kernel["before"])
        # The imports of TensorFlow.js stand early, as in a notebook: what follows has it in its program.
        for kind in ("trivial", "declaring", "firstTfjs", "tfjs"):
            if kind in kernel["cells"]:
                yield {kind: self.cells(kind, repeat.get(kind, 1))}
        if kernel.get("complete"):
            yield {"complete": self.completions(repeat["complete"])}
        if kernel.get("fillTo"):
            # From 50 cells before it to 50 after: what happens once in so many cells shows in the p95 as often as it does.
            self.cells("declaring", max(0, kernel["fillTo"] - self.number - 50))
            middle = max(10, kernel["fillTo"] - self.number)
            around = self.cells("declaring", 101)
            yield {"at200": around[middle - 10 : middle + 10], "around200": around}
        yield {"rss": self.running.rss(), "parts": self.running.parts(kernel.get("parts", {}))}
        prints, lost = self.prints(repeat["prints"])
        yield {"prints": prints, "printsLost": lost}


def measure(kernel):
    measurement = Measurement(kernel)
    try:
        return measurement.all()
    finally:
        measurement.running.stop()


def grow(kernel):
    measurement = Measurement(kernel)
    try:
        measurement.start()
        return {"growth": measurement.growth(kernel["grow"])}
    finally:
        measurement.running.stop()


def report(name, round_number, work):
    try:
        print(json.dumps({"kernel": name, "round": round_number, **work()}), flush=True)
    except Exception as error:
        print(json.dumps({"kernel": name, "round": round_number, "failed": repr(error)}), flush=True)


def main():
    rounds = int(sys.argv[1])
    kernels = json.load(sys.stdin)
    for round_number in range(rounds):
        for name, kernel in kernels.items():
            report(name, round_number, lambda: measure(kernel))
    for name, kernel in kernels.items():
        if kernel.get("grow"):
            report(name, rounds, lambda: grow(kernel))


if __name__ == "__main__":
    main()
