/** What a chart that Vega drew as SVG shows: the marks with a description, and the texts. */

/** A described mark, such as `epoch: 1; value: 0.61; run: spine`, as names and texts. */
export type DrawnMark = Readonly<Record<string, string>>;

/** The described marks of the groups whose class contains `group`. */
export function drawnMarks(svg: string): DrawnMark[] {
  return [...svg.matchAll(/aria-label="([^"]*)"/g)]
    .map(([, label = ""]) => label)
    .filter((label) => /^[\w ]+: [^;]+(; [\w ]+: [^;]+)+$/.test(label))
    .map((label) =>
      Object.fromEntries(
        label.split("; ").map((part) => {
          const colon = part.indexOf(": ");
          return [part.slice(0, colon), part.slice(colon + 2)];
        }),
      ),
    );
}

/** Every text, in the order it was drawn. */
export function drawnTexts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
}
