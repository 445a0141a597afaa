"""tensorboardX: add_scalar for every value; the queue is written out at the end of what is timed."""
import sys
import tempfile

import tensorboardX

from answer import TAGS, serve

with tempfile.TemporaryDirectory() as folder:
    writer = tensorboardX.SummaryWriter(folder)

    def write(values, calls):
        for step in range(calls):
            for tag in TAGS[:values]:
                writer.add_scalar(tag, 1 / (step + 1), step)
        writer.flush()

    serve(f"tensorboardX {tensorboardX.__version__} on Python {sys.version.split()[0]}", write)
    writer.close()
