/** What stands in an expression for something else than its own letters. */
const signs =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|c[A-Za-z]|k<[^>]*>|.)|\(\?<\w+>/gsu;

/**
 * What a person types to find names with: case counts only where a capital letter is typed, so that `loss` finds
 * `valLoss` too, and `Loss` that alone. Capitals of escapes, such as in `\S`, are none.
 *
 * @throws SyntaxError for a text that is no regular expression.
 */
export function typedExpression(text: string): RegExp {
  return new RegExp(text, /\p{Lu}/u.test(text.replace(signs, "")) ? "u" : "iu");
}
