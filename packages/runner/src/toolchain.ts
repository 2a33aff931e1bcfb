import { createHash } from "node:crypto";
import { access, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** The read-only tools that every build finds, whatever its repository brings. */
export type Toolchain = {
  /** node_modules with npm, pnpm, yarn and osls. */
  directory: string;
  /** The worker's own node. */
  node: string;
  registryHosts: string[];
  /** npm settings of the operator that hold no secret. */
  npmEnvironment: Record<string, string>;
  /** One file with every certificate authority that builds trust. */
  caFile: string;
  /** The passwd of the sandbox: one user. */
  accountsFile: string;
};

const manifest = join(dirname(fileURLToPath(import.meta.url)), "..", "toolchain");
const systemCa = "/etc/ssl/certs/ca-certificates.crt";

/** Installs the tools once per version into a directory; a second worker that comes at the same time uses the first one's. */
export async function prepareToolchain(options: {
  directory: string;
  authorities: readonly string[];
}): Promise<Toolchain> {
  const lock = await readFile(join(manifest, "package-lock.json"), "utf8");
  const version = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  const directory = join(options.directory, version);
  if (!(await exists(directory))) await install(directory);
  const registry = await npmRegistry();
  return {
    directory,
    node: process.execPath,
    registryHosts: [new URL(registry).host, "registry.yarnpkg.com"],
    npmEnvironment: { npm_config_registry: registry, YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, "") },
    caFile: await bundleAuthorities(options.directory, options.authorities),
    accountsFile: await writeAccounts(options.directory),
  };
}

async function install(directory: string): Promise<void> {
  const fresh = `${directory}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await cp(manifest, fresh, { recursive: true });
  await execa("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: fresh });
  await rename(fresh, directory).catch(() => rm(fresh, { recursive: true, force: true }));
}

async function npmRegistry(): Promise<string> {
  const { stdout } = await execa("npm", ["config", "get", "registry"]);
  return stdout.trim();
}

async function bundleAuthorities(directory: string, authorities: readonly string[]): Promise<string> {
  const texts = await Promise.all([systemCa, ...authorities].map((file) => readFile(file, "utf8").catch(() => "")));
  const caFile = join(directory, "certificate-authorities.pem");
  await writeFile(caFile, texts.join("\n"));
  return caFile;
}

async function writeAccounts(directory: string): Promise<string> {
  const accountsFile = join(directory, "passwd");
  await writeFile(accountsFile, "build:x:1000:1000::/home/build:/bin/sh\n");
  return accountsFile;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
