import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { readPlan } from "./plan.ts";

const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));
let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

test.each(["npm-service", "pnpm-service", "yarn-service"])(
  "%s installs by its lock file and tests, through the proxy alone",
  async (name) => {
    const bench = await createBench({});
    close = bench.close;
    await bench.copy(join(examples, name));
    const plan = await readPlan(bench.workspace, "");
    const installed = await bench.run(plan.install ?? [], { allow: bench.hosts.build });
    expect(installed, installed.text).toMatchObject({ exit: { kind: "exited", code: 0 } });
    const tested = await bench.run(plan.test ?? [], { allow: bench.hosts.build });
    expect(tested, tested.text).toMatchObject({ exit: { kind: "exited", code: 0 } });
  },
  180_000,
);
