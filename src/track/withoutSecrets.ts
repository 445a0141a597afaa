/** A command as it may lie on disk and be shown to others. */

/** Names of options whose values nobody else may see, by their last part: not `--max-tokens`, not `--tokenizer`. */
const secret =
  /(^|[-_])(token|secret|password|passwd|passphrase|credentials?|(api|access|private|secret)[-_]?key)=?$/i;
const hidden = "***";

/**
 * The words of a command with the values of secrets left out: what follows `--api-key` or `--api-key=`, the value of
 * `HF_TOKEN=…`, the password in `https://user:password@host`.
 */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, i) => {
    const before = words[i - 1] ?? "";
    if (/^--?[\w-]+$/.test(before) && secret.test(before) && !word.startsWith("-")) return hidden;
    const [, name, value] = /^(-{0,2}[\w-]+=)(.*)$/s.exec(word) ?? [];
    if (name !== undefined && secret.test(name)) return value === "" ? word : `${name}${hidden}`;
    return word.replace(/(:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${hidden}@`);
  });
}
