import type { HistoryQuery } from "../session/protocol.js";
import { MagicError } from "./magicError.js";
import { defineMagic } from "./registry.js";

export const history = defineMagic({
  name: "history",
  kind: "line",
  summary: "Prints the cells of this session before this one, or finds cells of any session.",
  details: [
    "CELLS are numbers and ranges of this session, such as 4 2-6 8-; -1/3-5 are those of the session before.",
    "--grep looks through all sessions on disk. Cells of other sessions are numbered session/cell.",
  ].join("\n"),
  examples: ["%history", "%history -n 5", "%history 2-4 7", "%history -1/1-", "%history -g 'fit(' -n 10"],
  options: {
    number: { type: "integer", short: "n", min: 1, summary: "Only the last N of them" },
    grep: {
      type: "text",
      short: "g",
      summary: "Cells of all sessions that contain this; * and ? stand for anything",
    },
    output: { type: "flag", short: "o", summary: "Also the results, known of this session only" },
    unique: { type: "flag", short: "u", summary: "With --grep: of equal cells only the newest" },
  },
  positionals: [{ name: "cells", summary: "Which cells; all of this session without", many: true }],
  async run(context, { options, positionals }) {
    if (options.grep !== undefined && positionals.length > 0)
      throw new MagicError(`%history takes --grep or cells, but was given both: ${positionals.join(" ")}`);
    const queries =
      options.grep === undefined
        ? positionals.map(rangeQuery)
        : [
            {
              access: "search",
              pattern: `*${options.grep.replaceAll("[", "[[]")}*`,
              unique: options.unique,
            } as const,
          ];
    const found =
      queries.length === 0
        ? await context.request("history", {})
        : (await Promise.all(queries.map((query) => context.request("history", { query })))).flat();
    const [{ session: own } = { session: 0 }] = await context.request("history", { last: 1 });
    // A range of this session has 0 as its session, as in the protocol.
    const isOwn = (session: number) => session === own || session === 0;
    const before = found.filter(({ session, number }) => !isOwn(session) || number !== context.cell);
    const shown = before.slice(options.number === undefined ? 0 : -options.number);
    const labels = shown.map(({ session, number }) =>
      isOwn(session) ? `${number}` : `${session}/${number}`,
    );
    const width = Math.max(1, ...labels.map(({ length }) => length));
    shown.forEach(({ source, output }, index) => {
      const text = margined(source, (labels[index] ?? "").padStart(width));
      const result = options.output && output !== undefined ? margined(output, "→".padStart(width)) : "";
      context.print(`${text}${result}`);
    });
  },
});

/** `4`, `2-6`, `8-`, with `-1/` or `17/` before it for another session. */
function rangeQuery(word: string): HistoryQuery {
  const [, session = "0", first, dash, last] = /^(?:(-?\d+)\/)?(\d+)(-)?(\d+)?$/.exec(word) ?? [];
  const start = Number(first);
  const end = last === undefined ? start : Number(last);
  if (first === undefined || start < 1 || end < start || (last !== undefined && dash === undefined))
    throw new MagicError(
      `%history takes cells such as 4, 2-6, 8- or -1/3-5 (--grep finds text), but was given ${JSON.stringify(word)}`,
    );
  const isOpen = dash !== undefined && last === undefined;
  return { access: "range", session: Number(session), start, ...(!isOpen && { stop: end + 1 }) };
}

function margined(text: string, label: string): string {
  const lines = text.trimEnd().split("\n");
  return lines.map((line, index) => `${index === 0 ? label : " ".repeat(label.length)} │ ${line}\n`).join("");
}
