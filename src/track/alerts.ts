/**
 * What a run calls its person's attention to.
 *
 * Alerts of one level and title are one entry with a count, so that a loop that alerts at every step fills neither the
 * screen nor run.json.
 */

export type AlertLevel = "info" | "warn" | "error";

export interface Alert {
  readonly level: AlertLevel;
  readonly title: string;
  /** Of the last time. */
  readonly text: string;
  readonly count: number;
  /** When it came first and last. ISO 8601, UTC. */
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface AlertOptions {
  /** Default `info`. */
  readonly level?: AlertLevel;
}

const levels: readonly AlertLevel[] = ["info", "warn", "error"];

/** How many a run keeps; what is more is told, but not kept. */
export const mostAlerts = 100;

type GivenAlert = Pick<Alert, "title" | "text" | "level">;

/** @throws TypeError if title or text is no text, or an option unknown; RangeError for an empty title, an unknown level. */
export function givenAlert(title: string, text: string, options: AlertOptions): GivenAlert {
  for (const [what, given] of Object.entries({ title, text }))
    if (typeof given !== "string")
      throw new TypeError(`alert: its ${what} must be a text; got ${typeof given}`);
  if (title.trim() === "")
    throw new RangeError(`alert: its title must not be empty; got ${JSON.stringify(title)}`);
  const unknown = Object.keys(options).find((name) => name !== "level");
  if (unknown !== undefined) throw new TypeError(`alert: its only option is level; got ${unknown}`);
  const { level = "info" } = options;
  if (!levels.includes(level))
    throw new RangeError(`alert: level must be one of ${levels.join(", ")}; got ${JSON.stringify(level)}`);
  return { title, text, level };
}

/** The entries with one more alert; `first` where none of this level and title came before. */
export function withAlert(
  alerts: readonly Alert[],
  given: GivenAlert,
  at: string,
): { readonly alerts: readonly Alert[]; readonly first: boolean } {
  const index = alerts.findIndex(({ level, title }) => level === given.level && title === given.title);
  const known = alerts[index];
  if (known)
    return {
      alerts: alerts.with(index, { ...known, text: given.text, count: known.count + 1, lastAt: at }),
      first: false,
    };
  return { alerts: [...alerts, { ...given, count: 1, firstAt: at, lastAt: at }], first: true };
}

/** One line: `warn: loss jumps (3 times): from 0.3 to 8`. */
export function alertLine({ level, title, text, count }: GivenAlert & { readonly count?: number }): string {
  const times = count !== undefined && count > 1 ? ` (${count} times)` : "";
  return `${level}: ${title}${times}${text === "" ? "" : `: ${text}`}`.replace(/\s*\n\s*/g, " ");
}

/** The most serious one's title, and how many others there are; undefined where there is none. */
export function worstAlert(alerts: readonly Alert[] = []): string | undefined {
  const [worst] = [...alerts].sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  if (!worst) return undefined;
  const others = alerts.length > 1 ? ` (and ${alerts.length - 1} more)` : "";
  return `${worst.level}: ${worst.title}${others}`;
}
