import { describe, expect, it } from "vitest";
import { address, parseConnection } from "../../../kernel-ext/wire/connection.js";

const given = {
  transport: "tcp",
  ip: "127.0.0.1",
  shell_port: 1001,
  iopub_port: 1002,
  stdin_port: 1003,
  control_port: 1004,
  hb_port: 1005,
  key: "secret",
  signature_scheme: "hmac-sha256",
};

describe("parseConnection", () => {
  it("reads what Jupyter writes", () => {
    const connection = parseConnection(JSON.stringify(given));
    expect(connection).toEqual({
      transport: "tcp",
      ip: "127.0.0.1",
      shellPort: 1001,
      iopubPort: 1002,
      stdinPort: 1003,
      controlPort: 1004,
      heartbeatPort: 1005,
      key: "secret",
    });
    expect(address(connection, connection.shellPort)).toBe("tcp://127.0.0.1:1001");
  });

  it("knows ipc, where ports are endings of a path", () => {
    const connection = parseConnection(JSON.stringify({ ...given, transport: "ipc", ip: "/run/kernel" }));
    expect(address(connection, 2)).toBe("ipc:///run/kernel-2");
  });

  it.each([
    ["shell_port", 0],
    ["hb_port", "80"],
    ["transport", "udp"],
    ["ip", ""],
    ["key", undefined],
    ["signature_scheme", "hmac-md5"],
  ])("names %s when it is %j", (field, value) => {
    expect(() => parseConnection(JSON.stringify({ ...given, [field]: value }))).toThrow(TypeError);
    expect(() => parseConnection(JSON.stringify({ ...given, [field]: value }))).toThrow(field);
  });
});
