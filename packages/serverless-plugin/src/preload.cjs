// Loaded with `node --require` before a Serverless Framework CLI (osls 3 and 4, serverless 3), as CommonJS because that is
// what `--require` takes on every Node that these CLIs run on. It hooks the module that reads serverless.yml and the one
// that loads plugins, so that a repository needs no change for us.
const Module = require("node:module");
const path = require("node:path");
const { adapt, addParameters, addPlugin } = require("./adapt.cjs");
const { settings } = require("./settings.cjs");
const { restoreSteering } = require("./steering.cjs");

/** A name, because the CLIs take no path from outside the service. */
const pluginName = "branchline-deployment";
const load = Module._load;
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  return request === pluginName ? path.join(__dirname, "plugin.cjs") : resolve.call(this, request, ...rest);
};

/** A module of the CLI's, by the end of its path → what stands in for it. */
const hooked = {
  "configuration/read": (read) => async (configurationPath) => adapt(await read(configurationPath), settings),
  "classes/plugin-manager": (PluginManager) =>
    class extends PluginManager {
      /** Comes after the file's own variables are read, and before `${param:…}` is looked up. */
      loadAllPlugins(servicePlugins) {
        restoreSteering();
        addParameters(this.serverless.configurationInput, settings);
        return super.loadAllPlugins(addPlugin(servicePlugins, pluginName));
      }
    },
};
const instead = new Map();

Module._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  const name = Object.keys(hooked).find((end) => request.endsWith(end));
  if (name === undefined || typeof loaded !== "function") return loaded;
  const file = Module._resolveFilename(request, parent, isMain);
  const isOfCli =
    /node_modules[/\\](osls|serverless)[/\\]lib[/\\]/.test(file) && file.endsWith(`${path.normalize(name)}.js`);
  if (!isOfCli) return loaded;
  if (!instead.has(file)) instead.set(file, hooked[name](loaded));
  return instead.get(file);
};
