import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isServerlessFile, rankOfFile, readServerlessFile, readStackName, unreadFile } from "./serverless-file.ts";

const names = (path: string, text: string) => {
  const { org, app, service } = readServerlessFile(path, text);
  return { org, app, service };
};

describe("a serverless file's names", () => {
  it.each([
    ["org, app and service", "serverless.yml", "org: acme\napp: shop\nservice: orders\n"],
    [
      "CloudFormation's tags",
      "serverless.yml",
      `org: acme\napp: shop\nservice: orders\nx: !Ref Table\ny: !Sub ['\${A}', {}]\n`,
    ],
    ["quotes and comments", "serverless.yaml", "# top\norg: 'acme'\napp: \"shop\" # the shop\nservice: orders\n"],
    ["JSON", "serverless.json", '{ "org": "acme", "app": "shop", "service": "orders", "x": { "service": "no" } }'],
    [
      "a typed constant",
      "serverless.ts",
      `import type { AWS } from "@serverless/typescript";
      const serverlessConfiguration: AWS = { org: "acme", app: 'shop', service: \`orders\`, provider: { service: "no" } };
      module.exports = serverlessConfiguration;`,
    ],
    [
      "export default",
      "serverless.ts",
      'export default { service: "orders", "app": "shop", org: "acme" } satisfies AWS;',
    ],
    [
      "export =",
      "serverless.ts",
      'const c: { a: string } = { service: "orders", app: "shop", org: "acme" }\nexport = c',
    ],
    [
      "module.exports",
      "serverless.js",
      'const x = 1 / 2; module.exports = { org: "acme", app: "shop", r: /[/}"]/g, service: "orders" }',
    ],
    [
      "a later property over a spread one",
      "serverless.js",
      'module.exports = { ...base, org: "acme", app: "shop", service: "orders" }',
    ],
  ])("are read from %s", (_, path, text) => {
    expect(names(path, text)).toEqual({ org: "acme", app: "shop", service: "orders" });
    expect(readServerlessFile(path, text).unreadBecause).toBeNull();
  });

  it("include the older way to write a service", () => {
    expect(names("serverless.yml", "service:\n  name: orders\n").service).toBe("orders");
    expect(names("serverless.ts", 'export default { service: { name: "orders" } }').service).toBe("orders");
  });

  it.each([
    ["a variable", "serverless.yml", `service: \${env:X}\napp: shop`],
    ["a variable in a string", "serverless.ts", `export default { service: '\${env:X}', app: 'shop' }`],
    ["a template with a hole", "serverless.ts", `export default { service: \`a\${b}\`, app: 'shop' }`],
    ["a sum", "serverless.js", "module.exports = { service: 'a' + b, app: 'shop' }"],
    ["a shorthand", "serverless.js", "const service = 'x'; module.exports = { service, app: 'shop' }"],
    [
      "a spread that may replace it",
      "serverless.js",
      "module.exports = { app: 'shop', service: 'x', ...base, app: 'shop' }",
    ],
    ["a tag", "serverless.yml", "service: !Sub x\napp: shop"],
    ["nothing", "serverless.yml", "app: shop\n"],
  ])("are left unread, with the reason, when the service is %s", (_, path, text) => {
    const read = readServerlessFile(path, text);
    expect(read).toMatchObject({ service: null, app: "shop" });
    expect(read.unreadBecause).toContain("`service`");
    expect(read.unreadBecause).toContain(path);
  });

  it("leave the app unread without losing the service", () => {
    const read = readServerlessFile("serverless.yml", `service: orders\napp: \${env:APP}`);
    expect(read).toMatchObject({ service: "orders", app: null });
    expect(read.unreadBecause).toContain("`app`");
  });

  it("are unread in a file that does not parse, with the file and the line", () => {
    const read = readServerlessFile("orders/serverless.yml", "service: orders\nfunctions:\n  a: [1,\nb: }\n");
    expect(read).toMatchObject({ service: null, app: null });
    expect(read.unreadBecause).toMatch(/^orders\/serverless\.yml, line \d+: /);
  });

  it.each([
    ["serverless.js", "module.exports = () => ({ service: 'x' })"],
    ["serverless.ts", "export default build({ service: 'x' })"],
    ["serverless.ts", "const unused = { service: 'x' }"],
    ["serverless.js", "module.exports = settings.orders; const settings = { service: 'x' }"],
    ["serverless.yml", "- service: x"],
    ["serverless.yml", ""],
  ])("are never guessed: %s %s", (path, text) => {
    expect(readServerlessFile(path, text)).toMatchObject({ service: null, app: null, org: null });
    expect(readServerlessFile(path, text).unreadBecause).not.toBeNull();
  });

  it("come out of any text without an exception", () => {
    const pieces = [
      "{",
      "}",
      "[",
      "(",
      "`",
      `\${`,
      "'",
      '"',
      "/",
      "/*",
      "//",
      "\\",
      "\n",
      "=",
      ":",
      ",",
      "...",
      "!Ref",
      "&a",
      "*a",
      "- ",
    ];
    const words = ["module", ".", "exports", "export", "default", "const", "service", "app", "x", " ", "  "];
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...pieces, ...words)).map((all) => all.join("")),
    );
    const path = fc.constantFrom("serverless.yml", "serverless.json", "serverless.ts", "serverless.js");
    fc.assert(
      fc.property(path, text, (file, content) => {
        const read = readServerlessFile(file, content);
        expect(read.service !== null || read.unreadBecause !== null).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["serverless.yml", "[".repeat(50_000)],
    ["serverless.ts", "/*".repeat(200_000)],
    ["serverless.ts", "= /[".repeat(100_000)],
    ["serverless.ts", `\`\${`.repeat(100_000)],
  ])("come out of hostile text in time: %s", (path, text) => {
    expect(readServerlessFile(path, text).service).toBeNull();
  });
});

describe("a serverless file's path", () => {
  it.each([
    ["serverless.yml", true],
    ["services/orders/serverless.ts", true],
    ["a/serverless.cjs", true],
    ["serverless.yml.bak", false],
    ["my-serverless.yml", false],
    ["node_modules/x/serverless.yml", false],
    ["a/node_modules/x/serverless.yml", false],
    ["", false],
  ])("%s is one: %s", (path, is) => {
    expect(isServerlessFile(path)).toBe(is);
  });

  it("has the CLI's own precedence", () => {
    expect(rankOfFile("serverless.yml")).toBeLessThan(rankOfFile("serverless.ts"));
    expect(rankOfFile("other")).toBeGreaterThan(rankOfFile("serverless.mts"));
  });
});

it("is not read when GitHub would give it without its content, and says so", () => {
  expect(unreadFile("orders/serverless.yml", 1_000_000)).toBeNull();
  expect(unreadFile("orders/serverless.yml", 1_000_001)?.unreadBecause).toBe(
    "orders/serverless.yml is larger than 1 MB, so it was not read.",
  );
});

describe("a serverless file's stack", () => {
  it.each([
    ["by its service", "serverless.yml", "service: orders\nprovider:\n  name: aws\n"],
    ["by the older ways", "serverless.yml", "service:\n  name: orders\nprovider: aws\n"],
    ["by itself", "serverless.yml", "service: shop\nprovider:\n  name: aws\n  stackName: orders-prod\n"],
    ["in JSON", "serverless.json", '{ "service": "orders", "provider": { "name": "aws" } }'],
    ["in code", "serverless.ts", 'export default { service: "orders", provider: { name: "aws", runtime: node } };'],
  ])("is named %s", (_, path, text) => {
    expect(readStackName(path, text, "prod")).toBe("orders-prod");
  });

  it.each([
    ["a variable", "serverless.yml", `service: \${env:X}\nprovider: aws\n`],
    ["a variable of its own", "serverless.yml", `service: orders\nprovider:\n  stackName: orders-\${env:X}\n`],
    ["a provider in another file", "serverless.yml", `service: orders\nprovider: \${file(provider.yml)}\n`],
    ["a provider by an alias", "serverless.yml", "x: &x\n  stackName: other\nservice: orders\nprovider: *x\n"],
    ["a merged provider", "serverless.yml", "x: &x\n  stackName: other\nservice: orders\nprovider:\n  <<: *x\n"],
    ["a merged file", "serverless.yml", "x: &x\n  provider:\n    stackName: other\n<<: *x\nservice: orders\n"],
    ["a constant", "serverless.ts", 'const provider = {}; export default { service: "orders", provider };'],
    ["a constant by name", "serverless.ts", 'export default { service: "orders", provider: awsOf("x") };'],
    ["what is spread", "serverless.ts", 'export default { service: "orders", provider: { ...base } };'],
    ["what is no file of a service", "serverless.yml", "[]"],
  ])("is not told by %s", (_, path, text) => {
    expect(readStackName(path, text, "prod")).toBeNull();
  });
});
