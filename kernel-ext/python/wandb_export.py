"""Fills offline runs of Weights & Biases from lines of JSON on standard input; prints the folder of each run as JSON, and
{"problem": sentence} for each picture, sound or artifact that is left out: the rest is worth having.

usage: wandb_export.py OUT PROJECT < lines      (needs the package wandb, 0.16 or later)

A line is {"run": {id, name, group, tags, notes, config, failed, metrics: {tag: step metric}}}, then {"rows": [{tag: value, …}, …]},
{"histograms": [{tag, row, counts, edges}, …]}, {"media": [{tag, place, row, html | table | images | audio}, …]} with files as base64,
{"artifact": {name, version, aliases, files: [{path, sha256, at}, …]}} and {"end": {summary}}. Numbers may be NaN, Infinity and -Infinity.
"""

import base64
import hashlib
import html
import json
import os
import re
import sys
import tempfile

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


def file_of(encoded, folder, ending):
    """A file for wandb to copy, as it takes sounds and pictures without further packages."""
    descriptor, path = tempfile.mkstemp(suffix=ending, dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64decode(encoded))
    return path


def picture_ending(encoded):
    start = base64.b64decode(encoded[:8])
    return ".jpg" if start.startswith(b"\xff\xd8\xff") else ".gif" if start.startswith(b"GIF8") else ".png"


def media_of(one, folder):
    import wandb

    if "html" in one:
        style = "white-space: pre-wrap"
        made = [wandb.Html(f'<pre style="{style}">{html.escape(text)}</pre>', inject=False) for text in one["html"]]
    elif "table" in one:
        return wandb.Table(columns=one["table"]["columns"], data=one["table"]["rows"], allow_mixed_types=True)
    elif "images" in one:
        made = [wandb.Image(file_of(file, folder, picture_ending(file))) for file in one["images"]]
    else:
        made = [wandb.Audio(file_of(file, folder, ".wav")) for file in one["audio"]]
    return made[0] if len(made) == 1 else made


def tell(sentence):
    print(json.dumps({"problem": sentence}), flush=True)


def log_media(run, one, folder):
    """What wandb cannot take, such as a picture that is none, is told; what the system says of the disk ends the export."""
    try:
        made = media_of(one, folder)
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        tell(f"{one['place']} is left out: wandb does not take it: {' '.join(str(error).split())}")
        return
    run.log({**one["row"], one["tag"]: made})


def unsound(given):
    """Why an artifact cannot be exported, if it cannot."""
    for file in given["files"]:
        if file["path"].startswith("/") or ".." in file["path"].split("/"):
            return f"a file's path must stay within it; got {file['path']}"
        try:
            with open(file["at"], "rb") as stored:
                found = digest_of(stored)
        except OSError as error:
            return f"its file {file['path']} cannot be read: {error}"
        if found != file["sha256"]:
            return f"its file {file['path']} must have SHA-256 {file['sha256']}; got {found}"
    return None


def digest_of(stored):
    digest = hashlib.sha256()
    while piece := stored.read(2**20):
        digest.update(piece)
    return digest.hexdigest()


def log_artifact(run, given, name):
    import wandb

    why = unsound(given)
    if why is not None:
        tell(f"run {name}: artifact {given['name']}:v{given['version']} is left out: {why}")
        return

    # wandb's names have letters, digits and -_. only.
    artifact = wandb.Artifact(re.sub(r"[^\w.-]", "-", given["name"], flags=re.ASCII)[:128], type="artifact")
    for file in given["files"]:
        artifact.add_file(file["at"], name=file["path"])
    run.log_artifact(artifact, aliases=given["aliases"])


def main(out, project):
    # What is to be uploaded of artifacts waits beside the runs, not in the person's own folder.
    os.environ.setdefault("WANDB_DATA_DIR", out)
    with tempfile.TemporaryDirectory() as folder:
        fill(out, project, folder)


def fill(out, project, folder):
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
        for one in message.get("media", ()):
            log_media(run, one, folder)
        if "artifact" in message:
            log_artifact(run, message["artifact"], given["name"])
        if "end" in message:
            run.summary.update(message["end"])
            at = os.path.dirname(os.path.abspath(run.dir))
            run.finish(exit_code=1 if given["failed"] else 0)
            print(json.dumps(at), flush=True)


if __name__ == "__main__":
    try:
        import wandb  # noqa: F401
    except ImportError as error:
        print(f"no wandb: {error}", file=sys.stderr)
        sys.exit(3)
    main(sys.argv[1], sys.argv[2])
