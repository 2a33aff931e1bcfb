import type { Stack } from "@branchline/aws";
import type { OutputFact } from "@branchline/core/deployments/finish";
import type { FactBook } from "./fact-book.ts";

/** The outputs under which osls and serverless give an API's address. */
const apiOutputs = ["HttpApiUrl", "ServiceEndpoint"];

/** What a person wants from a deployed service: its endpoints, the outputs that it names, its functions. */
export function outputsOf(book: FactBook, stack: Stack | null): OutputFact[] {
  const deployed = book.description();
  if (stack === null || deployed === null) return [];
  const endpoints = apiOutputs.flatMap((name) => {
    const url = stack.outputs[name];
    if (url === undefined) return [];
    return deployed.routes.map(({ method, path }): OutputFact => {
      const isCatchAll = path === "*";
      return {
        kind: "endpoint",
        key: `${method} ${path}`,
        value: isCatchAll ? url : `${url.replace(/\/$/, "")}/${path.replace(/^\//, "")}`,
      };
    });
  });
  const named = Object.entries(deployed.outputs).flatMap(([logicalId, key]): OutputFact[] => {
    const value = stack.outputs[logicalId];
    return value === undefined ? [] : [{ kind: "output", key, value }];
  });
  const functions = deployed.functions.map(
    ({ key, name, bytes = null }): OutputFact => ({ kind: "function", key, value: name, bytes }),
  );
  return [...endpoints, ...named, ...functions];
}
