// What the worker tells this deployment: {stage, parameters: {service, stage}, tags, facts}. The file is in the step's own
// memory, at the place that the sandbox's layout gives it.
const { readFileSync } = require("node:fs");

exports.settings = JSON.parse(readFileSync("/run/branchline/deploy.json", "utf8"));
