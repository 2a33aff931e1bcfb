import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { toolsBin } from "./paths.ts";

export type Certificate = {
  /** Our authority alone. */
  ca: string;
  /** Our authority and the one that this machine adds for its mirrors, as NODE_EXTRA_CA_CERTS takes it. */
  trusted: string;
  certificate: string;
  key: string;
};

const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"];
const names = [
  ...["localhost", "*.localhost", "*.execute-api.localhost", "127.0.0.1", "*.amazonaws.com", "*.s3.amazonaws.com"],
  ...regions.flatMap((region) => ["", "s3.", "execute-api."].map((service) => `*.${service}${region}.amazonaws.com`)),
];

/** A certificate for the emulator under its own names and AWS's, made once per directory. All values are paths. */
export async function makeCertificate(directory: string): Promise<Certificate> {
  await mkdir(directory, { recursive: true });
  const ca = join(directory, "ca.pem");
  if (!existsSync(ca)) {
    const script = join(import.meta.dirname, "certificate.py");
    await promisify(execFile)(join(toolsBin, "python"), [script, directory, ...names]);
  }
  const trusted = join(directory, "trusted.pem");
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const machine = extra !== undefined && existsSync(extra) ? await readFile(extra, "utf8") : "";
  await writeFile(trusted, `${await readFile(ca, "utf8")}${machine}`);
  return { ca, trusted, certificate: join(directory, "certificate.pem"), key: join(directory, "key.pem") };
}
