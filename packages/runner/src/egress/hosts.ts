/** Where packages come from, whichever program asks for them. */
const packageHosts = ["*.npmjs.org", "*.yarnpkg.com", "npm.pkg.github.com"];

/** Where dependencies come from that are no packages, and what their install scripts fetch most often. */
const sourceHosts = [
  ...["github.com", "*.github.com", "*.githubusercontent.com", "gitlab.com", "bitbucket.org"],
  ...["nodejs.org", "binaries.prisma.sh"],
];

const awsHosts = ["*.amazonaws.com", "*.amazonaws.com.cn", "*.api.aws"];

/** The operator's own servers: they may have private addresses. */
export type OwnServers = { registry: URL; git: URL };

/** The hosts that a step of each kind may reach. */
export type PhaseHosts = { build: readonly string[]; deploy: readonly string[] };

/**
 * Install and test reach packages and sources, and nothing of AWS. Packaging and deployment are one step, in which bundlers
 * install packages: it reaches packages and AWS, and no sources.
 * @param extra the operator's and the profile's; "*" is every public host
 */
export function phaseHosts({ registry, git }: OwnServers, extra: { build: string[]; deploy: string[] }): PhaseHosts {
  return {
    build: [registry.hostname, git.hostname, ...packageHosts, ...sourceHosts, ...extra.build],
    deploy: [registry.hostname, ...packageHosts, ...awsHosts, ...extra.deploy],
  };
}
