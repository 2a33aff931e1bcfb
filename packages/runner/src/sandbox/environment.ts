import type { Toolchain } from "../toolchain.ts";
import { inside } from "./layout.ts";

const proxy = `http://127.0.0.1:${inside.proxyPort}`;

/** A test that starts a server of its own reaches it. */
const ownLoopback = "localhost,127.0.0.1,::1";

/** What a build's tools need in order to work in here at all. */
export function toolEnvironment(toolchain: Toolchain): Record<string, string> {
  return {
    HOME: inside.home,
    USER: "build",
    PATH: `/opt/node/bin:${inside.tools}/.bin:/usr/local/bin:/usr/bin:/bin`,
    TMPDIR: "/tmp",
    LANG: "C.UTF-8",
    TERM: "dumb",
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    NO_PROXY: ownLoopback,
    no_proxy: ownLoopback,
    NODE_USE_ENV_PROXY: "1",
    NODE_EXTRA_CA_CERTS: inside.caFile,
    SSL_CERT_FILE: inside.caFile,
    npm_config_cafile: inside.caFile,
    npm_config_cache: `${inside.home}/.npm`,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    YARN_HTTPS_PROXY: proxy,
    YARN_HTTP_PROXY: proxy,
    YARN_HTTPS_CA_FILE_PATH: inside.caFile,
    YARN_ENABLE_TELEMETRY: "0",
    DO_NOT_TRACK: "1",
    ...toolchain.npmEnvironment,
  };
}

const reserved =
  /^(AWS_|LD_|GIT_|DYLD_|SLS_|NPM_CONFIG_|YARN_(HTTPS?_|NPM_)|NODE_(OPTIONS|PATH|EXTRA_CA_CERTS|USE_ENV_PROXY)$|BASH_ENV$|ENV$|IFS$|PATH$|HOME$|TMPDIR$|(HTTPS?|NO|ALL)_PROXY$)/i;

/** What a customer may set: nothing that would steer our tools instead of theirs. */
export function withoutReserved(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !reserved.test(name)));
}
