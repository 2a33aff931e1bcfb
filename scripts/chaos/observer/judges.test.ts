import { explain } from "@branchline/core/deployments/reasons";
import { describe, expect, test } from "vitest";
import { linesPerBuild } from "../services.ts";
import { judgeDoubles } from "./doubles.ts";
import { judgeFates } from "./fates.ts";
import type { History, Told } from "./histories.ts";
import { judgeLines } from "./lines.ts";
import { type Begun, type Happened, judgeRecoveries } from "./recoveries.ts";
import { judgeSecrets } from "./secrets.ts";
import { judgeVerdicts } from "./verdicts.ts";

const service = "chaos-01";
const stackName = `${service}-staging`;

const told = (wishes: Partial<Told>): Told => ({
  deploymentId: "one",
  conclusion: "success",
  summary: "",
  startedAt: 0,
  completedAt: 10_000,
  ...wishes,
});

/** A push after another, each changing the service, and what GitHub was told of each. */
function historyOf(...toldOfEach: Told[][]): History {
  const moments = toldOfEach.map((one, index) => ({
    push: { sha: `${index}`.repeat(40), changed: [service], versions: new Map([[service, index + 1]]) },
    told: one,
  }));
  return { service, moments };
}

describe("a push", () => {
  const failure = told({ conclusion: "failure", summary: explain("tests_failed").sentence });
  test.each<[string, Told[][], string[]]>([
    ["that succeeded is deployed", [[told({})]], ["deployed"]],
    [
      "before one that succeeded is superseded",
      [[told({ conclusion: "neutral" })], [told({})]],
      ["superseded", "deployed"],
    ],
    ["that nobody was told of, with a later success, is superseded", [[], [told({})]], ["superseded", "deployed"]],
    ["that failed with a reason is explained", [[failure]], ["explained"]],
    ["that still runs is lost", [[told({ conclusion: null })]], ["lost"]],
    ["that nobody was told of is lost", [[told({})], []], ["deployed", "lost"]],
    [
      "that failed by our own fault is lost",
      [[told({ conclusion: "failure", summary: explain("internal").sentence })]],
      ["lost"],
    ],
  ])("%s", (_, pushes, expected) => {
    const fates = judgeFates([historyOf(...pushes)]);
    const counted = Object.groupBy(expected, (fate) => fate);
    for (const fate of ["deployed", "superseded", "explained", "lost"] as const)
      expect([fate, fates[fate]]).toEqual([fate, counted[fate]?.length ?? 0]);
  });
});

describe("a deployment", () => {
  const change = { stackName, deploymentId: "one", at: 2_000 };

  test("that changes its stack twice, or without a name, is doubled", () => {
    expect(judgeDoubles([change], []).broken).toBe(0);
    expect(judgeDoubles([change, { ...change, at: 3_000 }], []).broken).toBe(1);
    expect(judgeDoubles([{ ...change, deploymentId: null }], []).broken).toBe(1);
  });

  test("that begins before the one before it has ended is doubled", () => {
    const second = (startedAt: number) => told({ deploymentId: "two", startedAt, completedAt: 20_000 });
    expect(judgeDoubles([], [historyOf([told({})], [second(10_000)])]).broken).toBe(0);
    expect(judgeDoubles([], [historyOf([told({})], [second(9_000)])]).broken).toBe(1);
  });

  test.each<[string, Partial<Told>, string, string, number]>([
    ["as its stack ended is right", {}, "UPDATE_COMPLETE", "v1", 0],
    ["as a success whose stack was rolled back is wrong", {}, "UPDATE_ROLLBACK_COMPLETE", "v1", 1],
    ["as a failure whose stack is complete is wrong", { conclusion: "failure" }, "UPDATE_COMPLETE", "v1", 2],
    ["as nothing, and shown as not ended, is wrong", { conclusion: null }, "UPDATE_COMPLETE", "v1", 3],
    ["61 s after its stack's end is wrong", { completedAt: 66_000 }, "UPDATE_COMPLETE", "v1", 1],
    ["as a success, with the stack at another version, is wrong", {}, "UPDATE_COMPLETE", "v9", 1],
  ])("told %s", (_, wishes, endedAs, version, broken) => {
    const updates = [{ beganAt: new Date(1_000), endedAt: new Date(5_000), endedAs }];
    const verdicts = judgeVerdicts([change], [historyOf([told(wishes)])], new Map([[service, { version, updates }]]));
    expect(verdicts).toMatchObject({ broken });
  });
});

describe("a recovery", () => {
  const kill: Happened = { name: "a kill", reach: "a worker", place: 0, from: 101_000, until: 104_000 };
  const cut: Happened = { ...kill, name: "a cut", reach: "a worker, perhaps" };
  const outage: Happened = { name: "an outage", reach: "everybody", place: 0, from: 103_000, until: 108_000 };
  const deployment = told({ startedAt: 90_000, completedAt: 200_000 });
  const takenOver = "\u001b[36m▸ Another worker goes on, and starts from the beginning.\u001b[0m\n";
  const lostTwice = { conclusion: "failure", summary: explain("worker_lost").sentence };

  /** By the worker at the first place, and then by the other. */
  const asked = (...moments: number[]) => moments.map((at, place) => ({ deploymentId: "one", place, at }));
  const judge = (one: Told, begun: Begun[], log: string, ...faults: Happened[]) =>
    judgeRecoveries({ begun, histories: [historyOf([one])], logs: new Map([["one", log]]) }, faults);

  test.each<[string, Happened[], number]>([
    ["is counted from the fault that took the worker", [kill], 11_000],
    ["is counted from the end of what hindered everybody", [kill, outage], 4_000],
    ["from what everybody met is counted from its end", [outage], 4_000],
    ["is counted from the first fault that took the worker", [kill, { ...kill, from: 106_000 }], 11_000],
    ["is counted from the last fault that may have taken it", [cut, { ...cut, from: 106_000 }], 6_000],
  ])("%s", (_, faults, longestMs) => {
    expect(judge(deployment, asked(91_000, 112_000), takenOver, ...faults)).toMatchObject({
      broken: 0,
      count: 1,
      longestMs,
    });
  });

  test.each<[string, Partial<Told>, number[], string, Happened, number]>([
    ["of more than 15 s is slow", {}, [91_000, 117_000], takenOver, kill, 1],
    ["of a worker that had not asked AWS yet is slow as well", {}, [117_000], takenOver, kill, 1],
    ["that never came is slow", { conclusion: null, completedAt: null }, [91_000], "", kill, 1],
    ["that came as an end after two lost workers is slow", lostTwice, [91_000], "", kill, 1],
    ["is none of a deployment that had ended", { ...lostTwice, completedAt: 100_000 }, [91_000], "", kill, 0],
    ["is none of a deployment that the worker ended after all", {}, [91_000], "", cut, 0],
    ["is none of a deployment that waited without a worker", {}, [91_000, 117_000], "", kill, 0],
    ["is none of another worker's deployment", {}, [91_000, 117_000], takenOver, { ...kill, place: 1 }, 0],
    ["is none when nobody was harmed", {}, [91_000, 117_000], takenOver, { ...kill, reach: "nobody" }, 0],
  ])("%s", (_, wishes, moments, log, fault, broken) => {
    expect(judge({ ...deployment, ...wishes }, asked(...moments), log, fault)).toMatchObject({ broken, count: broken });
  });

  test("can be seen of a success whose role somebody asked for, and of no other", () => {
    expect(judge(deployment, asked(91_000), "").broken).toBe(0);
    expect(judge(deployment, [], "").broken).toBe(1);
    expect(judge({ ...deployment, conclusion: "neutral" }, [], "").broken).toBe(0);
  });

  test("is judged by the newest check run of a deployment", () => {
    const old = { ...deployment, conclusion: null, completedAt: null };
    const histories = [historyOf([{ ...deployment, completedAt: 100_000 }, old])];
    expect(judgeRecoveries({ begun: asked(91_000), histories, logs: new Map() }, [kill])).toMatchObject({ broken: 0 });
  });

  test("without a fault is told", () => {
    const { broken, sentences } = judge(deployment, asked(91_000, 112_000), takenOver);
    expect([broken, sentences]).toEqual([0, [expect.stringContaining("no fault had taken the one before")]]);
  });
});

describe("a log", () => {
  const mark = "0123456789ab";
  const lines = (...numbers: number[]) => numbers.map((number) => `line ${mark} ${number}\n`).join("");
  const all = Array.from({ length: linesPerBuild }, (_, index) => index + 1);
  test.each<[string, string, boolean, number]>([
    ["with every line is whole", lines(...all), true, 0],
    ["of a build that was cut off ends anywhere", lines(1, 2), false, 0],
    ["of a success that ends early is not", lines(1, 2), true, 1],
    ["without its first lines is not", lines(3, 4), false, 1],
    ["with a line twice is not", lines(1, 2, 2, 3), false, 1],
    ["with two lines swapped is not", lines(1, 3, 2), false, 1],
  ])("%s", (_, log, isSuccess, broken) => {
    expect(judgeLines(new Map([["one", log]]), new Set(isSuccess ? ["one"] : [])).broken).toBe(broken);
  });
});

test("a secret is spilled by a log or a file that has it, and shown to be kept only by builds that print it", () => {
  const judge = (log: string, file: string) =>
    judgeSecrets("hush", { logs: new Map([["one", log]]), files: new Map([["worker.log", file]]) }).broken;
  expect(judge("The secret is ***", "")).toBe(0);
  expect(judge("The secret is hush", "")).toBe(1);
  expect(judge("The secret is ***", "hush")).toBe(1);
  expect(judge("", "")).toBe(1);
});
