// Tells the worker what the CLI knows and the log does not say in a form that can be relied on.
const { settings } = require("./settings.cjs");
const { tell } = require("./tell.cjs");

/** The API events of a service, in their short and their long form. */
function routesOf(functions) {
  return Object.values(functions).flatMap(({ events = [] }) =>
    events.flatMap((event) => {
      const api = event.httpApi ?? event.http;
      if (api === undefined) return [];
      const [method, path] = typeof api === "string" ? splitRoute(api) : [api.method ?? "*", api.path ?? "*"];
      return [{ method: String(method).toUpperCase(), path: String(path) }];
    }),
  );
}

function splitRoute(text) {
  const [method, path] = text.trim().split(/\s+/);
  return path === undefined ? ["*", method] : [method, path];
}

module.exports = class BranchlinePlugin {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      initialize: () => tell({ kind: "service", ...this.place() }),
      "after:package:finalize": () => tell({ kind: "packaged" }),
      "before:aws:deploy:deploy:createStack": () => this.beforeStack(),
      "after:deploy:deploy": () => this.afterDeploy(),
    };
  }

  place() {
    const aws = this.serverless.getProvider("aws");
    return { stackName: aws.naming.getStackName(), region: aws.getRegion() };
  }

  /** The tag comes after packaging, so that it is in no template and an unchanged service stays unchanged. */
  async beforeStack() {
    await tell({ kind: "mutating", ...this.place() });
    const { provider } = this.serverless.service;
    provider.stackTags = { ...provider.stackTags, ...settings.tags };
  }

  async afterDeploy() {
    const { functions } = this.serverless.service;
    await tell({
      kind: "deployed",
      functions: Object.entries(functions).map(([key, { name }]) => ({ key, name })),
      routes: routesOf(functions),
      outputs: settings.outputs ?? {},
    });
  }
};
