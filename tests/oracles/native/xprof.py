"""What TensorBoard's profile plugin makes of the profile in xprofEvents.json. Writes xprof.json.

After a build: python -m venv peer && peer/bin/pip install xprof==2.24.2 && peer/bin/python xprof.py
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile

# This file has the package's name.
sys.path.pop(0)
from xprof.convert import raw_to_tool_data  # noqa: E402

here = pathlib.Path(__file__).resolve().parent
writer = """
const { readFileSync, writeFileSync } = await import("node:fs");
const { xspace } = await import(`${process.argv[1]}/../../../dist/src/native/xplane.js`);
const profile = JSON.parse(readFileSync(`${process.argv[1]}/xprofEvents.json`, "utf8"));
writeFileSync(process.argv[2], xspace(profile, "host"));
"""
# The plugin writes files of its own beside it.
folder = tempfile.TemporaryDirectory()
source = pathlib.Path(folder.name) / "host.xplane.pb"
subprocess.run(["node", "--input-type=module", "-e", writer, here, source], check=True)


def tool(name):
    data, _ = raw_to_tool_data.xspace_to_tool_data([str(source)], name, {"use_saved_result": False})
    return json.loads(data)


stretches = [event for event in tool("trace_viewer")["traceEvents"] if event.get("ph") == "X"]
lanes = {
    event["tid"]: event["args"]["name"]
    for event in tool("trace_viewer")["traceEvents"]
    if event.get("name") == "thread_name"
}
(table, *_) = tool("framework_op_stats")
columns = [column["id"] for column in table["cols"]]
rows = [dict(zip(columns, [cell["v"] for cell in row["c"]])) for row in table["rows"]]

seen = {
    "file": base64.b64encode(source.read_bytes()).decode(),
    "tools": raw_to_tool_data.xspace_to_tool_names([str(source)]),
    "timeline": [
        # The plugin adds two of its own.
        {
            "lane": lanes[event["tid"]],
            "name": event["name"],
            "begin": event["ts"],
            "microseconds": event["dur"],
            "args": {k: v for k, v in event["args"].items() if k not in ("is_eager", "long_name")},
        }
        for event in stretches
    ],
    "ops": [
        {name: row[name] for name in ("type", "operation", "occurrences", "total_time", "total_self_time")}
        for row in rows
        if row["type"] != "IDLE"
    ],
}
(here / "xprof.json").write_text(json.dumps(seen, indent=1) + "\n")
