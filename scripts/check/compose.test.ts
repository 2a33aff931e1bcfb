import { describe, expect, test } from "vitest";
import { composeFaults, danglingNames } from "./compose.ts";

describe("docker-compose.yml", () => {
  test("a service with an image is accepted", async () => {
    expect(await composeFaults("services: { db: { image: postgres } }")).toEqual([]);
  });

  test.each([
    ["an unknown key", "services: { db: { imagee: postgres } }"],
    ["a port that is no port", "services: { db: { image: postgres, ports: [{ target: {} }] } }"],
    ["services that are a list", "services: [db]"],
    ["a text that is no YAML", "services: {"],
  ])("%s is refused", async (_, text) => {
    expect(await composeFaults(text)).not.toEqual([]);
  });

  test("a service that waits for none, a volume and a Dockerfile that are not there are named", () => {
    const text = `
services:
  api: { build: { context: ., dockerfile: docker/api.Dockerfile }, depends_on: { db: {} }, volumes: ["rows:/rows"] }
`;
    expect(danglingNames(text, [])).toEqual([
      "api waits for db, which is no service",
      "api mounts rows, which is no volume",
      "api is built by docker/api.Dockerfile, which does not exist",
    ]);
  });
});
