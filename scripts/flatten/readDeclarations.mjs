// What a declaration file imports, exports and adds to other modules, and where in its text.
import { readFileSync } from "node:fs";
import { parseSync, visitorKeys } from "oxc-parser";

/**
 * @typedef {{ start: number, end: number }} Range
 * @typedef {{ source: string, name: string | undefined, local: string }} Imported
 *   `import { name as local } from source`; of `import * as local` no name.
 * @typedef {{ source: string, name: string | undefined, exported: string }} Reexported
 *   `export { name as exported } from source`; of `export * as exported` no name.
 * @typedef {{ source: string, names: string[], body: Range, interfaces: number[] }} Augmentation
 *   `declare module "source" { … }`: the interfaces in it, and where their statements begin.
 * @typedef {Range & { source: string }} ImportType `import("source")` within a type.
 *
 * @typedef {object} Declarations
 * @property {string} file
 * @property {string} text
 * @property {string[]} sources All modules named in it.
 * @property {Imported[]} imports
 * @property {Reexported[]} reexports
 * @property {string[]} stars Of `export * from source`.
 * @property {string[]} own The names exported that are declared here, or imported and then exported.
 * @property {Augmentation[]} augmentations
 * @property {ImportType[]} importTypes
 * @property {Range[]} elsewhere Statements that a namespace cannot hold: of imports, of exports from other modules,
 *   augmentations.
 * @property {Range[]} declares The word `declare` of statements.
 */

/**
 * Throws an Error that names the file when it does not parse, or has something that TensorFlow.js's declarations have
 * not: a default export or import, `export =`, an augmentation with anything but interfaces.
 * @param {string} file
 * @returns {Declarations}
 */
export function readDeclarations(file) {
  const text = readFileSync(file, "utf8");
  const { program, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} cannot be read: ${errors[0].message}`);
  /** @type {Declarations} */
  const found = {
    file,
    text,
    sources: [],
    imports: [],
    reexports: [],
    stars: [],
    own: [],
    augmentations: [],
    importTypes: importTypes(program),
    elsewhere: [],
    declares: [],
  };
  for (const statement of program.body) note(statement, found);
  const named = [found.imports, found.reexports, found.augmentations, found.importTypes].flat();
  found.sources.push(...named.map(({ source }) => source), ...found.stars);
  return found;
}

/**
 * @param {import("oxc-parser").Statement} statement
 * @param {Declarations} found
 */
function note(statement, found) {
  switch (statement.type) {
    case "ImportDeclaration":
      found.sources.push(statement.source.value);
      found.imports.push(...statement.specifiers.map((one) => imported(one, statement.source.value, found)));
      found.elsewhere.push(statement);
      return;
    case "ExportAllDeclaration":
      if (statement.exported)
        found.reexports.push({
          source: statement.source.value,
          name: undefined,
          exported: nameOf(statement.exported),
        });
      else found.stars.push(statement.source.value);
      found.elsewhere.push(statement);
      return;
    case "ExportNamedDeclaration":
      noteExport(statement, found);
      return;
    case "ExportDefaultDeclaration":
    case "TSExportAssignment":
      throw unexpected(statement, found);
    case "TSModuleDeclaration":
      if (statement.kind === "global") throw unexpected(statement, found);
      if (statement.id.type === "Literal") noteAugmentation(statement, found);
      else noteDeclare(statement, found);
      return;
    default:
      noteDeclare(statement, found);
  }
}

/**
 * @param {import("oxc-parser").ImportDeclarationSpecifier} specifier
 * @param {string} source
 * @param {Declarations} found
 * @returns {Imported}
 */
function imported(specifier, source, found) {
  if (specifier.type === "ImportDefaultSpecifier") throw unexpected(specifier, found);
  const name = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : undefined;
  return { source, name, local: specifier.local.name };
}

/**
 * @param {import("oxc-parser").ExportNamedDeclaration} statement
 * @param {Declarations} found
 */
function noteExport(statement, found) {
  const { source, specifiers, declaration } = statement;
  if (source) {
    for (const { local, exported } of specifiers)
      found.reexports.push({ source: source.value, name: nameOf(local), exported: nameOf(exported) });
    found.elsewhere.push(statement);
    return;
  }
  found.own.push(...specifiers.map(({ exported }) => nameOf(exported)));
  if (!declaration) return;
  found.own.push(...declaredNames(declaration));
  noteDeclare(declaration, found);
}

/**
 * @param {import("oxc-parser").TSModuleDeclaration} statement
 * @param {Declarations} found
 */
function noteAugmentation(statement, found) {
  const { id, body } = statement;
  if (id.type !== "Literal" || !body) throw unexpected(statement, found);
  const interfaces = body.body.map((one) => {
    if (one.type !== "TSInterfaceDeclaration") throw unexpected(one, found);
    return one;
  });
  found.augmentations.push({
    source: id.value,
    names: interfaces.map((one) => one.id.name),
    body: { start: body.start + 1, end: body.end - 1 },
    interfaces: interfaces.map(({ start }) => start),
  });
  found.elsewhere.push(statement);
}

/**
 * @param {Range & { declare?: boolean | null }} statement
 * @param {Declarations} found
 */
function noteDeclare({ start, declare }, found) {
  const word = "declare ";
  if (declare && found.text.startsWith(word, start)) found.declares.push({ start, end: start + word.length });
}

/** @param {import("oxc-parser").Declaration} declaration */
function declaredNames(declaration) {
  if (declaration.type === "VariableDeclaration")
    return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? id.name : []));
  const { id } = declaration;
  return id && "name" in id ? [id.name] : [];
}

/** @param {import("oxc-parser").ModuleExportName} name */
function nameOf(name) {
  return name.type === "Literal" ? name.value : name.name;
}

/**
 * @param {{ type: string }} node
 * @param {Declarations} found
 */
function unexpected({ type }, { file }) {
  return new Error(`${file} has a ${type}, which flattened declarations cannot say`);
}

/**
 * Every `import("…")` of types, up to the name that is asked of it.
 * @param {import("oxc-parser").Program} program
 */
function importTypes(program) {
  /** @type {ImportType[]} */
  const found = [];
  /** @param {any} node */
  const visit = (node) => {
    if (node?.type === "TSImportType") {
      const ends = [node.qualifier && node.qualifier.start - 1, node.typeArguments?.start, node.end];
      found.push({ source: node.source.value, start: node.start, end: ends.find((one) => one) });
    }
    for (const key of visitorKeys[node?.type] ?? []) for (const one of [node[key]].flat()) visit(one);
  };
  visit(program);
  return found;
}
