import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { committedFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const rooms = "(?:apps|packages|prisma|scripts|examples|docs|bench|docker)";
const link = /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)\s]*)?\)/g;
const quotedPath = new RegExp(`\`(${rooms}/[\\w@.()[\\]/-]+)\``, "g");
const command = /`(?:npm run |pnpm run )([\w:-]+)[^`]*`|^(?:npm run |pnpm run )([\w:-]+)/gm;

/** Links and quoted paths of a document that lead to no file or folder of the repository. */
export function deadPaths(document: string, text: string, files: readonly string[]): string[] {
  const exists = (path: string) => files.some((file) => file === path || file.startsWith(`${path}/`));
  const links = [...text.matchAll(link)].map(([, to = ""]) => normalize(join(dirname(document), to)));
  const quoted = [...text.matchAll(quotedPath)].map(([, path = ""]) => path);
  return [...new Set([...links, ...quoted])]
    .map((path) => path.replace(/\/$/, ""))
    .filter((path) => path !== "." && !exists(path))
    .map((path) => `${document}: ${path} does not exist`);
}

/** Commands of a document that package.json does not know. */
export function deadCommands(document: string, text: string, scripts: ReadonlySet<string>): string[] {
  const named = [...text.matchAll(command)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  return [...new Set(named)]
    .filter((name) => !scripts.has(name))
    .map((name) => `${document}: npm run ${name} is not in package.json`);
}

/** Scripts of package.json that the README does not tell of. */
export function untoldCommands(readme: string, scripts: ReadonlySet<string>): string[] {
  return [...scripts]
    .filter((name) => !readme.includes(name === "test" ? "npm test" : `npm run ${name}`))
    .map((name) => `README.md: npm run ${name} is not told of`);
}

/** Documents say only what is there: paths, links, commands. */
export async function checkDocuments(): Promise<Outcome> {
  const files = await committedFiles(root);
  const documents = await textsOf(
    root,
    files.filter((file) => file.endsWith(".md")),
  );
  const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { scripts: object };
  const scripts = new Set(Object.keys(manifest.scripts));
  return outcomeOf([
    ...[...documents].flatMap(([document, text]) => [
      ...deadPaths(document, text, files),
      ...(document.startsWith("examples/") ? [] : deadCommands(document, text, scripts)),
    ]),
    ...untoldCommands(documents.get("README.md") ?? "", scripts),
  ]);
}
