/** Shorter secrets would mask half of the log; the person is told so when a parameter is set. */
const needleLengthMin = 6;

/** Every form in which a secret is likely to be printed, as bytes. */
export function needlesOf(secrets: readonly string[]): Buffer[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const plain of plainForms(secret)) for (const form of encodings(plain)) forms.add(form);
  }
  return [...forms].filter((form) => Buffer.byteLength(form) >= needleLengthMin).map((form) => Buffer.from(form));
}

function plainForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const whole = secret.trim();
  const collapsed = whole.replace(/\s+/g, " ");
  const unquoted = whole.replace(/^(["'])(.*)\1$/s, "$2");
  return [secret, whole, collapsed, unquoted, ...(lines.length > 1 ? lines : [])].filter((form) => form !== "");
}

function encodings(plain: string): string[] {
  const json = JSON.stringify(plain).slice(1, -1);
  const url = encodeURIComponent(plain);
  const hex = Buffer.from(plain).toString("hex");
  return [
    plain,
    json,
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    JSON.stringify(json).slice(1, -1),
    url,
    url.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    url.replaceAll("%20", "+"),
    hex,
    hex.toUpperCase(),
    plain.replaceAll("'", "'\\''"),
    plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ...base64Forms(plain),
    ...wrappedBase64(plain),
  ];
}

/**
 * Base64 at its three offsets, since a secret is often encoded as part of "user:secret". Only the characters that no
 * neighbouring byte can change are a needle.
 */
function base64Forms(plain: string): string[] {
  const bytes = Buffer.from(plain);
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const start = offset === 0 ? 0 : offset + 1;
    const isWhole = (bytes.length + offset) % 3 === 0;
    const core = encoded.slice(start, isWhole ? undefined : -1);
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** As base64(1) and openssl wrap what is longer than a line. */
function wrappedBase64(plain: string): string[] {
  const encoded = Buffer.from(plain).toString("base64");
  return [64, 76].filter((width) => encoded.length > width).flatMap((width) => cut(encoded, width));
}

function cut(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, at) => text.slice(at * width, (at + 1) * width));
}
