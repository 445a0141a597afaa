"""What Jupyter's Python programs need to know of the TypeScript kernel tunelab.

`python -m tunelab_jupyter` prints where nbval's sanitize file lies.
"""

from pathlib import Path

#: Masks times, ids and rates in the outputs that nbval compares (`--nbval-sanitize-with`).
SANITIZE_FILE = Path(__file__).parent / "nbval-sanitize.cfg"
