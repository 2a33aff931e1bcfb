import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { nodeBinary } from "./paths.ts";
import { freePort } from "./ports.ts";

test("a port is given to one asker alone, in this process or another, though nobody listens on it yet", async () => {
  const port = await freePort(0);
  const askInVain = `const { freePort } = await import(${JSON.stringify(join(import.meta.dirname, "ports.ts"))});
    console.log(await freePort(${port}));`;
  const { stdout: toAnother } = await execa(nodeBinary, ["--input-type=module", "--eval", askInVain]);
  expect(Number(toAnother)).toBeGreaterThan(port);
  expect(await freePort(port)).toBeGreaterThan(port);
});
