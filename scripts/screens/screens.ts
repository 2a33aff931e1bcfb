export type Screen = {
  name: string;
  path: string;
  /** Whether a person has to be signed in to see it. */
  isPublic?: boolean;
  /** What must be seen before the picture is taken: a live log comes after the page. */
  shows?: string;
  /** One of the six of the documentation. */
  isInDocs?: boolean;
};

/** The first line of a log: of the others, only those in view are in the page. */
const logBegins = "Check out acme/shop";

/** Every main screen, with the deployment that runs, one that has ended, and one that is blocked. */
export function screensOf(numbers: { running: number; ended: number; blocked: number }): Screen[] {
  const service = "/acme/apps/shop/services/orders";
  return [
    { name: "sign-in", path: "/", isPublic: true },
    // First, while it surely runs.
    {
      name: "deployment-running",
      path: `/acme/deployments/${numbers.running}`,
      shows: logBegins,
      isInDocs: true,
    },
    { name: "services", path: "/acme", isInDocs: true },
    { name: "deployments", path: "/acme/deployments", isInDocs: true },
    {
      name: "deployment",
      path: `/acme/deployments/${numbers.ended}`,
      shows: logBegins,
      isInDocs: true,
    },
    { name: "deployment-blocked", path: `/acme/deployments/${numbers.blocked}` },
    { name: "app", path: "/acme/apps/shop" },
    { name: "service", path: service },
    { name: "ci-cd", path: `${service}/ci-cd`, isInDocs: true },
    { name: "profiles", path: "/acme/profiles" },
    { name: "profile", path: "/acme/profiles/staging", isInDocs: true },
    { name: "members", path: "/acme/settings/members" },
    { name: "github", path: "/acme/settings/github" },
    { name: "deliveries", path: "/acme/settings/deliveries" },
    { name: "audit", path: "/acme/settings/audit" },
    { name: "new-organization", path: "/new" },
  ];
}
