import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLogStore, type LogPart, type LogStore } from "../log-store.tsx";
import { piecesOf } from "./ansi.ts";
import { layoutOf, type Row } from "./layout.ts";
import { markedPieces } from "./marks.ts";
import { rowCountsOf } from "./row-counts.ts";
import { nextOf, sooner } from "./use-jumps.ts";

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

  it("finds what came after the question as well, once each, whatever its colour and case", () => {
    const store = createLogStore([part(1, `one\n${esc}31mT${esc}32mWO${esc}0m two\n`)]);
    expect(store.find("two")).toEqual([2]);
    store.append(part(3, "three\ntwo again\n"));
    expect(store.find("Two")).toEqual([2, 4]);
    expect(store.find("one")).toEqual([1]);
    expect(store.find("")).toEqual([]);
  });

  it("finds the lines that a look at each would find", () => {
    const line = fc.stringMatching(/^[ab .]{0,6}$/);
    fc.assert(
      fc.property(fc.array(fc.array(line, { minLength: 1 })), fc.stringMatching(/^[ab .]{1,2}$/), (chunks, query) => {
        const lines = chunks.flat();
        const store = createLogStore();
        let firstLine = 1;
        for (const chunk of chunks) {
          store.append(part(firstLine, `${chunk.join("\n")}\n`));
          firstLine += chunk.length;
        }
        expect(store.find(query)).toEqual(lines.flatMap((text, index) => (text.includes(query) ? [index + 1] : [])));
      }),
    );
  });

  it("goes around the end in both directions", () => {
    expect([nextOf([3, 7], 3, 1), nextOf([3, 7], 7, 1), nextOf([3, 7], 3, -1), nextOf([], 3, 1)]).toEqual([
      7,
      3,
      7,
      undefined,
    ]);
    expect([nextOf([3, 7], 0, 1), nextOf([3, 7], 5, -1), nextOf([3, 7], 9, -1)]).toEqual([3, 3, 7]);
  });
});

describe("a log's lines", () => {
  const first = part(1, "a\n\nb\n");

  it("are the same when a part comes twice", () => {
    const store = createLogStore([first, part(4, "c\n"), first]);
    expect(store.lineCount()).toBe(4);
    expect([1, 2, 3, 4, 5].map(store.line)).toEqual(["a", "", "b", "c", null]);
  });

  it("may come before those beneath them; those that did not come when later ones did will not come", () => {
    const store = createLogStore([part(5, "c\nd\n")], false);
    expect([store.lineCount(), store.line(1), store.line(5), store.isSettled(4)]).toEqual([6, null, "c", false]);
    store.append(first);
    store.append(part(7, "e\n"));
    expect([1, 2, 3, 4, 5].map(store.line)).toEqual(["a", "", "b", null, "c"]);
    expect(store.isSettled(4)).toBe(true);
  });

  it("have the numbers that they were written with, and say whether they go on from the one before", () => {
    const store = createLogStore([part(1, "a\nb\n"), part(1_000_001, "error: x\n"), part(1_000_002, "on\non\n", true)]);
    expect(store.lineCount()).toBe(1_000_003);
    expect([1, 2, 3, 1_000_001].map(store.line)).toEqual(["a", "b", null, "error: x"]);
    expect([1_000_001, 1_000_002, 1_000_003].map(store.continues)).toEqual([false, true, false]);
    expect(store.find("ERROR")).toEqual([1_000_001]);
  });

  it("of a flood are those where it began and where it is", () => {
    const store = createLogStore([], true, { head: 1_000, tail: 5_000, slack: 500 });
    const count = 10_000;
    for (let line = 1; line <= count; line += 1)
      store.append(part(line, line % 100 === 0 ? "error: x\n" : "calm line\n"));
    const there = Array.from({ length: count }, (_, index) => index + 1).filter((line) => store.line(line) !== null);
    const gap = there.findIndex((line, index) => line !== index + 1);
    expect(gap).toBeGreaterThanOrEqual(100);
    expect(gap).toBeLessThan(110);
    expect(there.length - gap).toBeGreaterThanOrEqual(500);
    expect(there.length - gap).toBeLessThan(560);
    expect(there.at(-1)).toBe(count);
    expect(store.find("error")).toEqual(there.filter((line) => line % 100 === 0));
  });

  it("tell of the next failure, around the end", () => {
    const texts = ["ok\nError: no\n", "errors.js compiled\n", `npm ${esc}31mERR!${esc}0m code 1\nok\n`];
    const store = createLogStore([part(1, texts[0] ?? ""), part(3, texts[1] ?? ""), part(4, texts[2] ?? "")]);
    expect([0, 1, 2, 3, 4, 5].map(store.nextFailure)).toEqual([2, 2, 4, 4, 2, 2]);
    expect(createLogStore([first]).nextFailure(0)).toBeUndefined();
  });

  it.each([
    [5, 7, 9, 7],
    [5, 9, 7, 7],
    [5, 3, 9, 9],
    [5, 3, 1, 1],
    [5, undefined, 1, 1],
    [5, 3, null, 3],
    [5, undefined, null, undefined],
  ])("from line %j of the failures at %j and %j is the next at %j", (from, one, other, expected) => {
    expect(sooner(from, one, other)).toBe(expected);
  });
});

describe("the layout", () => {
  const groups = [
    { key: "b", label: "b", firstLine: 5 },
    { key: "a", label: "a", firstLine: 2 },
  ];
  const lines = (firstLine: number, count: number) => part(firstLine, "x\n".repeat(count));
  const layoutFor = (folded: string[], ...parts: LogPart[]) => {
    const store = createLogStore(parts);
    return layoutOf(groups, new Set(folded), store.lineCount(), rowCountsOf(store.parts(), null));
  };
  const namesOf = (rows: Row[]) => rows.map((row) => nameOf(row));

  it("has headings and lines beneath each other, each where the one above ends", () => {
    const layout = layoutFor([], lines(1, 8));
    const rows = layout.between(0, layout.height);
    expect(namesOf(rows)).toEqual([1, "a", 2, 3, 4, "b", 5, 6, 7, 8]);
    expect(rows.map(({ top }) => top)).toEqual([0, 20, 50, 70, 90, 110, 140, 160, 180, 200]);
    expect(layout.height).toBe(220);
    for (const row of rows) if (row.kind === "line") expect(layout.topOf(row.line)).toBe(row.top);
  });

  it("shows of a folded group its heading alone, and finds its lines there", () => {
    const layout = layoutFor(["a"], lines(1, 8));
    const rows = layout.between(0, layout.height);
    expect(namesOf(rows)).toEqual([1, "a", "b", 5, 6, 7, 8]);
    expect(rows[1]).toMatchObject({ folded: true, lineCount: 3 });
    expect(layout.topOf(3)).toBe(20);
    expect(layout.groupOf(3)?.key).toBe("a");
  });

  it("has one row for lines that are not there, however many, in the group where they begin", () => {
    const layout = layoutFor([], lines(1, 3), lines(8, 1));
    const rows = layout.between(0, layout.height);
    expect(namesOf(rows)).toEqual([1, "a", 2, 3, "4 lines from 4", "b", 8]);
    expect(layout.topOf(8)).toBe(rows.at(-1)?.top);
    expect(namesOf(layoutFor([], lines(1_000_000, 1)).between(0, 200))).toEqual([
      "999999 lines from 1",
      "a",
      "b",
      1_000_000,
    ]);
  });

  it("of an empty log with a phase that has begun is its heading", () => {
    const none = rowCountsOf([], null);
    expect(namesOf(layoutOf([{ key: "a", label: "a", firstLine: 1 }], new Set(), 0, none).between(0, 900))).toEqual([
      "a",
    ]);
    expect(layoutOf([], new Set(), 0, none).height).toBe(0);
  });

  it("shows in every view what stands there, also of wrapped lines and around those that are not there", () => {
    const chunks = fc.array(fc.record({ sizes: fc.array(fc.nat(40), { minLength: 1 }), isThere: fc.boolean() }));
    fc.assert(
      fc.property(chunks, fc.nat(400), fc.integer({ min: 1, max: 200 }), (given, top, view) => {
        const store = createLogStore();
        const rows = stacked(given, store);
        const layout = layoutOf([], new Set(), store.lineCount(), rowCountsOf(store.parts(), 10));
        const seen = rows.filter((row) => row.top < top + view && row.end > top);
        expect(namesOf(layout.between(top, top + view))).toEqual(seen.map(({ name }) => name));
      }),
    );
  });
});

function nameOf(row: Row): string | number {
  if (row.kind === "group") return row.group.key;
  return row.kind === "line" ? row.line : `${row.lineCount} lines from ${row.firstLine}`;
}

/** Puts what is there into the store. @returns where each row of ten characters to a line stands */
function stacked(chunks: { sizes: number[]; isThere: boolean }[], store: LogStore) {
  const rows: { name: string | number; top: number; end: number }[] = [];
  let [line, missing] = [1, 0];
  const push = (name: string | number, height: number) => {
    const top = rows.at(-1)?.end ?? 0;
    rows.push({ name, top, end: top + height });
  };
  for (const { sizes, isThere } of chunks) {
    if (!isThere) {
      missing += sizes.length;
      line += sizes.length;
      continue;
    }
    if (missing > 0) push(`${missing} lines from ${line - missing}`, 20);
    missing = 0;
    store.append(part(line, sizes.map((size) => `${"x".repeat(size)}\n`).join("")));
    for (const size of sizes) {
      push(line, 20 * Math.max(1, Math.ceil(size / 10)));
      line += 1;
    }
  }
  return rows;
}
