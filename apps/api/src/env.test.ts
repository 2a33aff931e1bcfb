import { expect, test } from "vitest";
import { readEnvironment } from "./env.ts";

const complete = {
  DATABASE_URL: "postgres://u@h/db",
  REDIS_URL: "redis://h/0",
  API_URL: "http://localhost:3001",
  GITHUB_WEBHOOK_SECRET: "hunter22",
};

test("a complete environment is read, with its defaults", () => {
  expect(readEnvironment(complete)).toMatchObject({ ...complete, API_POOL_SIZE: 10, HOST: "127.0.0.1" });
});

test("each wrong or missing variable is named with its rule, and no value is shown", () => {
  const { GITHUB_WEBHOOK_SECRET: _, ...rest } = complete;
  expect(() => readEnvironment({ ...rest, REDIS_URL: "s3cret" })).toThrow(
    /REDIS_URL must be an address that starts with redis:\/\/\n {2}GITHUB_WEBHOOK_SECRET must be set$/,
  );
  expect(() => readEnvironment({ ...rest, REDIS_URL: "s3cret" })).not.toThrow(/s3cret/);
});
