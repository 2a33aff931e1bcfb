import { readObject } from "./read-object.ts";
import { readYaml } from "./read-yaml.ts";

/** What the top of a serverless file says; null where it says nothing that can be read without running code. */
export type ServerlessFile = {
  org: string | null;
  app: string | null;
  service: string | null;
  /** Why the app or the service could not be read, in a sentence; null when the service was read. */
  unreadBecause: string | null;
};

/** A property as it was found. */
export type FoundValue = { kind: "text"; text: string } | { kind: "absent" } | { kind: "code" };

export type Reading = { kind: "read"; find(key: string): FoundValue } | { kind: "unread"; because: string };

/** In the order in which the CLI looks for them. */
const fileNames = ["yml", "yaml", "json", "js", "cjs", "mjs", "ts", "cts", "mts"].map(
  (ending) => `serverless.${ending}`,
);
const notOurs = new Set(["node_modules", ".serverless", ".git", ".build", ".webpack", ".esbuild"]);

/** Whether a path of a repository is the file of a service; what packages brought with them is not. */
export function isServerlessFile(path: string): boolean {
  const parts = path.split("/");
  return fileNames.includes(parts.at(-1) ?? "") && !parts.some((part) => notOurs.has(part));
}

/** The place of a file name among those that one directory may hold; the lowest is the one that counts. */
export function rankOfFile(fileName: string): number {
  const rank = fileNames.indexOf(fileName);
  return rank === -1 ? fileNames.length : rank;
}

/** GitHub's contents API gives no larger file whole. */
const readableBytes = 1_000_000;

/** What is known of a file that is too large to be read; null for one that is not. */
export function unreadFile(path: string, bytes: number): ServerlessFile | null {
  if (bytes <= readableBytes) return null;
  return { org: null, app: null, service: null, unreadBecause: `${path} is larger than 1 MB, so it was not read.` };
}

/** Reads the names of a file of any kind. Never throws, whatever the text, and never runs it. */
export function readServerlessFile(path: string, text: string): ServerlessFile {
  const reading = read(path, text);
  if (reading.kind === "unread") return { org: null, app: null, service: null, unreadBecause: reading.because };
  const service = serviceIn(reading);
  const app = reading.find("app");
  const problem = problemOf(path, "service", service) ?? (app.kind === "absent" ? null : problemOf(path, "app", app));
  return { org: nameIn(reading.find("org")), app: nameIn(app), service: nameIn(service), unreadBecause: problem };
}

/** The stack that the file names for a stage, as the CLI would; null when only running it can tell. Never throws either. */
export function readStackName(path: string, text: string, stage: string): string | null {
  const reading = read(path, text);
  if (reading.kind === "unread" || isElsewhere(reading.find("provider"))) return null;
  const stackName = reading.find("provider.stackName");
  if (stackName.kind !== "absent") return nameIn(stackName);
  // What is merged in may name it.
  if (reading.find("provider.<<").kind !== "absent") return null;
  const service = nameIn(serviceIn(reading));
  return service === null ? null : `${service}-${stage}`;
}

/** `${file(provider.yml)}` may say anything, and so may what a file without one merges in. */
const isElsewhere = (value: FoundValue) => value.kind !== "code" && nameIn(value) === null;

function read(path: string, text: string): Reading {
  return /\.(?:ya?ml|json)$/.test(path) ? readYaml(path, text) : readObject(path, text);
}

function serviceIn({ find }: Extract<Reading, { kind: "read" }>): FoundValue {
  const older = find("service.name");
  return older.kind === "absent" ? find("service") : older;
}

function nameIn(value: FoundValue): string | null {
  return value.kind === "text" && problemOfText(value.text) === null ? value.text : null;
}

function problemOf(path: string, key: string, value: FoundValue): string | null {
  switch (value.kind) {
    case "absent":
      return `${path} names no \`${key}\`.`;
    case "code":
      return `\`${key}\` in ${path} is computed, and we read it without running code.`;
    case "text": {
      const problem = problemOfText(value.text);
      return problem === null ? null : `\`${key}\` in ${path} ${problem}.`;
    }
  }
}

function problemOfText(text: string): string | null {
  if (text.trim() === "") return "is empty";
  if (text.includes("${")) return "holds a variable, which only the CLI can tell";
  return text.length > 100 ? "is longer than 100 characters" : null;
}
