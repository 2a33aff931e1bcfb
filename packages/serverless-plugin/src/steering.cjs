// What chooses the account and the code of the tools is the worker's to say: a service's .env file, which the CLI reads into
// its environment, must not. Other variables of AWS, such as AWS_ACCOUNT_ID, are the service's own.
const { env } = require("node:process");

const steering =
  /^AWS_(\w+_)?(PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$|^AWS_(CONFIG_FILE|SHARED_CREDENTIALS_FILE|SDK_LOAD_CONFIG|ENDPOINT_URL|CONTAINER_|WEB_IDENTITY_|ROLE_)|^(LD_|GIT_)|^NODE_(OPTIONS|EXTRA_CA_CERTS)$/i;

const steeringOf = (environment) => Object.entries(environment).filter(([name]) => steering.test(name));
const given = new Map(steeringOf(env));

/** Puts back what was there when the CLI started. */
exports.restoreSteering = () => {
  for (const [name, value] of steeringOf(env)) {
    if (given.get(name) === value) continue;
    Reflect.deleteProperty(env, name);
    process.stderr.write(`${name} of the service is not used: the deploy profile says who deploys.\n`);
  }
  Object.assign(env, Object.fromEntries(given));
};
