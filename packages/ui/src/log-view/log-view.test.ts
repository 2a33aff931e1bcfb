import { describe, expect, it } from "vitest";
import { createLogStore } from "../log-store.tsx";
import { piecesOf } from "./ansi.ts";
import { markedPieces } from "./marks.ts";
import { rowsOf } from "./rows.ts";
import { nextOf } from "./use-jumps.ts";

const esc = "\u001b[";
const at = new Date("2026-11-24T03:00:00Z");
const part = (firstLine: number, text: string, continues = false) => ({ firstLine, text, continues, at });

describe("colours", () => {
  it("give each piece of a line the paint that stands at its place", () => {
    expect(piecesOf(`a${esc}1;31mb${esc}22mc${esc}0md`)).toEqual([
      { text: "a", paint: {} },
      { text: "b", paint: { bold: true, color: "red" } },
      { text: "c", paint: { color: "red" } },
      { text: "d", paint: {} },
    ]);
  });

  it.each([
    ["90", { color: "bright-black" }],
    ["44", { background: "blue" }],
    ["107", { background: "bright-white" }],
    ["38;5;9", { color: "bright-red" }],
    ["38;5;196", { color: "rgb(255 0 0)" }],
    ["48;5;244", { background: "rgb(128 128 128)" }],
    ["38;2;1;2;3", { color: "rgb(1 2 3)" }],
    ["38;2;1;2;3;4", { color: "rgb(1 2 3)", underline: true }],
    ["38:2::1:2:3", { color: "rgb(1 2 3)" }],
    ["48:2:1:2:3", { background: "rgb(1 2 3)" }],
    ["38:5:196", { color: "rgb(255 0 0)" }],
    ["4:3;31", { underline: true, color: "red" }],
    ["58", {}],
  ])("understand %s", (codes, paint) => {
    expect(piecesOf(`${esc}${codes}mx`)).toEqual([{ text: "x", paint }]);
  });

  it("leave markup in a line as the text that it is", () => {
    expect(piecesOf("<script>alert(1)</script>")).toEqual([{ text: "<script>alert(1)</script>", paint: {} }]);
  });
});

describe("search", () => {
  it("marks what was searched for, also where a colour begins in its middle", () => {
    const pieces = markedPieces(`an Er${esc}31mror here`, "error");
    expect(pieces.map(({ text, marked }) => [text, marked])).toEqual([
      ["an ", false],
      ["Er", true],
      ["ror", true],
      [" here", false],
    ]);
  });

  it("keeps every character of the line", () => {
    const line = "aaa aa a";
    expect(
      markedPieces(line, "aa")
        .map((piece) => piece.text)
        .join(""),
    ).toBe(line);
  });

  it("finds what came after the question as well, once each", () => {
    const store = createLogStore([part(1, `one\n${esc}31mTWO${esc}0m\n`)]);
    expect(store.find("two")).toEqual([2]);
    store.append(part(3, "three\ntwo again\n"));
    expect(store.find("two")).toEqual([2, 4]);
    expect(store.find("one")).toEqual([1]);
  });

  it("goes around the end in both directions", () => {
    expect([nextOf([3, 7], 3, 1), nextOf([3, 7], 7, 1), nextOf([3, 7], 3, -1), nextOf([], 3, 1)]).toEqual([
      7,
      3,
      7,
      undefined,
    ]);
  });
});

describe("a log's lines", () => {
  it("are the same when a part comes twice", () => {
    const first = part(1, "a\n\nb\n");
    const store = createLogStore([first, part(4, "c\n"), first]);
    expect(store.lineCount()).toBe(4);
    expect([1, 2, 3, 4].map(store.line)).toEqual(["a", "", "b", "c"]);
  });

  it("tell which of them speak of a failure", () => {
    const store = createLogStore([part(1, "ok\nError: no\nerrors.js compiled\nnpm ERR! code 1\n")]);
    expect(store.failures()).toEqual([2, 4]);
  });
});

describe("a log that lacks lines", () => {
  it("has the numbers that its lines were written with, and says which are not there", () => {
    const store = createLogStore([part(1, "a\nb\n"), part(1_000_001, "error: x\n"), part(1_000_002, "on\n", true)]);
    expect(store.lineCount()).toBe(1_000_002);
    expect(store.gaps()).toEqual([{ from: 3, to: 1_000_001 }]);
    expect([1, 2, 3, 1_000_001].map(store.line)).toEqual(["a", "b", "", "error: x"]);
    expect([1_000_001, 1_000_002].map(store.continues)).toEqual([false, true]);
    expect(store.failures()).toEqual([1_000_001]);
  });

  it("keeps of a flood where it began and where it is", () => {
    const store = createLogStore([], { head: 1_000, tail: 5_000 });
    const lines = 10_000;
    for (let line = 1; line <= lines; line += 1) {
      store.append(part(line, line % 100 === 0 ? "error: x\n" : "calm line\n"));
      store.failures();
    }
    const [gap] = store.gaps();
    expect(store.gaps()).toHaveLength(1);
    expect(gap?.from).toBeGreaterThan(90);
    expect(gap?.from).toBeLessThan(120);
    expect(lines - (gap?.to ?? 0)).toBeLessThan(700);
    expect(store.line(lines)).toBe("error: x");
    expect(store.failures().filter((line) => store.line(line) === "")).toEqual([]);
    expect(store.failures()).toContain(100);
    expect(store.failures()).toContain(lines);
  });

  it("shows a row for them, in each of the groups that they are of", () => {
    const groups = [
      { key: "a", label: "a", firstLine: 1 },
      { key: "b", label: "b", firstLine: 50 },
    ];
    const rows = rowsOf({ groups, folded: new Set(), lineCount: 102, gaps: [{ from: 3, to: 101 }] });
    expect(Array.from({ length: rows.count }, (_, index) => rows.at(index))).toMatchObject([
      { kind: "group", group: { key: "a" } },
      { kind: "line", line: 1 },
      { kind: "line", line: 2 },
      { kind: "gap", lineCount: 47 },
      { kind: "group", group: { key: "b" } },
      { kind: "gap", lineCount: 51 },
      { kind: "line", line: 101 },
      { kind: "line", line: 102 },
    ]);
    expect([2, 20, 60, 102].map(rows.indexOf)).toEqual([2, 3, 5, 7]);
  });
});

describe("rows", () => {
  const groups = [
    { key: "b", label: "b", firstLine: 5 },
    { key: "a", label: "a", firstLine: 2 },
  ];

  it("are headings and lines, and every line is found where it stands", () => {
    const rows = rowsOf({ groups, folded: new Set(), lineCount: 8, gaps: [] });
    expect(rows.count).toBe(10);
    expect(rows.at(0)).toEqual({ kind: "line", line: 1 });
    expect(rows.at(1)).toMatchObject({ kind: "group", group: { key: "a" }, lineCount: 3 });
    expect(rows.at(5)).toMatchObject({ kind: "group", group: { key: "b" } });
    for (let line = 1; line <= 8; line += 1) expect(rows.at(rows.indexOf(line))).toEqual({ kind: "line", line });
  });

  it("of a folded group are its heading alone, and its lines are found there", () => {
    const rows = rowsOf({ groups, folded: new Set(["a"]), lineCount: 8, gaps: [] });
    expect(rows.count).toBe(7);
    expect(rows.indexOf(3)).toBe(1);
    expect(rows.at(rows.indexOf(6))).toEqual({ kind: "line", line: 6 });
    expect(rows.groupOf(3)?.key).toBe("a");
  });

  it("of an empty log with a phase that has begun are its heading", () => {
    const none = { folded: new Set<string>(), lineCount: 0, gaps: [] };
    expect(rowsOf({ ...none, groups: [{ key: "a", label: "a", firstLine: 1 }] }).count).toBe(1);
    expect(rowsOf({ ...none, groups: [] }).count).toBe(0);
  });
});
