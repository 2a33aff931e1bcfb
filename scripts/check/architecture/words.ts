import type { Violation } from "./cruise.ts";

type WordRule = { rule: string; in: RegExp; notIn?: RegExp; word: RegExp; why: string };

const tests = /\.test\.tsx?$|\/src\/testing\/|^apps\/web\/e2e\//;
const core = /^packages\/core\/src\//;

/** What imports can't show: clocks, networks and environments that need no import, and words in the wrong room. */
const rules: WordRule[] = [
  {
    rule: "core-has-no-clock",
    in: core,
    notIn: tests,
    word: /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(/,
    why: "reads the clock; the context has it",
  },
  {
    rule: "core-has-no-network",
    in: core,
    notIn: tests,
    word: /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\(/,
    why: "talks to the network; that is an adapter's",
  },
  {
    rule: "queries-do-not-write",
    in: /^packages\/core\/src\/[^/]+\/queries\.ts$/,
    word: /\.(create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany)\(\{|\$executeRaw/,
    why: "writes; a question changes nothing",
  },
  {
    rule: "environment-in-env",
    in: /^(apps|packages)\//,
    notIn:
      /(^|\/)env\.ts$|\.config\.(ts|mts|mjs)$|\.test\.tsx?$|\/src\/testing\/|^apps\/web\/e2e\/|^packages\/testing\//,
    word: /\bprocess\.env\b(?!\.NEXT_RUNTIME\b)|import\s*\{[^}]*\benv\b[^}]*\}\s*from\s*"(node:)?process"/,
    why: "reads the environment; env.ts parses it once",
  },
  {
    rule: "local-github-is-unknown",
    in: /^(apps\/(web|api|worker)|packages\/(?!testing\/))/,
    notIn: tests,
    word: /local-github|localGithub|LocalGithub/i,
    why: "knows that the local GitHub exists; it is GitHub to everybody else",
  },
  {
    rule: "ui-has-no-nouns",
    in: /^packages\/ui\//,
    notIn: tests,
    word: /export (?:default )?(?:async )?(?:function|const|class|type|interface) \w*(Organization|Deployment|DeployProfile|Stage|Service|Installation|Repository|BranchMapping|Parameter|Preview|Promotion|Approval|Safeguard|Member)(?![a-z])/,
    why: "names a noun of the domain; components here are pixels",
  },
];

/** Text that breaks a rule, with its line. Comments do not count. */
export function wordViolations(texts: ReadonlyMap<string, string>): Violation[] {
  return [...texts].flatMap(([file, text]) =>
    rules
      .filter((each) => each.in.test(file) && each.notIn?.test(file) !== true)
      .flatMap((each) => linesWith(each, file, text)),
  );
}

function linesWith(rule: WordRule, file: string, text: string): Violation[] {
  return withoutComments(text)
    .split("\n")
    .flatMap((line, index) =>
      rule.word.test(line) ? [{ rule: rule.rule, file: `${file}:${index + 1}`, why: rule.why }] : [],
    );
}

/** Blanks comments and keeps line numbers. A `//` inside an address is not a comment. */
function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(/(^|[^:"'`\w])\/\/[^\n]*/g, "$1");
}
