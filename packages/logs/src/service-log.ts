import { maskedText } from "./mask/masked-text.ts";
import { createSecrets, type Secret } from "./mask/secrets.ts";

type Variables = Record<string, string | undefined>;

/** Names that tell of a secret; a recipient is what secrets are sealed for, and public. */
const isSecretName = /SECRET(?!S_RECIPIENT)|PRIVATE_KEY|IDENTITY|PASSWORD|TOKEN/;

/**
 * Where a service writes its own log, a line at a time: each goes through the mask, so that neither an error of a library nor
 * a careless line of ours shows what the environment hides, or what looks like a token.
 */
export function maskedOutput(
  variables: Variables,
  show: (line: string) => void = (line) => process.stdout.write(line),
) {
  const secrets = createSecrets(Object.entries(variables).flatMap(secretsOf));
  return {
    write(line: string): void {
      show(maskedText(secrets, line));
    },
  };
}

function secretsOf([name, value = ""]: [string, string | undefined]): Secret[] {
  if (isSecretName.test(name)) return [{ name, value }];
  const password = URL.canParse(value) ? new URL(value).password : "";
  return password === "" ? [] : [{ name, value: decodeURIComponent(password) }];
}
