/** The space on `%sweep train lr=log(1e-4,1e-1) act=[relu,swish]` as TypeScript, to be held against what `train` takes. */
/** What a magic's line gives to a parameter of a function of the notebook. */
export interface GivenParameter {
  readonly function: string;
  readonly name: string;
  /** TypeScript type of the values that will be given. */
  readonly type: string;
  /** The word of the line that says so. */
  readonly word: string;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Of words that can be read as a space; what else is wrong with them is said when the sweep starts. */
export function givenParameters([called = "", ...words]: readonly string[]): GivenParameter[] {
  if (!IDENTIFIER.test(called)) return [];
  return words.flatMap((word) => {
    const [, name = "", form = ""] = /^([^=\s]+)=(.+)$/s.exec(word) ?? [];
    const type = typeOf(form);
    return type === undefined || !IDENTIFIER.test(name) ? [] : [{ function: called, name, type, word }];
  });
}

function typeOf(form: string): string | undefined {
  if (/^(float|log|int)\s*\(.*\)$/s.test(form)) return "number";
  if (/^\w+\s*\(/.test(form)) return undefined;
  const list = /^\[(.*)\]$/s.exec(form)?.[1];
  const items = list === undefined ? [form] : (list.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? []);
  const literals = items.map((item) => literalOf(item.trim())).filter((literal) => literal !== "");
  return literals.length === 0 ? undefined : literals.join(" | ");
}

/** As the space's own parser reads a value: a number, true, false, null, else text. */
function literalOf(text: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted) return JSON.stringify(quoted[2]);
  if (text === "" || text === "true" || text === "false" || text === "null") return text;
  const number = Number(text);
  return Number.isFinite(number) ? String(number) : JSON.stringify(text);
}
