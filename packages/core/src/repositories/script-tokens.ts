export type Token = {
  /** "text" is a string whose value is written out; "code" is one that has to be computed, a number or a regular expression. */
  kind: "word" | "text" | "code" | "mark";
  text: string;
  startsLine: boolean;
};

const lengthMax = 1_000_000;

const space = String.raw`[\s\uFEFF]+|//[^\n]*|/\*[^]*?\*/`;
const word = String.raw`[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*`;
const number = String.raw`\d[\w.]*`;
const single = String.raw`'(?:[^'\\\n]|\\[^])*'`;
const double = String.raw`"(?:[^"\\\n]|\\[^])*"`;
const mark = String.raw`\.\.\.|=>|[=!<>]==?|&&|\|\||\?\?|\?\.|[{}()[\];,:.?=<>+\-*%&|^~!@/]`;
const regular = String.raw`/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*`;

const lexer = new RegExp(
  `(?<space>${space})|(?<word>${word})|(?<number>${number})|(?<text>${single}|${double})|(?<back>\`)|(?<mark>${mark})`,
  "uy",
);
const regularLexer = new RegExp(regular, "uy");

/** The tokens of a script, without spaces and comments; null when it is not one that we understand. */
export function tokensOf(source: string): Token[] | null {
  if (source.length > lengthMax) return null;
  const tokens: Token[] = [];
  let startsLine = true;
  let at = 0;
  while (at < source.length) {
    const found = tokenAt(source, at, tokens.at(-1));
    if (found === null) return null;
    const { kind, text, end } = found;
    if (kind === "space") startsLine ||= source.slice(at, end).includes("\n");
    else {
      tokens.push({ kind, text, startsLine });
      startsLine = false;
    }
    at = end;
  }
  return tokens;
}

type Found = { kind: Token["kind"] | "space"; text: string; end: number };

function tokenAt(source: string, at: number, before: Token | undefined): Found | null {
  lexer.lastIndex = at;
  const groups = lexer.exec(source)?.groups;
  // A comment without an end is given up at once: to look for the end of each would take time by the square.
  if (groups === undefined || (groups.mark === "/" && source.startsWith("/*", at))) return null;
  const end = lexer.lastIndex;
  const { space: gap, word: name, number: digits, text, back } = groups;
  if (gap !== undefined) return { kind: "space", text: gap, end };
  if (name !== undefined) return { kind: "word", text: name, end };
  if (digits !== undefined) return { kind: "code", text: digits, end };
  if (text !== undefined) return { ...literalOf(text), end };
  if (back !== undefined) return templateAt(source, at);
  if (groups.mark === "/" && beginsRegular(before)) return regularAt(source, at);
  return { kind: "mark", text: source.slice(at, end), end };
}

/** A string with an escape is rare in a name, and is not worth a second implementation of the language's rules. */
function literalOf(quoted: string): Pick<Token, "kind" | "text"> {
  const text = quoted.slice(1, -1);
  return text.includes("\\") ? { kind: "code", text: "" } : { kind: "text", text };
}

/** A slash begins a regular expression where a value can begin, and divides where one has just ended. */
function beginsRegular(before: Token | undefined): boolean {
  if (before === undefined || before.text === "return") return true;
  return before.kind === "mark" && ![")", "]", "}"].includes(before.text);
}

function regularAt(source: string, at: number): Found | null {
  regularLexer.lastIndex = at;
  return regularLexer.test(source) ? { kind: "code", text: "", end: regularLexer.lastIndex } : null;
}

/** A template with a hole is code; its end is found by counting braces, also through templates inside of it. */
function templateAt(source: string, at: number): Found | null {
  const open: ("`" | "{")[] = ["`"];
  let hasHole = false;
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source[index];
    const isText = open.at(-1) === "`";
    if (character === "\\") index += 1;
    else if (character === "`") isText ? open.pop() : open.push("`");
    else if (isText && character === "$" && source[index + 1] === "{") {
      hasHole = true;
      open.push("{");
      index += 1;
    } else if (!isText && character === "{") open.push("{");
    else if (!isText && character === "}") open.pop();
    if (open.length > 0) continue;
    const text = source.slice(at + 1, index);
    const kind = hasHole || text.includes("\\") ? "code" : "text";
    return { kind, text: kind === "text" ? text : "", end: index + 1 };
  }
  return null;
}
