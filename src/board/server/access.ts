/** Who may see a served board: whoever knows its token, from a page of its own address. */
import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

/** Header and parameter that carry the token; the cookie is named after the port, since cookies know no ports. */
export const tokenHeader = "x-tunelab-token";
export const tokenParameter = "token";
export const cookieName = (port: number) => `tunelab-board-${port}`;

export interface AccessRequest {
  readonly host: string | undefined;
  readonly cookie: string | undefined;
  /** From the header or the parameter: what no other site's page could send. */
  readonly said: string | undefined;
}

/**
 * `refused` without the token. `misdirected` where only the cookie says it and the request is for a name that is not this
 * machine's: such a name may have been made to lead here by somebody else (DNS rebinding). A proxy's name is right, but
 * its page says the token itself.
 */
export type Verdict = "granted" | "refused" | "misdirected";

export interface AccessRules {
  readonly token: string;
  readonly port: number;
  /** What the person gave as `--host`, a name of this machine. */
  readonly host: string;
}

export function judge({ host, cookie, said }: AccessRequest, rules: AccessRules): Verdict {
  const isOwnHost = ownHost(host, rules.host);
  if (said !== undefined) return equal(said, rules.token) ? "granted" : "refused";
  const kept = cookieValue(cookie, cookieName(rules.port));
  if (kept === undefined || !equal(kept, rules.token)) return isOwnHost ? "refused" : "misdirected";
  return isOwnHost ? "granted" : "misdirected";
}

/** In a time that does not depend on where they differ. */
function equal(given: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** An address, which cannot be made to lead elsewhere, `localhost`, or the name that was given. */
function ownHost(header: string | undefined, given: string): boolean {
  if (header === undefined) return false;
  const name = header.replace(/:\d+$/, "").toLowerCase();
  return isIP(name.replace(/^\[|\]$/g, "")) !== 0 || name === "localhost" || name === given.toLowerCase();
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name) return value;
  }
  return undefined;
}
