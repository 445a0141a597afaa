"""Writes papermill's parameters as a TypeScript cell that also type-checks.

papermill puts the cell after the one tagged `parameters`, whose variables it declares again. A plain `const mode =
"fast"` there would narrow the type that the rest of the notebook was written for. So the keyword and the annotation of
the default are kept: papermill lets a translator inspect the defaults right before it asks for the new cell.
"""

import json
import math
import re
from contextvars import ContextVar

from papermill.models import Parameter
from papermill.translators import Translator

from .declarations import NAME, Declaration, read_declarations

LARGEST = 2**53 - 1
RESERVED = set(
    "break case catch class const continue debugger default delete do else enum export extends false finally for "
    "function if implements import in instanceof interface let new null package private protected public return "
    "static super switch this throw true try typeof var void while with yield await".split()
)

#: The defaults that `inspect` read last, for the `codify` that follows it; taken once.
_defaults: ContextVar[dict] = ContextVar("tunelab_jupyter_defaults", default={})


class TypeScriptTranslator(Translator):
    """papermill's Translator for TypeScript."""

    @classmethod
    def inspect(cls, parameters_cell):
        """The parameters a cell declares, with their annotation or the type of their literal."""
        declared = read_declarations(parameters_cell["source"])
        _defaults.set({declaration.name: declaration for declaration in declared})
        return [
            Parameter(d.name, d.annotation or literal_type(d.value) or "None", d.value, d.help) for d in declared
        ]

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        """The cell. Raises ValueError for a name or a number that TypeScript cannot hold."""
        defaults = _defaults.get()
        _defaults.set({})
        lines = [declare(name, value, defaults.get(name)) for name, value in parameters.items()]
        return "\n".join([cls.comment(comment), *lines, ""])

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        return f"const {name} = {str_val};"

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_int(cls, val):
        if abs(val) > LARGEST:
            raise ValueError(f"{val} cannot be held exactly by a TypeScript number (at most 2^53 - 1); pass it as text")
        return str(val)

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "NaN"
        if math.isinf(val):
            return "Infinity" if val > 0 else "-Infinity"
        return repr(float(val))

    @classmethod
    def translate_escaped_str(cls, str_val):
        """JSON's strings are TypeScript's. Half a surrogate pair can stand in no file, so it is escaped."""
        text = str(str_val)
        halves = any("\ud800" <= character <= "\udfff" for character in text)
        return json.dumps(text, ensure_ascii=halves)

    @classmethod
    def translate_list(cls, val):
        return f"[{', '.join(cls.translate(item) for item in val)}]"

    @classmethod
    def translate_dict(cls, val):
        entries = ", ".join(f"{key_text(str(key))}: {cls.translate(item)}" for key, item in val.items())
        return f"{{ {entries} }}" if entries else "{}"

    @classmethod
    def translate(cls, val):
        return cls.translate_list(val) if isinstance(val, (list, tuple)) else super().translate(val)


def declare(name, value, default):
    """One line that declares a parameter as its default was declared."""
    if not NAME.match(name) or name in RESERVED:
        raise ValueError(f"a parameter must have a name that a TypeScript variable may have, given {name!r}")
    default = default or Declaration("const", name, "", "", "")
    annotation = default.annotation or other_type(value, default.value) or wide_type(value, default.keyword)
    text = TypeScriptTranslator.translate(value)
    kinds = re.findall(r"\w+", annotation)
    if value is None and "undefined" in kinds and "null" not in kinds:
        text = "undefined"
    return f"{default.keyword} {name}{': ' if annotation else ''}{annotation} = {text};"


def wide_type(value, keyword):
    """The annotation of a parameter whose default has none; empty where TypeScript's own inference is right.

    Text under `const` keeps its literal type, which also fits where only certain words are allowed.
    """
    if value is None:
        return "any"
    if isinstance(value, (list, tuple)) and len(value) == 0:
        return "any[]"
    if keyword != "const":
        return ""
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, (int, float)) else ""


def other_type(value, default):
    """The type of the default's literal, where the value is of another: TypeScript then tells of it. Else empty."""
    kinds = {bool: "boolean", int: "number", float: "number", str: "string", list: "list", tuple: "list", dict: "object"}
    kind = literal_type(default)
    return "" if value is None or kinds.get(type(value)) == kind else kind


def literal_type(text):
    """The type of a literal, or the empty string for any other expression."""
    if text in ("true", "false"):
        return "boolean"
    if re.fullmatch(r"[+-]?[\d_]*\.?\d[\d_]*(e[+-]?\d+)?", text, re.IGNORECASE):
        return "number"
    return "string" if text[:1] in ("'", '"', "`") else ""


def key_text(key):
    """A key of an object. `__proto__` would set the object's prototype if it were not computed."""
    if key == "__proto__":
        return '["__proto__"]'
    return key if NAME.match(key) else TypeScriptTranslator.translate_escaped_str(key)
