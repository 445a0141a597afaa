/** `files = !ls`, as in IPython, is TypeScript here: a hint for who meant the command. */

/** What to write instead, where an error lies on such a line. */
export function commandHint(line: string): string | undefined {
  const [, name = "", command = ""] =
    /^\s*(?:(?:const|let|var)\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=\s*!\s*([a-z][^=]*?);?\s*$/u.exec(
      line,
    ) ?? [];
  if (name === "") return undefined;
  return `a command's output is kept by %%capture ${name} on a cell's first line and !${command} below it: ${name}.stdout`;
}
