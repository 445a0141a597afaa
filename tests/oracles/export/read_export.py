"""Reads exported runs with other programs' readers and prints what they saw, numbers as the hexadecimal of their float64.

usage: read_export.py csv|json|parquet|wandb PATH      (parquet needs pyarrow, wandb needs wandb)
"""
import csv
import hashlib
import json
import struct
import sys


def bits(value):
    return struct.pack(">d", float(value)).hex()


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file, strict=True)
    return {"header": header, "rows": rows, "bits": [[bits(cell) if number(cell) else cell for cell in row] for row in rows]}


def number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def read_json(path):
    def constant(name):
        raise ValueError(f"{name} is no JSON")

    with open(path, encoding="utf-8") as file:
        document = json.load(file, parse_constant=constant)
    return [
        {
            "name": run["name"],
            "config": run["config"],
            "scalars": {
                tag: [
                    [step, bits(time), bits(value)]
                    for step, time, value in zip(series["steps"], series["wallTimes"], series["values"], strict=True)
                ]
                for tag, series in run["scalars"].items()
            },
            "histograms": run["histograms"],
        }
        for run in document["runs"]
    ]


def read_parquet(path):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(path)
    rows = table.to_pylist()
    return {
        "types": {field.name: str(field.type) for field in table.schema},
        "rows": [[row["run"], row["tag"], row["step"], bits(row["wallTime"]), bits(row["value"])] for row in rows],
        "runs": json.loads(table.schema.metadata[b"tunelab"]),
    }


def records(path):
    """The records of a .wandb file, which has the format of LevelDB's log behind a header of 7 bytes.

    https://github.com/google/leveldb/blob/main/doc/log_format.md; releases of wandb with a reader of their own in Python
    (wandb.sdk.internal.datastore, up to 0.22) are asked for it.
    """
    try:
        from wandb.sdk.internal.datastore import DataStore
    except ImportError:
        yield from log_records(path)
        return
    store = DataStore()
    store.open_for_scan(path)
    while (data := store.scan_data()) is not None:
        yield data


def log_records(path):
    block = 32 * 1024
    with open(path, "rb") as file:
        data = file.read()
    assert data[:4] == b":W&B", data[:7]
    at, parts = 7, []
    while at + 7 <= len(data):
        left = block - at % block
        if left < 7:
            at += left
            continue
        _, length, kind = struct.unpack("<IHB", data[at : at + 7])
        parts.append(data[at + 7 : at + 7 + length])
        at += 7 + length
        # 1: whole; 2, 3, 4: first, middle and last part.
        if kind in (1, 4):
            yield b"".join(parts)
            parts = []


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_wandb(folder):
    import glob

    from wandb.proto import wandb_internal_pb2

    [path] = glob.glob(f"{folder}/run-*.wandb")
    found = {"rows": [], "metrics": {}, "summary": {}, "run": None, "config": {}, "exit": None, "artifacts": []}
    for data in records(path):
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        kind = record.WhichOneof("record_type")
        if kind == "run":
            run = record.run
            found["run"] = {
                "id": run.run_id, "name": run.display_name, "group": run.run_group,
                "tags": list(run.tags), "notes": run.notes, "project": run.project,
            }
            found["config"].update({item.key: json.loads(item.value_json) for item in run.config.update})
        elif kind == "config":
            found["config"].update({item.key: json.loads(item.value_json) for item in record.config.update})
        elif kind == "history":
            row = {}
            for item in record.history.item:
                value = json.loads(item.value_json)
                key = item.key or "/".join(item.nested_key)
                row[key] = bits(value) if isinstance(value, (int, float)) else value
            found["rows"].append(row)
        elif kind == "metric":
            found["metrics"][record.metric.name] = record.metric.step_metric
        elif kind == "summary":
            for item in record.summary.update:
                found["summary"][item.key or "/".join(item.nested_key)] = json.loads(item.value_json)
        elif kind == "artifact":
            artifact = record.artifact
            contents = artifact.manifest.contents
            found["artifacts"].append({
                "name": artifact.name,
                "aliases": list(artifact.aliases),
                "files": {entry.path: digest_of(entry.local_path) for entry in contents},
            })
        elif kind == "exit":
            found["exit"] = record.exit.exit_code
    return found


READERS = {"csv": read_csv, "json": read_json, "parquet": read_parquet, "wandb": read_wandb}
print(json.dumps(READERS[sys.argv[1]](sys.argv[2])))
