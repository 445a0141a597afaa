/** Commands and texts as they may lie on disk and be shown to others. */

/** Names of options whose values nobody else may see, by their last part: not `--max-tokens`, not `--tokenizer`. */
const secret =
  /(password|passwd|passphrase|(^|[-_])(token|secret|credentials?|(api|access|private|secret)[-_]?key))=?$/i;

/** What stands in the place of a secret. */
export const hidden = "***";

/** Whether what has this name is a secret: `HF_TOKEN`, `--api-key`, `dbPassword`, not `MAX_TOKENS`. */
export function isSecretName(name: string): boolean {
  return secret.test(name.replace(/([a-z0-9])([A-Z])/g, "$1-$2"));
}

/**
 * The words of a command with the values of secrets left out: what follows `--api-key` or `--api-key=`, the value of
 * `HF_TOKEN=…`, the password in `https://user:password@host`.
 */
export function withoutSecrets(words: readonly string[]): string[] {
  return words.map((word, i) => {
    const before = words[i - 1] ?? "";
    if (/^--?[\w-]+$/.test(before) && isSecretName(before) && !word.startsWith("-")) return hidden;
    const [, name, value] = /^(-{0,2}[\w-]+=)(.*)$/s.exec(word) ?? [];
    if (name !== undefined && isSecretName(name)) return value === "" ? word : `${name}${hidden}`;
    return withoutPasswords(word);
  });
}

/** Without the passwords of addresses such as `https://user:password@host`. */
function withoutPasswords(text: string): string {
  return text.replace(/(:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:${hidden}@`);
}

/** Keys that their makers gave a form by which anybody knows them. */
const knownForms = new RegExp(
  [
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    String.raw`\bgh[opusr]_[A-Za-z0-9]{30,}`,
    String.raw`\bgithub_pat_\w{30,}`,
    String.raw`\bglpat-[\w-]{20,}`,
    String.raw`\bhf_[A-Za-z0-9]{30,}`,
    String.raw`\bsk-[\w-]{20,}`,
    String.raw`\bnpm_[A-Za-z0-9]{30,}`,
    String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
    String.raw`\bAIza[\w-]{35}`,
    String.raw`\bxox[abprs]-[\w-]{10,}`,
    String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`,
  ].join("|"),
  "g",
);

/** Behind a name: `"apiKey":`, `settings["apiKey"] =`, `apiKey: string =`. */
const assigning = String.raw`["']?\]?(?:\s*:\s*string)?\s*[:=]\s*`;

/**
 * `password = "…"`, `"apiKey": "…"`: a token only where the value looks like one, as models have tokens too. The name's
 * beginning is not looked at: a long word would be gone through from each of its letters.
 */
const assigned = new RegExp(
  [
    String.raw`((?:password|passwd|passphrase)${assigning})(["'\x60])([^"'\x60\n]+)\2`,
    String.raw`((?:token|secret|(?:api|access|private|secret)[-_]?key)${assigning})(["'\x60])([\w./+=~:-]{8,})\5`,
  ].join("|"),
  "gi",
);

/** A line of an environment's file: `export HF_TOKEN=…`, in a difference too. */
const exported =
  /^([+\- ]?[ \t]*(?:export[ \t]+)?\w*(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|_KEY)=)(?!["'])\S+/gm;

/** Shorter values of secrets are words that stand in any text. */
const shortestSecret = 8;

/**
 * What takes the values of the secrets that `variables` hold out of a text, such as code or what a program printed,
 * passwords in addresses, and keys of known forms. What a text keeps secret in a way of its own nobody can see.
 */
export function secretMask(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): (text: string) => string {
  const values = Object.entries(variables)
    .filter(([name, value = ""]) => value.length >= shortestSecret && isSecretName(name))
    .map(([, value = ""]) => value);
  return (text) => {
    const masked = values.reduce((rest, value) => rest.replaceAll(value, hidden), text);
    return withoutPasswords(masked.replace(knownForms, hidden));
  };
}

/** A text without what `secretMask` takes out. */
export function withoutSecretValues(
  text: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return secretMask(variables)(text);
}

/** As `withoutSecretValues`, and without what is assigned to names such as `password`: for code and what differs in it. */
export function withoutAssignedSecrets(text: string): string {
  return withoutSecretValues(text)
    .replace(assigned, (_, ...parts: (string | undefined)[]) => {
      const [before, quote, , named, mark] = parts;
      return `${before ?? named}${quote ?? mark}${hidden}${quote ?? mark}`;
    })
    .replace(exported, `$1${hidden}`);
}
