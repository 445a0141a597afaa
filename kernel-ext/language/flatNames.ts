/** Types by their own names, where TypeScript writes the namespace that a flattened module is (`scripts/flatten`). */

/**
 * `$flat_tfjs_core__dist_tensor.Tensor` → `Tensor`. A namespace of its own is the module that it was:
 * `typeof $flat_tfjs_core__dist_io_io` → `typeof import("@tensorflow/tfjs-core")`.
 */
export function withoutFlatNames(text: string): string {
  return text
    .replaceAll(/"[^"]*\/flat"\.(?=\$flat_)/g, "")
    .replaceAll(
      /(Namespace )'\$flat_(\w+?)(?:__\w+)?'/g,
      (_, word: string, name: string) => `${word}'"${packageOf(name)}"'`,
    )
    .replaceAll(/\$flat_\w+\./g, "")
    .replaceAll(/\b(namespace|typeof) \$flat_(\w+?)(?:__\w+)?\b/g, (_, word: string, name: string) => {
      const specifier = `"@tensorflow/${name.replaceAll("_", "-")}"`;
      return word === "typeof" ? `typeof import(${specifier})` : `module ${specifier}`;
    });
}

/** The package that a namespace's name begins with. */
function packageOf(name: string): string {
  return `@tensorflow/${name.replaceAll("_", "-")}`;
}
