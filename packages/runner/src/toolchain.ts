import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { exists, installOnce } from "./install-once.ts";
import { installNode } from "./nodes.ts";

/** The read-only tools that every build finds, whatever its repository brings. */
export type Toolchain = {
  /** node_modules with npm, pnpm, yarn and osls. */
  directory: string;
  /** The worker's own node. */
  node: string;
  /** The binary of another Node that a plan chose, installed when first wanted. */
  otherNode(version: string): Promise<string>;
  /** The operator's npm registry, which may have a private address. */
  registry: URL;
  /** npm settings of the operator that hold no secret. */
  npmEnvironment: Record<string, string>;
  /** One file with every certificate authority that builds trust. */
  caFile: string;
  /** The passwd of the sandbox: one user. */
  accountsFile: string;
  /** The hosts of the sandbox: itself. */
  hostsFile: string;
};

const manifest = join(dirname(fileURLToPath(import.meta.url)), "..", "toolchain");
const systemCa = "/etc/ssl/certs/ca-certificates.crt";

/** Installs the tools once per version into a directory; a second worker that comes at the same time uses the first one's. */
export async function prepareToolchain(options: {
  directory: string;
  authorities: readonly string[];
}): Promise<Toolchain> {
  const directory = await installOnce(manifest, options.directory);
  const registry = await npmRegistry();
  return {
    directory,
    node: process.execPath,
    otherNode: (version) => installNode(options.directory, version),
    registry: new URL(registry),
    npmEnvironment: { npm_config_registry: registry, YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, "") },
    caFile: await bundleAuthorities(options.directory, options.authorities),
    accountsFile: await place(options.directory, "passwd", "build:x:1000:1000::/home/build:/bin/sh\n"),
    hostsFile: await place(options.directory, "hosts", "127.0.0.1 localhost build\n::1 localhost\n"),
  };
}

async function npmRegistry(): Promise<string> {
  const { stdout } = await execa("npm", ["config", "get", "registry"]);
  return stdout.trim();
}

async function bundleAuthorities(directory: string, authorities: readonly string[]): Promise<string> {
  const texts = await Promise.all([systemCa, ...authorities].map((file) => readFile(file, "utf8").catch(() => "")));
  return place(directory, "certificate-authorities.pem", texts.join("\n"));
}

/** Named by its content and moved into place, so that a worker that starts changes no file of a build that runs. */
async function place(directory: string, name: string, text: string): Promise<string> {
  const file = join(directory, `${createHash("sha256").update(text).digest("hex").slice(0, 12)}-${name}`);
  if (await exists(file)) return file;
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, text);
  await rename(fresh, file);
  return file;
}
