import { committedFiles, textsOf } from "./files.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { root } from "./root.ts";

const text =
  /\.(ts|tsx|mts|mjs|cjs|js|json|ya?ml|md|toml|css|sql|prisma|sh|lock|Dockerfile)$|(^|\/)(Dockerfile|\.npmrc|\.gitignore)$/;
const lock = /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|\.npmrc)$/;

const machinePath = /(?<![\w.$}/-])\/(?:home(?!\/build)|Users|root|work|mnt)\/[\w.-]+/;
const registryHost = /"?resolved"?:? "?https?:\/\/|tarball: https?:|^\s*(?:@[\w-]+:)?registry\s*=/m;
const authToken = /_authToken|_auth\s*=|\/\/[^\s/]+\/:_/;

/** What one machine left in a file that everybody gets: its folders, its package registry, its tokens. */
export function tracesIn(path: string, content: string): string[] {
  const line = content.split("\n").findIndex((each) => machinePath.test(each));
  return [
    ...(line === -1 || lock.test(path) ? [] : [`${path}:${line + 1} names a folder of one machine`]),
    ...(lock.test(path) && registryHost.test(content) ? [`${path} names a package registry`] : []),
    ...(lock.test(path) && authToken.test(content) ? [`${path} holds a token`] : []),
  ];
}

/** Nothing that is committed knows the machine that it was written on. */
export async function checkTraces(): Promise<Outcome> {
  const texts = await textsOf(
    root,
    (await committedFiles(root)).filter((path) => text.test(path)),
  );
  return outcomeOf([...texts].flatMap(([path, content]) => tracesIn(path, content)));
}
