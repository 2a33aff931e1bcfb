import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, state } from "./places.mjs";

const ignored = new Set(["node_modules", ".next", "generated", ".turbo", "test-results"]);

/** A hash over texts and over the files and folders of the repository. */
export function hashOf({ texts = [], paths = [] }) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\0`);
  for (const path of paths) hashPath(hash, path);
  return hash.digest("hex");
}

function hashPath(hash, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  for (const file of filesOf(full)) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
}

function filesOf(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    throw error;
  }
  return entries
    .filter((entry) => !ignored.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesOf(child) : entry.isFile() ? [child] : [];
    });
}

/** Whether a step with these inputs has been done, and what it made is still there. */
export function isFresh(name, hash, made) {
  const file = stampFile(name);
  return existsSync(made) && existsSync(file) && readFileSync(file, "utf8") === hash;
}

export function writeStamp(name, hash) {
  const file = stampFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

function stampFile(name) {
  return join(state, "stamps", name);
}
