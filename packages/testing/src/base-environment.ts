import { delimiter, dirname } from "node:path";
import { compileCache, nodeBinary } from "./paths.ts";

const passedOn = ["HOME", "LANG", "TZ", "TMPDIR", "USER", "SSL_CERT_FILE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"];

/** What every program of ours gets of our own environment: no secret of whoever runs it, and no telemetry. */
export function baseEnvironment(): Record<string, string> {
  const own = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(own),
    PATH: [dirname(nodeBinary), process.env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: compileCache,
    NEXT_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    CHECKPOINT_DISABLE: "1",
    NO_COLOR: "1",
  };
}
