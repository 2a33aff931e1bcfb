// Makes a configuration of Serverless Framework Pro one that a plain CLI accepts.
const outputPrefix = "BranchlineOutput";

/** "${" in a value is text. The framework reads a parameter twice, where it stands and where it is used: two escapes. */
const literal = (value) => value.replaceAll("${", "\\\\\\${");

/** Ours where the file has none: so the file's params.<stage> win over the stage's, and its default over the service's. */
function withParameters(params, { stage, parameters }) {
  const fill = (own, given) => ({
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, literal(value)])),
    ...own,
  });
  return {
    ...params,
    [stage]: fill(params[stage], parameters.stage),
    default: fill(params.default, parameters.service),
  };
}

/** Each key under `outputs:` becomes an output of the stack, which CloudFormation resolves. */
function stackOutputs(outputs) {
  const keys = {};
  const values = {};
  for (const [index, [key, value]] of Object.entries(outputs).entries()) {
    const logicalId = `${outputPrefix}${index}`;
    keys[logicalId] = key;
    values[logicalId] = { Description: `outputs.${key}`, Value: typeof value === "object" ? value : String(value) };
  }
  return { keys, values };
}

function withOutputs(resources, values) {
  if (Object.keys(values).length === 0) return resources;
  const ours = { Outputs: values };
  if (resources === undefined || resources === null) return ours;
  return Array.isArray(resources) ? [...resources, ours] : [resources, ours];
}

/** A name, because the CLIs take no path from outside the service; the preload resolves it. */
exports.pluginName = "branchline-deployment";

function withPlugin(plugins) {
  const ours = exports.pluginName;
  if (plugins === undefined || plugins === null) return [ours];
  if (Array.isArray(plugins)) return [...plugins, ours];
  return { ...plugins, modules: [...(plugins.modules ?? []), ours] };
}

exports.adapt = (configuration, settings) => {
  const { org: _org, app: _app, outputs = {}, ...plain } = configuration;
  const { keys, values } = stackOutputs(outputs ?? {});
  settings.outputs = keys;
  return {
    ...plain,
    params: withParameters(plain.params ?? {}, settings),
    resources: withOutputs(plain.resources, values),
    plugins: withPlugin(plain.plugins),
  };
};
