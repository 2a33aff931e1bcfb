/** All that a local GitHub needs to be told; see env.ts for the words in the environment. */
export interface LocalGithubOptions {
  /** 0 takes a free port. */
  port: number;
  /** Address to listen on; `127.0.0.1` when left out. */
  host?: string;
  dataDir: string;
  /** What clients call us; `http://localhost:PORT` when left out. */
  publicUrl?: string | undefined;
  app: {
    id: number;
    slug: string;
    name: string;
    /** PEM; verifies the App's JSON web tokens. */
    publicKey: string;
    clientId: string;
    clientSecret: string;
    webhookUrl: string;
    webhookSecret: string;
    /** Exact addresses that OAuth may redirect to. */
    callbackUrls: string[];
    /** Where a person goes after installing the App. */
    setupUrl: string;
  };
}
