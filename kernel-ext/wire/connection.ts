/** The connection file: where a kernel listens and with which key messages are signed. */
import { readFileSync } from "node:fs";

export interface Connection {
  readonly transport: "tcp" | "ipc";
  /** An address for tcp, the beginning of a path for ipc. */
  readonly ip: string;
  readonly shellPort: number;
  readonly iopubPort: number;
  readonly stdinPort: number;
  readonly controlPort: number;
  readonly heartbeatPort: number;
  /** Empty: messages are not signed. */
  readonly key: string;
}

export function readConnection(file: string): Connection {
  return parseConnection(readFileSync(file, "utf8"));
}

/** Throws a SyntaxError for text that is no JSON, a TypeError that names the field otherwise. */
export function parseConnection(text: string): Connection {
  const fields = JSON.parse(text) as Record<string, unknown>;
  const field = <T>(name: string, accepts: (value: unknown) => value is T, needed: string): T => {
    const value = fields[name];
    if (!accepts(value)) {
      throw new TypeError(`the connection file's ${name} must be ${needed}, got ${JSON.stringify(value)}`);
    }
    return value;
  };
  const port = (name: string) => field(name, isPort, "a port from 1 to 65535");
  const scheme = fields.signature_scheme ?? "hmac-sha256";
  if (scheme !== "hmac-sha256") {
    throw new TypeError(
      `the connection file's signature_scheme must be hmac-sha256, got ${JSON.stringify(scheme)}`,
    );
  }
  return {
    transport: field(
      "transport",
      (value): value is "tcp" | "ipc" => value === "tcp" || value === "ipc",
      "tcp or ipc",
    ),
    ip: field("ip", isText, "an address"),
    shellPort: port("shell_port"),
    iopubPort: port("iopub_port"),
    stdinPort: port("stdin_port"),
    controlPort: port("control_port"),
    heartbeatPort: port("hb_port"),
    key: field("key", (value): value is string => typeof value === "string", "a string"),
  };
}

/** What a socket binds to. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === "tcp" ? `tcp://${ip}:${port}` : `ipc://${ip}-${port}`;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65536;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
