"""papermill loads the engines of installed packages when it starts, but no translators: this engine brings ours.

The engine itself is papermill's own. `--engine` need not be given, since the translator is there once papermill is.
"""

from papermill.engines import NBClientEngine
from papermill.translators import papermill_translators

from .typescript_translator import TypeScriptTranslator


class TunelabEngine(NBClientEngine):
    """papermill's default engine."""


papermill_translators.register("tunelab", TypeScriptTranslator)
papermill_translators.register("typescript", TypeScriptTranslator)
