"""Fills offline runs of Weights & Biases from lines of JSON on standard input; prints the folder of each run as JSON.

usage: wandb_export.py OUT PROJECT < lines      (needs the package wandb, 0.16 or later)

A line is {"run": {id, name, group, tags, notes, config, failed, metrics: {tag: step metric}}}, then {"rows": [{tag: value, …}, …]},
{"histograms": [{tag, row, counts, edges}, …]} and {"end": {summary}}. Numbers may be NaN, Infinity and -Infinity.
"""

import json
import os
import sys

os.environ.update(
    WANDB_MODE="offline",
    WANDB_SILENT="true",
    WANDB_CONSOLE="off",
    WANDB_DISABLE_GIT="true",
    WANDB_DISABLE_CODE="true",
    WANDB_ERROR_REPORTING="false",
    # What this machine does while it writes says nothing of the run.
    WANDB_X_DISABLE_STATS="true",
    WANDB_X_DISABLE_MACHINE_INFO="true",
)

MOST_BINS = 512


def narrowed(counts, edges):
    """wandb takes 512 bins at most: neighbours are put together."""
    while len(counts) > MOST_BINS:
        counts = [sum(counts[i : i + 2]) for i in range(0, len(counts), 2)]
        edges = edges[:-1:2] + edges[-1:]
    return counts, edges


def main(out, project):
    import wandb

    run = None
    for line in sys.stdin:
        message = json.loads(line)
        if "run" in message:
            given = message["run"]
            run = wandb.init(
                project=project,
                dir=out,
                mode="offline",
                id=given["id"],
                name=given["name"],
                group=given["group"],
                tags=given["tags"],
                notes=given["notes"] or None,
                config=given["config"],
                reinit=True,
            )
            for tag, step in given["metrics"].items():
                # A star stands for any text there, so such a tag has wandb's own step.
                if "*" not in tag:
                    run.define_metric(tag, step_metric=step)
        for row in message.get("rows", ()):
            run.log(row)
        for one in message.get("histograms", ()):
            counts, edges = narrowed(one["counts"], one["edges"])
            run.log({**one["row"], one["tag"]: wandb.Histogram(np_histogram=(counts, edges))})
        if "end" in message:
            run.summary.update(message["end"])
            folder = os.path.dirname(os.path.abspath(run.dir))
            run.finish(exit_code=1 if given["failed"] else 0)
            print(json.dumps(folder), flush=True)


if __name__ == "__main__":
    try:
        import wandb  # noqa: F401
    except ImportError as error:
        print(f"no wandb: {error}", file=sys.stderr)
        sys.exit(3)
    main(sys.argv[1], sys.argv[2])
