import type { Mutation } from "./mutation.ts";

const secrets = "packages/logs/src/mask/mask.test.ts";
const echoed = "threat 37: a secret is echoed in an encoding, cut, coloured or wrapped";
const log = "apps/worker/src/run/log.test.ts";
const stream = "apps/web/lib/live/deployment-stream.test.ts";
const scan = "packages/logs/src/scan/scan.test.ts";
const writer = "packages/logs/src/writer.test.ts";

export const logs: readonly Mutation[] = [
  {
    row: "threat 37",
    file: "packages/logs/src/mask/encodings.ts",
    from: "return [0, 1, 2].flatMap((offset) => {",
    to: "return [0].flatMap((offset) => {",
    test: secrets,
    title: echoed,
  },
  {
    row: "threat 37",
    file: "packages/logs/src/mask/finder.ts",
    from: "const next = bytes.indexOf(escapeByte, at);",
    to: "const next = bytes.indexOf(0, at);",
    test: secrets,
    title: echoed,
  },
  {
    row: "threat 37",
    file: "packages/logs/src/mask/mask.ts",
    from: "finder.use(automaton);",
    to: "createFinder(automaton);",
    test: secrets,
    title: echoed,
  },
  {
    row: "threat 35",
    file: "packages/logs/src/clean/cleaner.ts",
    from: 'if ("]PX^_".includes',
    to: 'if ("PX^_".includes',
    test: "apps/web/e2e/strangers.test.ts",
    title: "threat 35: a build prints scripts, links, titles and clipboards into its log",
  },
  {
    row: "threat 38",
    file: "packages/logs/src/scan/scan.ts",
    from: "const depthMax = 3;",
    to: "const depthMax = 1;",
    test: scan,
    title: "threat 38: a secret is printed in more than one encoding",
  },
  {
    row: "threat 38",
    file: "apps/worker/src/run/log.ts",
    from: "if (told.length > 0) await options.onLeaks(told);",
    to: "if (told.length < 0) await options.onLeaks(told);",
    test: log,
    title: "threat 38: a build prints a parameter in base64 twice",
  },
  {
    row: "fault 44",
    file: "packages/core/src/logs/trim.ts",
    from: "AND byte_offset >= ${headBytes} AND",
    to: "AND byte_offset < 0 AND",
    test: log,
    title: "fault 44: a flood is kept as its head and its tail",
  },
  {
    row: "fault 44",
    file: "apps/worker/src/run/log.ts",
    from: "await withinPace(bytes.length);",
    to: "await withinPace(0);",
    test: log,
    title: "fault 44: a flood is kept as its head and its tail",
  },
  {
    row: "fault 45",
    file: "packages/logs/src/chunk/lines.ts",
    from: "if (size > lineBytesMax) cut();",
    to: "if (size < 0) cut();",
    test: writer,
    title: "fault 45: one line of 200 MB is cut",
  },
  {
    row: "fault 46",
    file: "packages/logs/src/writer.ts",
    from: "write: (bytes) => lines.write(mask.write(cleaner.write(bytes))),",
    to: "write: (bytes) => lines.write(mask.write(Buffer.from(bytes))),",
    test: writer,
    title: "fault 46: NUL, invalid UTF-8, escapes",
  },
  {
    row: "threat 36",
    file: "apps/web/lib/live/frames.ts",
    from: "data: ${JSON.stringify(body)}\\n\\n`;",
    to: 'data: ${JSON.stringify(body).replaceAll("\\\\n", "\\n")}\\n\\n`;',
    test: stream,
    title: "threat 36: a build prints frames",
  },
  {
    row: "fault 47",
    file: "apps/web/lib/live/frames.ts",
    from: "return `${epoch}.${seq}`;",
    to: "return `${epoch}.${seq - 1}`;",
    test: stream,
    title: "fault 47: a hundred connections",
  },
  {
    row: "fault 48",
    file: "apps/web/lib/live/event-stream.ts",
    from: "{ highWaterMark: 1 },",
    to: "{ highWaterMark: 1_000_000 },",
    test: stream,
    title: "fault 48: a reader who takes nothing",
  },
  {
    row: "fault 48",
    file: "apps/web/lib/idle-sockets.ts",
    from: ".socket.setTimeout(afterMs));",
    to: ".socket.setTimeout(0 * afterMs));",
    test: stream,
    title: "fault 48: a reader who takes nothing",
  },
  {
    row: "threat 53",
    file: "packages/logs/src/service-log.ts",
    from: "show(maskedText(secrets, line));",
    to: "show(line);",
    test: "packages/logs/src/service-log.test.ts",
    title: "threat 53: a line of our own log holds",
  },
];
