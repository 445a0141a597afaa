/** How a cell's import reaches the hooks: the name, and the folder it is resolved from. */
export const cellScheme = "tskcell:";

export function cellSpecifier(name: string, folder: string): string {
  return `${cellScheme}${encodeURIComponent(JSON.stringify([folder, name]))}`;
}

export function readCellSpecifier(specifier: string): { folder: string; name: string } {
  const [folder, name] = JSON.parse(decodeURIComponent(specifier.slice(cellScheme.length))) as [
    string,
    string,
  ];
  return { folder, name };
}
