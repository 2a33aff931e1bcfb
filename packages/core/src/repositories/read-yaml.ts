import { type Document, isMap, isScalar, parseDocument, type Scalar, type YAMLMap } from "yaml";
import type { FoundValue, Reading } from "./serverless-file.ts";

/** Longer files are not read: they are generated, and reading them takes memory. */
const lengthMax = 1_000_000;

/** YAML and JSON, with CloudFormation's tags (!Ref, !Sub, …), which stay unresolved. */
export function readYaml(path: string, text: string): Reading {
  if (text.length > lengthMax) return { kind: "unread", because: `${path} is too long to be read.` };
  const document = parse(text);
  if (document === null) return { kind: "unread", because: `${path} is nested too deeply to be read.` };
  const [error] = document.errors;
  if (error !== undefined) return { kind: "unread", because: explain(path, error) };
  const top = document.contents;
  if (!isMap(top)) return { kind: "unread", because: `${path} is not a list of settings.` };
  return { kind: "read", find: (key) => findIn(top, key.split(".")) };
}

/** Null when the parser's own recursion came to its end. */
function parse(text: string): Document.Parsed | null {
  try {
    return parseDocument(text, { logLevel: "silent", strict: false, uniqueKeys: false, prettyErrors: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function findIn(map: YAMLMap, [key = "", ...rest]: string[]): FoundValue {
  const value: unknown = map.get(key, true);
  if (value === undefined || value === null) return { kind: "absent" };
  if (rest.length > 0 && isMap(value)) return findIn(value, rest);
  if (rest.length > 0 && isScalar(value)) return { kind: "absent" };
  return isScalar(value) ? readScalar(value) : { kind: "code" };
}

function readScalar({ value, tag }: Scalar): FoundValue {
  if (value === null) return { kind: "absent" };
  const isPlain = tag === undefined || tag === "tag:yaml.org,2002:str";
  if (typeof value === "number" || (typeof value === "string" && isPlain)) return { kind: "text", text: String(value) };
  return { kind: "code" };
}

type ParseError = { message: string; linePos?: [{ line: number }] | [{ line: number }, { line: number }] };

function explain(path: string, { message, linePos }: ParseError): string {
  const line = linePos?.[0].line;
  const [first = ""] = message.split("\n");
  const what = first.replace(/ at line \d+, column \d+:?$/, "");
  return `${path}${line === undefined ? "" : `, line ${line}`}: ${what.replace(/\.$/, "")}.`;
}
