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

/** A template with a hole is code; its end is found by counting what stands open, also through templates inside of it. */
function templateAt(source: string, at: number): Found | null {
  const open: Open[] = ["`"];
  let index = at + 1;
  while (open.length > 0) {
    if (index >= source.length) return null;
    index += step(source, index, open);
  }
  const text = source.slice(at + 1, index - 1);
  const isCode = text.includes("\\") || text.includes("${");
  return { kind: isCode ? "code" : "text", text: isCode ? "" : text, end: index };
}

type Open = "`" | "{";

/** Opens or closes what the next character says. @returns how many characters that took */
function step(source: string, index: number, open: Open[]): number {
  const character = source[index];
  const isText = open.at(-1) === "`";
  if (character === "\\") return 2;
  if (isText) {
    if (character === "`") open.pop();
    if (!source.startsWith("${", index)) return 1;
    open.push("{");
    return 2;
  }
  if (character === "`" || character === "{") open.push(character);
  if (character === "}") open.pop();
  return 1;
}
