"""Reads [{"source": cell or null, "parameters": Python expression}] and writes the cells that papermill would inject."""

import json
import sys

from papermill.translators import papermill_translators
import papermill.engines  # noqa: F401 - loads the engines of installed packages, ours among them


def answer(case):
    translator = papermill_translators.find_translator("tunelab", "typescript")
    try:
        declared = []
        if case["source"] is not None:
            declared = [list(parameter) for parameter in translator.inspect({"source": case["source"]})]
        return {"declared": declared, "cell": translator.codify(eval(case["parameters"]), "Parameters")}
    except ValueError as error:
        return {"error": str(error)}


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
