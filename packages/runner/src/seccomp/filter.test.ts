import { describe, expect, test } from "vitest";
import { seccompFilter } from "./filter.ts";
import { type Architecture, numberOf, type SystemCall, systemCalls } from "./system-calls.ts";

const audit: Record<Architecture, number> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };
const verdicts = new Map([
  [0x7fff_0000, "allowed"],
  [0x8000_0000, "killed"],
]);

type Call = { number: number; architecture: number; argument?: number };

/** What the kernel would do: it runs the same program over the same struct. */
function judge(filter: Buffer, { number, architecture, argument = 0 }: Call): string {
  const words = new Map([
    [0, number],
    [4, architecture],
    [16, argument],
  ]);
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const constant = filter.readUInt32LE(at + 4);
    const jump = (holds: boolean) => filter.readUInt8(at + (holds ? 2 : 3)) * 8;
    switch (filter.readUInt16LE(at)) {
      case 0x20:
        loaded = words.get(constant) ?? 0;
        break;
      case 0x15:
        at += jump(loaded === constant);
        break;
      case 0x35:
        at += jump(loaded >= constant);
        break;
      case 0x45:
        at += jump((loaded & constant) !== 0);
        break;
      case 0x06:
        return verdicts.get(constant) ?? `errno ${constant & 0xffff}`;
    }
  }
  return "fell off its end";
}

describe.each(["x64", "arm64"] as const)("on %s", (architecture) => {
  const filter = seccompFilter(architecture);
  const ask = (number: number, argument?: number) =>
    judge(filter, { number, architecture: audit[architecture], ...(argument !== undefined && { argument }) });
  const call = (name: SystemCall, argument?: number) => ask(numberOf(name, architecture) ?? Number.NaN, argument);

  test("every call of the list is refused in some use, and every other call is allowed", () => {
    const listed = systemCalls.map((name) => numberOf(name, architecture)).filter((number) => number !== null);
    expect(new Set(listed).size).toBe(listed.length);
    const refused = Array.from({ length: 600 }, (_, number) => number).filter((number) => {
      // All bits: new namespaces, an unknown family of sockets, an odd personality.
      return ask(number, 0x7fff_ffff) !== "allowed";
    });
    expect(refused).toEqual(listed.toSorted((a, b) => a - b));
  });

  test.each([
    ["ptrace", undefined, "errno 1"],
    ["keyctl", 0, "errno 1"],
    ["clone3", undefined, "errno 38"],
    ["clone", 0x0100_0011, "allowed"],
    ["clone", 0x003d_0f00, "allowed"],
    ["clone", 0x1000_0011, "errno 1"],
    ["clone", 0x0002_0011, "errno 1"],
    ["unshare", 0x400, "allowed"],
    ["unshare", 0x80, "errno 1"],
    ["socket", 2, "allowed"],
    ["socket", 1, "allowed"],
    ["socket", 16, "allowed"],
    ["socket", 40, "errno 97"],
    ["socket", 38, "errno 97"],
    ["personality", 0xffff_ffff, "allowed"],
    ["personality", 0x0040_0000, "errno 1"],
  ] as const)("%s with %s is %s", (name, argument, verdict) => {
    expect(call(name, argument)).toBe(verdict);
  });

  test("a call in the manner of another architecture ends the process", () => {
    const foreign = [0x4000_0003, 0xc000_0028, audit[architecture === "x64" ? "arm64" : "x64"]];
    for (const each of foreign) expect(judge(filter, { number: 0, architecture: each })).toBe("killed");
    expect(ask(0x4000_0000 | 41, 2)).toBe("killed");
  });
});
