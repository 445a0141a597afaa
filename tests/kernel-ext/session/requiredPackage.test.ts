import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { requiredPackage } from "../../../kernel-ext/session/requiredPackage.js";

const require = createRequire(import.meta.url);
const packages = (found: Record<string, unknown>) => (name: string) => {
  if (Object.hasOwn(found, name)) return found[name];
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
};

it("gives every name that Node's import gives, and the same objects", async () => {
  const imported: Record<string, unknown> = await import("@tensorflow/tfjs");
  const required = requiredPackage("@tensorflow/tfjs", require) as Record<string, unknown>;
  expect(Object.keys(imported).length).toBeGreaterThan(500);
  for (const [name, value] of Object.entries(imported)) expect(required[name], name).toBe(value);
  expect(required.default).toBe(require("@tensorflow/tfjs"));
});

it("gives one namespace however often it is imported, and one that cannot be assigned to", () => {
  const namespace = requiredPackage("@tensorflow/tfjs", require);
  expect(requiredPackage("@tensorflow/tfjs", require)).toBe(namespace);
  expect(Object.isFrozen(namespace)).toBe(true);
});

it("leaves other packages to import, and versions that import another way than they are required", () => {
  const name = "@tensorflow/tfjs-core";
  const found = (about: unknown) => packages({ [name]: {}, [`${name}/package.json`]: about });
  expect(requiredPackage(name, found({ main: "x.js" }))).toBeDefined();
  expect(requiredPackage(name, found({ exports: { ".": "./x.mjs" } }))).toBeUndefined();
  expect(requiredPackage(name, found({ type: "module" }))).toBeUndefined();
  expect(requiredPackage(name, packages({ [name]: {} }))).toBeUndefined();
  expect(requiredPackage("lodash", packages({ lodash: {}, "lodash/package.json": {} }))).toBeUndefined();
});
