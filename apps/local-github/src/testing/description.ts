import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Json = Record<string, unknown>;

interface Description {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Json }>; $ref?: string }> }>
  >;
  components: {
    schemas: Record<string, Json>;
    responses: Record<string, { content?: Record<string, { schema: Json }> }>;
  };
}

const require = createRequire(import.meta.url);
const file = require.resolve("@octokit/openapi/generated/api.github.com.json");
const description = JSON.parse(readFileSync(file, "utf8")) as Description;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

const PREFIX = "#/components/schemas/";

/**
 * GitHub's schema as ajv reads it: `nullable` becomes a choice, and references become names. Its `oneOf` lists
 * shapes that overlap, and one old schema wants an account to be a user and an enterprise at once: both are read as
 * "any of these", as its other schemas say it.
 */
function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate);
  if (value === null || typeof value !== "object") return value;
  const { nullable, discriminator: _d, example: _e, examples: _x, $ref, ...rest } = value as Json;
  if (typeof $ref === "string") return { $ref: addNamed($ref) };
  const plain = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [isChoice(key, inner) ? "anyOf" : key, translate(inner)]),
  );
  return nullable === true ? { anyOf: [{ type: "null" }, plain] } : plain;
}

function isChoice(key: string, inner: unknown): boolean {
  return key === "oneOf" || (key === "allOf" && (inner as Json[]).some((one) => one.title === "Enterprise"));
}

const added = new Set<string>();

function addNamed(reference: string): string {
  const name = reference.slice(PREFIX.length);
  if (added.has(name)) return name;
  added.add(name);
  ajv.addSchema(translate(description.components.schemas[name]) as Json, name);
  return name;
}

/** The check of one answer against GitHub's own description; null when it describes no body for it. */
export function answerCheck(method: string, path: string, status: number): ValidateFunction | null {
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`GitHub describes no ${method} ${path}`);
  const direct = operation.responses[String(status)];
  if (!direct) throw new Error(`GitHub describes no ${status} for ${method} ${path}`);
  const response = direct.$ref ? description.components.responses[direct.$ref.split("/").at(-1) ?? ""] : direct;
  const schema = response?.content?.["application/json"]?.schema;
  return schema ? ajv.compile(translate(schema) as Json) : null;
}
