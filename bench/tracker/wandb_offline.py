"""wandb offline: one log call for all values of a step; what its service still has to write is not timed."""
import contextlib
import os
import sys
import tempfile

os.environ["WANDB_SILENT"] = "true"
import wandb  # noqa: E402

from answer import TAGS, serve  # noqa: E402

with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    with contextlib.redirect_stdout(sys.stderr):
        settings = wandb.Settings(console="off", silent=True, disable_git=True, x_disable_stats=True)
        run = wandb.init(mode="offline", dir=folder, settings=settings)

    def write(values, calls):
        for step in range(calls):
            run.log({tag: 1 / (step + 1) for tag in TAGS[:values]})

    serve(f"wandb {wandb.__version__} offline", write)
    with contextlib.redirect_stdout(sys.stderr):
        run.finish()
