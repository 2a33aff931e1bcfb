// Makes a configuration of Serverless Framework Pro one that a plain CLI accepts.
const outputPrefix = "BranchlineOutput";

/** "${" in a value is text, where the framework would look for a variable. */
const literal = (value) => value.replaceAll("${", "\\${");

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Ours where the file has none. What is still a variable of the file's is left as it is. */
function fill(own, given) {
  if (own !== undefined && own !== null && !isTable(own)) return own;
  const ours = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, literal(value)]));
  return { ...ours, ...own };
}

/**
 * The file's params.<stage> win over the stage's, and its params.default over the service's. To be called when the
 * file's own ${file(…)} are read, because `params` as a whole may be one.
 */
exports.addParameters = (configuration, { stage, parameters }) => {
  const params = configuration.params ?? {};
  if (!isTable(params)) return;
  configuration.params = {
    ...params,
    [stage]: fill(params[stage], parameters.stage),
    default: fill(params.default, parameters.service),
  };
};

/** The plugins of a service as their names, with ours after them. */
exports.addPlugin = (plugins, ours) => {
  if (plugins === undefined || plugins === null) return [ours];
  if (Array.isArray(plugins)) return [...plugins, ours];
  return { ...plugins, modules: [...(plugins.modules ?? []), ours] };
};

/** Each key under `outputs:` becomes an output of the stack, which CloudFormation resolves. */
function stackOutputs(outputs) {
  const keys = {};
  const values = {};
  for (const [index, [key, value]] of Object.entries(outputs).entries()) {
    const logicalId = `${outputPrefix}${index}`;
    keys[logicalId] = key;
    values[logicalId] = { Description: `outputs.${key}`, Value: isTable(value) ? value : String(value ?? "") };
  }
  return { keys, values };
}

function withOutputs(resources, values) {
  if (Object.keys(values).length === 0) return resources;
  const ours = { Outputs: values };
  if (resources === undefined || resources === null) return ours;
  return Array.isArray(resources) ? [...resources, ours] : [resources, ours];
}

/** A profile of somebody's laptop is not here, and the account is the deploy profile's to choose. */
function withoutProfile(provider) {
  if (!isTable(provider)) return provider;
  const { profile: _profile, ...rest } = provider;
  return rest;
}

exports.adapt = (configuration, settings) => {
  const { org: _org, app: _app, outputs = {}, ...plain } = configuration;
  if (!isTable(outputs ?? {})) {
    process.stderr.write("Outputs are not kept: `outputs` in serverless.yml is a variable. Write its keys there.\n");
  }
  const { keys, values } = stackOutputs(isTable(outputs) ? outputs : {});
  settings.outputs = keys;
  return { ...plain, provider: withoutProfile(plain.provider), resources: withOutputs(plain.resources, values) };
};
