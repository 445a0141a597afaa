/** Light or dark, as the person's system has it, also when that changes. */
import { useEffect, useState } from "preact/hooks";
import type { ShownTheme } from "./theme.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const now = (): ShownTheme => (dark.matches ? "dark" : "light");

export function useSystemTheme(): ShownTheme {
  const [theme, setTheme] = useState(now);
  useEffect(() => {
    const listen = () => setTheme(now());
    dark.addEventListener("change", listen);
    return () => dark.removeEventListener("change", listen);
  }, []);
  return theme;
}
