// Tells the worker what the CLI knows and the log does not say in a form that can be relied on.
const { statSync } = require("node:fs");
const { settings } = require("./settings.cjs");
const { tell } = require("./tell.cjs");

/** What is uploaded for a function; undefined for one that is an image. */
function bytesOf(artifact) {
  return artifact === undefined ? undefined : statSync(artifact, { throwIfNoEntry: false })?.size;
}

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

function changesOf({ Changes = [] }) {
  return Changes.flatMap(({ ResourceChange: change }) =>
    change === undefined
      ? []
      : [{ logicalId: change.LogicalResourceId, action: change.Action, replacement: change.Replacement }],
  );
}

module.exports = class BranchlinePlugin {
  constructor(serverless) {
    this.serverless = serverless;
    this.hooks = {
      initialize: () => tell({ kind: "service", ...this.place() }),
      "after:package:finalize": () => tell({ kind: "packaged" }),
      "before:aws:deploy:deploy:createStack": () => this.beforeStack(),
      "before:aws:deploy:deploy:updateStack": () => this.beforeUpdate(),
    };
  }

  place() {
    const aws = this.serverless.getProvider("aws");
    return { stackName: aws.naming.getStackName(), region: aws.getRegion() };
  }

  /** Told before AWS is touched: whoever follows a deployment to its end, even without this CLI, knows what it was to be. */
  async beforeStack() {
    const { functions, package: whole } = this.serverless.service;
    await tell({
      kind: "described",
      functions: Object.entries(functions).map(([key, { name, package: own }]) => ({
        key,
        name,
        bytes: bytesOf(own?.artifact ?? whole?.artifact),
      })),
      routes: routesOf(functions),
      outputs: settings.outputs ?? {},
    });
    await tell({ kind: "mutating", ...this.place() });
    this.tellChangeSets();
  }

  /** Each change set that the CLI is about to execute is told, which also asks whether it still may. */
  tellChangeSets() {
    const deploy = this.serverless.pluginManager.plugins.find((plugin) => plugin.waitForChangeSetCreation);
    if (deploy === undefined) return;
    const wait = deploy.waitForChangeSetCreation;
    deploy.waitForChangeSetCreation = async (...names) => {
      const changeSet = await wait.apply(deploy, names);
      // A list that goes on elsewhere is not told in part.
      if (changeSet.NextToken === undefined) await tell({ kind: "changes", changes: changesOf(changeSet) });
      return changeSet;
    };
  }

  /**
   * Asks once more, since uploads take long and the deployment may be another worker's by now. The tag proves whose change
   * is in the stack: it comes after packaging, so that it is in no template and an unchanged service stays unchanged, and
   * after the creation of a stack, which holds nothing of the service yet.
   */
  async beforeUpdate() {
    await tell({ kind: "mutating", ...this.place() });
    const { provider } = this.serverless.service;
    provider.stackTags = { ...provider.stackTags, ...settings.tags };
  }
};
