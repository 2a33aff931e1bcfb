import { type Token, tokensOf } from "./script-tokens.ts";
import type { FoundValue, Reading } from "./serverless-file.ts";

const unreadable = "exports no plain object, and we read it without running code.";

/**
 * JavaScript and TypeScript: the object that the module exports, by its literal properties. Anything cleverer than
 * `export default {…}`, `module.exports = {…}` or a constant that one of them names is said to be unread.
 */
export function readObject(path: string, text: string): Reading {
  const tokens = tokensOf(text);
  const start = tokens === null ? null : startOfExport(tokens);
  if (tokens === null || start === null) return { kind: "unread", because: `${path} ${unreadable}` };
  return { kind: "read", find: (key) => findIn(tokens, start, key.split(".")) };
}

/** The place of the "{" of the exported object. */
function startOfExport(tokens: readonly Token[]): number | null {
  const value = exportedValue(tokens);
  const token = tokens[value ?? -1];
  if (value === null || token === undefined) return null;
  if (isMark(token, "{")) return value;
  if (token.kind !== "word" || !endsStatement(tokens[value + 1])) return null;
  return startOfConstant(tokens, token.text);
}

function exportedValue(tokens: readonly Token[]): number | null {
  for (const words of [
    ["module", ".", "exports", "="],
    ["export", "default"],
    ["export", "="],
  ]) {
    const place = tokens.findIndex((_, index) => words.every((word, offset) => tokens[index + offset]?.text === word));
    if (place !== -1) return place + words.length;
  }
  return null;
}

function endsStatement(token: Token | undefined): boolean {
  return (
    token === undefined || token.text === ";" || token.text === "satisfies" || token.text === "as" || token.startsLine
  );
}

/** `const name: Type = {`: the type, which may hold braces of its own, is passed over. */
function startOfConstant(tokens: readonly Token[], name: string): number | null {
  const declared = tokens.findIndex(
    ({ kind, text }, index) =>
      kind === "word" && ["const", "let", "var"].includes(text) && tokens[index + 1]?.text === name,
  );
  if (declared === -1) return null;
  for (const { token, index, depth } of withDepth(tokens, declared + 2)) {
    if (isMark(token, ";")) return null;
    if (depth === 0 && isMark(token, "=")) return isMark(tokens[index + 1], "{") ? index + 1 : null;
  }
  return null;
}

/** What is spread may hold any key; a later property takes the place of an earlier one. */
function findIn(tokens: readonly Token[], start: number, [key = "", ...rest]: string[]): FoundValue {
  let found: FoundValue = { kind: "absent" };
  for (const { token, index } of properties(tokens, start)) {
    if (isMark(token, "...")) found = { kind: "code" };
    else if (token.text === key && token.kind !== "mark") found = readValue(tokens, index, rest);
  }
  return found;
}

type Placed = { token: Token; index: number; depth: number };

/** The first token of each property of the object that begins at `start`. */
function* properties(tokens: readonly Token[], start: number): Generator<Placed> {
  for (const placed of withDepth(tokens, start)) {
    if (placed.depth === 0) return;
    const before = tokens[placed.index - 1];
    if (placed.depth === 1 && (placed.index - 1 === start || isMark(before, ","))) yield placed;
  }
}

/** Each token from a place on, with how many brackets stand open after it. */
function* withDepth(tokens: readonly Token[], from: number): Generator<Placed> {
  let depth = 0;
  for (const [offset, token] of tokens.slice(from).entries()) {
    depth += depthOf(token);
    yield { token, index: from + offset, depth };
  }
}

function readValue(tokens: readonly Token[], key: number, rest: string[]): FoundValue {
  const [colon, value, after] = tokens.slice(key + 1, key + 4);
  if (value === undefined || !isMark(colon, ":")) return { kind: "code" };
  if (rest.length > 0 && isMark(value, "{")) return findIn(tokens, key + 2, rest);
  const isWhole = isMark(after, ",") || isMark(after, "}") || after?.text === "as";
  if (value.kind !== "text" || !isWhole) return { kind: "code" };
  return rest.length > 0 ? { kind: "absent" } : { kind: "text", text: value.text };
}

function depthOf(token: Token): number {
  if (token.kind !== "mark") return 0;
  if ("{[(".includes(token.text)) return 1;
  return "}])".includes(token.text) ? -1 : 0;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}
