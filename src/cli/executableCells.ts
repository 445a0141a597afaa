/** The cells of a notebook as they are executed once more. */

/** Magics under which code runs, or that decide how it does. */
const kept = new Set(["time", "timeit", "capture", "profile", "env", "cd"]);

/**
 * The cells with code in them, without shell lines and without magics that train nothing by themselves: what those wrote, or
 * installed, is there already. Lines keep their places.
 */
export function executableCells(sources: readonly string[]): string[] {
  return sources.map(executable).filter((source) => source.trim() !== "");
}

function executable(source: string): string {
  const lines = source.split(/\r\n?|\n/);
  const head = lines.findIndex((line) => !/^\s*(\/\/.*)?$/.test(line));
  const [, cellMagic] = /^%%([\w-]+)/.exec(lines[head] ?? "") ?? [];
  if (cellMagic !== undefined && !kept.has(cellMagic)) return "";
  let continues = false;
  return lines
    .map((line) => {
      const [, magic] = /^\s*%{1,2}([A-Za-z_][\w-]*)/.exec(line) ?? [];
      const left = continues || /^\s*!/.test(line) || (magic !== undefined && !kept.has(magic));
      continues = left && line.endsWith("\\");
      return left ? "" : line;
    })
    .join("\n");
}
