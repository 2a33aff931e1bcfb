// Loaded with `node --require` before a Serverless Framework CLI (osls 3 and 4, serverless 3), as CommonJS because that is
// what `--require` takes on every Node that these CLIs run on. It hooks the one module that reads serverless.yml, so that a
// repository needs no change for us.
const Module = require("node:module");
const path = require("node:path");
const { adapt, pluginName } = require("./adapt.cjs");
const { settings } = require("./settings.cjs");

const reader = path.join("lib", "configuration", "read.js");
const load = Module._load;
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  return request === pluginName ? path.join(__dirname, "plugin.cjs") : resolve.call(this, request, ...rest);
};

Module._load = function (request, parent, isMain) {
  const loaded = load.call(this, request, parent, isMain);
  if (!request.endsWith("configuration/read") || typeof loaded !== "function") return loaded;
  const file = Module._resolveFilename(request, parent, isMain);
  if (!file.endsWith(reader) || !/node_modules[/\\](osls|serverless)[/\\]/.test(file)) return loaded;
  return async (configurationPath) => adapt(await loaded(configurationPath), settings);
};
