// The comment that says a file's licence, with its line's end. For `match` and `replaceAll`: it has the flag g.
export const licenceComment = /^\/\*\*?\s*\n? \* @license[\s\S]*?\*\/\n/gm;
