/** The package folder the kernel runs from: of dist/kernel-ext/…, or of kernel-ext/language in a test. */
import { fileURLToPath } from "node:url";

export const KERNEL_ROOT = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../.." : "../..", import.meta.url),
);
