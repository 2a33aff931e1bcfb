/** What tools, languages and people make of a text before they print it. */
export function encodings(plain: string): string[] {
  return [...fewEncodings(plain), ...urlForms(plain), ...shellForms(plain), ...xmlForms(plain)];
}

/** The forms that a secret of any length is looked for in. */
export function fewEncodings(plain: string): string[] {
  const hex = Buffer.from(plain).toString("hex");
  return [...jsonForms(plain), ...base64Forms(plain), ...wrappedBase64(plain), hex, hex.toUpperCase()];
}

/** As it is, in JSON, with everything beyond ASCII escaped, and in JSON in JSON. */
export function jsonForms(plain: string): string[] {
  const json = JSON.stringify(plain).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [plain, json, ascii, ...[json, ascii].map((once) => JSON.stringify(once).slice(1, -1))];
}

/** What a component keeps as it is differs: by RFC 3986, in JavaScript, in Python and Go; blanks are %20 or +. */
const keptInUrls = [/[A-Za-z0-9_.~-]/, /[A-Za-z0-9_.~!'()*-]/, /[A-Za-z0-9_.~/-]/, /[A-Za-z0-9_.~$&+:=@-]/];

function urlForms(plain: string): string[] {
  const bytes = [...Buffer.from(plain).toString("latin1")];
  return keptInUrls.flatMap((kept) => {
    const upper = bytes.map((byte) => (kept.test(byte) ? byte : percent(byte))).join("");
    const both = [upper, upper.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())];
    return both.flatMap((form) => [form, form.replaceAll("%20", "+")]);
  });
}

const percent = (byte: string) => `%${Buffer.from(byte, "latin1").toString("hex").toUpperCase()}`;

/** In single quotes, in double quotes, and as `printf %q` writes it. */
function shellForms(plain: string): string[] {
  return [
    plain.replaceAll("'", "'\\''"),
    plain.replace(/[$`"\\]/g, "\\$&"),
    plain.replace(/[^A-Za-z0-9_@%+=:,./\u0080-\uffff-]/g, "\\$&"),
  ];
}

function xmlForms(plain: string): string[] {
  const text = plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = text.replaceAll('"', "&quot;");
  return [text, quoted, ...["&#39;", "&#x27;", "&apos;"].map((quote) => quoted.replaceAll("'", quote))];
}

/**
 * Base64 at its three offsets, since a secret is often encoded as part of "user:secret". Only the characters that no
 * neighbouring byte can change are looked for.
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

/** As base64(1) and openssl wrap what is longer than a line: each line by itself, since a tool may put something before it. */
function wrappedBase64(plain: string): string[] {
  const encoded = Buffer.from(plain).toString("base64");
  return [64, 76].filter((width) => encoded.length > width).flatMap((width) => cut(encoded, width));
}

function cut(text: string, width: number): string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, at) => text.slice(at * width, (at + 1) * width));
}
