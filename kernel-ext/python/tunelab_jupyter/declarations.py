"""Reads the variables that a TypeScript cell declares at its top level: enough for a cell of default parameters."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|=>|[\w$]+|\n|[^\S\n]+|.""",
    re.DOTALL,
)
NAME = re.compile(r"[A-Za-z_$][\w$]*\Z")


@dataclass(frozen=True)
class Declaration:
    """`keyword name: annotation = value; // help`; what is not written is the empty string."""

    keyword: str
    name: str
    annotation: str
    value: str
    help: str


def read_declarations(source):
    """The `const`, `let` and `var` declarations of a cell, in order. What cannot be read is left out.

    >>> read_declarations("const lr: number = 1e-3; // the rate")
    [Declaration(keyword='const', name='lr', annotation='number', value='1e-3', help='the rate')]
    """
    return list(_Reader(TOKEN.findall(source)).declarations())


class _Reader:
    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def declarations(self):
        while self.at < len(self.tokens):
            if self._peek() in ("const", "let", "var"):
                yield from self._statement(self._next())
            else:
                self._skip_statement()

    def _statement(self, keyword):
        """The declarators up to the end of the statement; the comment after it belongs to the last one."""
        found = []
        while True:
            self._skip_space()
            name = self._next()
            self._skip_space()
            annotation = value = ""
            if self._peek() == ":":
                self._next()
                annotation = self._text(ends="=,;", angles=True)
            if self._peek() == "=":
                self._next()
                value = self._text(ends=",;", angles=False)
            if NAME.match(name):
                found.append((keyword, name, annotation, value))
            if self._peek() != ",":
                break
            self._next()
        comment = self._rest_of_line()
        for number, fields in enumerate(found, 1):
            yield Declaration(*fields, comment if number == len(found) else "")

    def _text(self, ends, angles):
        """Source up to one of `ends` outside brackets, or to the end of a line that ends the statement."""
        opening, closing = ("([{<", ")]}>") if angles else ("([{", ")]}")
        depth, text = 0, ""
        while self.at < len(self.tokens):
            token = self._peek()
            if depth == 0 and (token in ends or token.startswith("//")):
                break
            if depth == 0 and token == "\n" and text.strip() and not self._continues(text):
                break
            if token in opening:
                depth += 1
            elif token in closing:
                depth -= 1
            if not token.startswith(("//", "/*")):
                text += token
            self._next()
        return " ".join(text.split())

    def _continues(self, text):
        """Whether a statement goes on after a line end: the line, or the next one, has an operator there."""
        following = next((token for token in self.tokens[self.at :] if token.strip()), "")
        return text.rstrip()[-1] in "=+-*/|&?:.<(" or following in (".", "?", ":", "|", "&", "+", "*", "=")

    def _rest_of_line(self):
        comment = ""
        while self.at < len(self.tokens) and self._peek() != "\n":
            token = self._next()
            if token.startswith("//"):
                comment = token[2:].strip()
            elif token.startswith("/*"):
                comment = token[2:-2].strip()
            elif token in ("const", "let", "var"):
                self.at -= 1
                break
        return comment

    def _skip_statement(self):
        """Goes over one token, or over a whole bracket: what is declared inside is not the cell's."""
        depth = 0
        while self.at < len(self.tokens):
            token = self._next()
            depth += (token in "([{") - (token in ")]}")
            if depth <= 0:
                return

    def _skip_space(self):
        while self.at < len(self.tokens) and (not self._peek().strip() or self._peek().startswith(("//", "/*"))):
            self._next()

    def _peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _next(self):
        token = self._peek()
        self.at += 1
        return token
