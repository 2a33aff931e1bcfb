import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parseDocument } from "yaml";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

/** What the Compose specification's own schema says against a compose file, one line per fault with its place in the file. */
export async function composeFaults(text: string): Promise<string[]> {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) return document.errors.map((error) => error.message);
  const schema = JSON.parse(await readFile(join(root, "scripts/check/compose-spec.json"), "utf8"));
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  validate(document.toJS());
  return (validate.errors ?? []).map((error) => `${error.instancePath || "/"} ${error.message ?? "is not valid"}`);
}

type Parts = { services?: Record<string, Part>; volumes?: object };
type Part = { build?: { dockerfile?: string }; depends_on?: object; volumes?: (string | { source?: string })[] };

/** Names that lead nowhere, which the schema can't see: services that wait for none, volumes and Dockerfiles that are not there. */
export function danglingNames(text: string, files: readonly string[]): string[] {
  const { services = {}, volumes = {} } = parseDocument(text, { merge: true }).toJS() as Parts;
  return Object.entries(services).flatMap(([name, part]) => [
    ...Object.keys(part.depends_on ?? {})
      .filter((other) => !(other in services))
      .map((other) => `${name} waits for ${other}, which is no service`),
    ...namedVolumes(part)
      .filter((volume) => !(volume in volumes))
      .map((volume) => `${name} mounts ${volume}, which is no volume`),
    ...[part.build?.dockerfile]
      .filter((file) => file !== undefined && !files.includes(file))
      .map((file) => `${name} is built by ${file}, which does not exist`),
  ]);
}

function namedVolumes(part: Part): string[] {
  return (part.volumes ?? [])
    .map((volume) => (typeof volume === "string" ? volume.split(":")[0] : volume.source))
    .filter((source): source is string => source !== undefined && /^\w/.test(source));
}

/** `docker-compose.yml` against the specification: no engine is needed for it. */
export async function checkCompose(files: readonly string[]): Promise<Outcome> {
  const text = await readFile(join(root, "docker-compose.yml"), "utf8").catch(() => null);
  if (text === null) return outcomeOf(["docker-compose.yml is not there"]);
  const faults = [...(await composeFaults(text)), ...danglingNames(text, files)];
  return outcomeOf(faults.map((fault) => `docker-compose.yml: ${fault}`));
}
