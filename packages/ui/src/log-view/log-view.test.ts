import { describe, expect, it } from "vitest";
import { createLogStore } from "../log-store.tsx";
import { piecesOf } from "./ansi.ts";
import { markedPieces } from "./marks.ts";
import { rowsOf } from "./rows.ts";
import { nextOf } from "./use-jumps.ts";

const esc = "\u001b[";
const at = new Date("2026-11-24T03:00:00Z");

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
    const store = createLogStore([{ firstLine: 1, text: `one\n${esc}31mTWO${esc}0m\n`, at }]);
    expect(store.find("two")).toEqual([2]);
    store.append({ firstLine: 3, text: "three\ntwo again\n", at });
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
    const part = { firstLine: 1, text: "a\n\nb\n", at };
    const store = createLogStore([part, { firstLine: 4, text: "c\n", at }, part]);
    expect(store.lineCount()).toBe(4);
    expect([1, 2, 3, 4].map(store.line)).toEqual(["a", "", "b", "c"]);
  });

  it("tell which of them speak of a failure", () => {
    const store = createLogStore([{ firstLine: 1, text: "ok\nError: no\nerrors.js compiled\nnpm ERR! code 1\n", at }]);
    expect(store.failures()).toEqual([2, 4]);
  });
});

describe("rows", () => {
  const groups = [
    { key: "b", label: "b", firstLine: 5 },
    { key: "a", label: "a", firstLine: 2 },
  ];

  it("are headings and lines, and every line is found where it stands", () => {
    const rows = rowsOf(groups, new Set(), 8);
    expect(rows.count).toBe(10);
    expect(rows.at(0)).toEqual({ kind: "line", line: 1 });
    expect(rows.at(1)).toMatchObject({ kind: "group", group: { key: "a" }, lineCount: 3 });
    expect(rows.at(5)).toMatchObject({ kind: "group", group: { key: "b" } });
    for (let line = 1; line <= 8; line += 1) expect(rows.at(rows.indexOf(line))).toEqual({ kind: "line", line });
  });

  it("of a folded group are its heading alone, and its lines are found there", () => {
    const rows = rowsOf(groups, new Set(["a"]), 8);
    expect(rows.count).toBe(7);
    expect(rows.indexOf(3)).toBe(1);
    expect(rows.at(rows.indexOf(6))).toEqual({ kind: "line", line: 6 });
    expect(rows.groupOf(3)?.key).toBe("a");
  });

  it("of an empty log with a phase that has begun are its heading", () => {
    expect(rowsOf([{ key: "a", label: "a", firstLine: 1 }], new Set(), 0).count).toBe(1);
    expect(rowsOf([], new Set(), 0).count).toBe(0);
  });
});
