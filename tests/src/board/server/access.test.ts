import { describe, expect, it } from "vitest";
import { type AccessRequest, judge } from "../../../../src/board/server/access.js";

const rules = { token: "right-token", port: 6010, host: "127.0.0.1" };
const of = (request: Partial<AccessRequest>) =>
  judge({ host: "127.0.0.1:6010", cookie: undefined, said: undefined, ...request }, rules);

describe("judge", () => {
  it("wants the token, in whole", () => {
    expect(of({ said: "right-token" })).toBe("granted");
    for (const said of ["", "right-toke", "right-token2", "Right-token"])
      expect(of({ said })).toBe("refused");
    expect(of({})).toBe("refused");
  });

  it("takes the cookie of its own port only", () => {
    expect(of({ cookie: "a=b; tunelab-board-6010=right-token" })).toBe("granted");
    expect(of({ cookie: "tunelab-board-6011=right-token" })).toBe("refused");
    expect(of({ cookie: "tunelab-board-6010=wrong" })).toBe("refused");
  });

  it("says of a wrong token that it is wrong, even where the cookie is right", () => {
    expect(of({ said: "wrong", cookie: "tunelab-board-6010=right-token" })).toBe("refused");
  });

  it("trusts no cookie under a name that may have been made to lead here", () => {
    const cookie = "tunelab-board-6010=right-token";
    for (const host of [
      "evil.example",
      "evil.example:6010",
      "127.0.0.1.evil.example",
      "localhost.evil.example:6010",
      undefined,
    ])
      expect(of({ host, cookie })).toBe("misdirected");
    for (const host of ["localhost:6010", "LOCALHOST", "[::1]:6010", "127.0.0.1", "192.168.1.7:6010"])
      expect(of({ host, cookie })).toBe("granted");
    expect(of({ host: "hub.example.org", said: "right-token" })).toBe("granted");
  });

  it("knows the name it was told to listen on", () => {
    const cookie = "tunelab-board-6010=right-token";
    const request = { host: "gpu7.example:6010", cookie, said: undefined };
    expect(judge(request, { ...rules, host: "gpu7.example" })).toBe("granted");
    expect(judge(request, { ...rules, host: "gpu8.example" })).toBe("misdirected");
  });
});
