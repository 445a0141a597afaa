/** What browsers' functions for a person's answer are here, where they have another name: for who types one by habit. */

const instead: Readonly<Record<string, string>> = {
  prompt: 'await input("…") asks for a line of text below the cell',
  confirm: 'await input("… [y/N] ") asks below the cell',
  alert: 'console.log("…") prints below the cell',
};

/** What to type; undefined for a name that has nothing of its kind here. */
export function insteadOfBrowser(name: string): string | undefined {
  return Object.hasOwn(instead, name) ? instead[name] : undefined;
}
