/** Code of each construct that nests, by how many levels it has. */
export const nested: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => around("(", "1", ")", depth),
  "open parentheses": (depth) => "(".repeat(depth),
  "open brackets": (depth) => "[".repeat(depth),
  arrays: (depth) => around("[", "", "]", depth),
  objects: (depth) => `x = ${around("{ a: ", "1", "}", depth)}`,
  blocks: (depth) => around("{", "", "}", depth),
  "tuple types": (depth) => `let tuple: ${around("[", "1", "]", depth)}`,
  "type arguments": (depth) => `let list: ${around("Array<", "1", ">", depth)}`,
  templates: (depth) => around("`$" + "{", "1", "}`", depth),
  tags: (depth) => around("<a>", "", "</a>", depth),
  negations: (depth) => `${"!".repeat(depth)}1`,
  minus: (depth) => around("-(", "1", ")", depth),
  "else if": (depth) => `let branch = 0; if (branch) 1;${" else if (branch) 2;".repeat(depth)}`,
  conditionals: (depth) => `${"0 ? 1 : ".repeat(depth)}2`,
  functions: (depth) => around("(() => ", "1", ")", depth),
  "function bodies": (depth) => around("function f() {", "", "}", depth),
  classes: (depth) => around("(class { a = ", "1", "})", depth),
  sums: (depth) => `1${" + 1".repeat(depth)}`,
  "method calls": (depth) => `Promise.resolve(1)${".then((a) => a)".repeat(depth)}`,
  "a magic's line": (depth) => `%time ${around("(", "1", ")", depth)}`,
  "a magic's body": (depth) => `%%time\n${around("(", "1", ")", depth)}`,
  "an error before it": (depth) => `const = 1; ${"[".repeat(depth)}`,
};

function around(open: string, inner: string, close: string, depth: number): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}
