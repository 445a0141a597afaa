/** Long texts in lines, for charts and terminals. */
import { visibleControls } from "../base/visibleControls.js";

/** Lines of at most `width` UTF-16 units, parted at spaces where there are such; what controls a terminal is shown as `·`. */
export function wrapped(text: string, width: number): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line) => {
    const parts: string[] = [];
    let rest = visibleControls(line.replaceAll("\t", "    ")).trimEnd();
    while (rest.length > width) {
      const space = rest.lastIndexOf(" ", width);
      const at = space > width / 3 ? space : wholeUpTo(rest, width);
      parts.push(rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...parts, rest];
  });
}

/** The place at or before `at`, behind the first character at least, where no surrogate pair is parted. */
function wholeUpTo(text: string, at: number): number {
  const parts = (text.codePointAt(at - 1) as number) > 0xffff;
  if (!parts) return at;
  return at > 1 ? at - 1 : at + 1;
}
