/** Tags of a documentation comment as a person reads them: `*@param* `x` — …` stands in a list below "Parameters". */

/** Of those that may come several times: what stands above them all. */
const lists: Readonly<Record<string, string>> = {
  param: "Parameters",
  property: "Properties",
  see: "See also",
  template: "Type parameters",
  throws: "Throws",
  exception: "Throws",
};

const names: Readonly<Record<string, string>> = {
  defaultvalue: "Default",
  return: "Returns",
};

const tag = /^\*@(\w+)\*(?: — )?(?: (`[^`]*`)(?: — )?)?\s*(.*)$/;

/** @param markdown as TypeScript's server writes it; its blocks of code are kept as they are */
export function docSections(markdown: string): string {
  const written: string[] = [];
  let list = "";
  let isItem = false;
  let fence = false;
  for (const line of markdown.split("\n")) {
    if (/^\s*```/.test(line)) fence = !fence;
    const [, name, subject = "", words = ""] = (!fence && tag.exec(line)) || [];
    if (name === undefined) {
      if (line.trim() === "") isItem = false;
      else if (!isItem) list = "";
      written.push(isItem ? `  ${line}` : line);
      continue;
    }
    const title = lists[name.toLowerCase()];
    isItem = title !== undefined;
    if (title !== undefined && title === list) while (written.at(-1) === "") written.pop();
    else if (title !== undefined) written.push(`**${title}**`, "");
    list = title ?? "";
    const told = [subject, words].filter((part) => part !== "").join(isItem ? ": " : " ");
    if (title !== undefined) written.push(`- ${told}`);
    else written.push(`**${names[name.toLowerCase()] ?? capital(name)}**${told && `: ${told}`}`);
  }
  return written.join("\n");
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
