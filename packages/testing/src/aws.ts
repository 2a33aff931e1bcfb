import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { makeCertificate } from "./certificate.ts";
import { type Child, startChild } from "./child.ts";
import { nodeBinary, toolsBin } from "./paths.ts";

export type LocalAws = {
  port: number;
  endpoint: string;
  /** Path of the authority that signed its certificate. */
  ca: string;
  /** Paths of its own certificate and key. */
  certificate: string;
  key: string;
  /** Path of that authority and the machine's extra ones. */
  trusted: string;
  child: Child;
  stop(): Promise<void>;
};

/**
 * The AWS emulator with TLS, which osls's bucket policy demands, and with AUTH, so that trust policies and external ids
 * are held to.
 * @param options.directory keeps its state: it is written when the emulator stops, and read when it starts
 */
export async function startAws(options: { directory: string; port: number; logFile: string }): Promise<LocalAws> {
  const { directory, port } = options;
  const temporary = join(directory, "tmp");
  await mkdir(temporary, { recursive: true });
  // Functions run from here: without this, Node would take them for modules of our repository's kind.
  await writeFile(join(temporary, "package.json"), '{ "type": "commonjs" }\n');
  const { ca, trusted, certificate, key } = await makeCertificate(join(directory, "tls"));
  const child = await startChild({
    name: "The AWS emulator",
    command: join(toolsBin, "python"),
    // Its own start script would take port 443 as well.
    args: [
      "-m",
      "hypercorn",
      "ministack.app:app",
      "--bind",
      `127.0.0.1:${port}`,
      "--certfile",
      certificate,
      "--keyfile",
      key,
      "--keep-alive",
      "75",
    ],
    environment: {
      PATH: [dirname(nodeBinary), process.env.PATH].join(delimiter),
      LC_ALL: "C.UTF-8",
      HOME: directory,
      TMPDIR: temporary,
      AUTH: "true",
      USE_SSL: "1",
      MINISTACK_SSL_CERT: certificate,
      MINISTACK_SSL_KEY: key,
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      LAMBDA_EXECUTOR: "local",
      PERSIST_STATE: "1",
      STATE_DIR: join(directory, "state"),
      S3_PERSIST: "1",
      S3_DATA_DIR: join(directory, "s3"),
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      NODE_EXTRA_CA_CERTS: trusted,
      PYTHONUNBUFFERED: "1",
    },
    logFile: options.logFile,
    isReady: (line) => line.includes("Running on https://"),
  });
  const files = { ca, trusted, certificate, key };
  return { port, endpoint: `https://127.0.0.1:${port}`, ...files, child, stop: () => child.stop() };
}
