import { readEnvironment } from "./env.ts";
import { type LocalGithub, startLocalGithub } from "./server.ts";

const { options, seed } = readEnvironment();
const github: LocalGithub = await startLocalGithub({ ...options, seed });
process.stdout.write(`listening on ${github.url}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    github.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
