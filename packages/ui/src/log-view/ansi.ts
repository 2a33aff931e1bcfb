/** How a piece of a line looks; names are those of the sixteen colours, or a CSS colour of the larger palettes. */
export type Paint = {
  color?: string;
  background?: string;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
};

export type Piece = { text: string; paint: Paint };

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const sgr = /\u001b\[([\d:;]*)m/g;

/** A line's pieces by colour. Text stays text: whatever a build prints can't become markup. */
export function piecesOf(line: string): Piece[] {
  if (!line.includes("\u001b")) return [{ text: line, paint: {} }];
  const pieces: Piece[] = [];
  let paint: Paint = {};
  let at = 0;
  const add = (text: string) => {
    if (text !== "") pieces.push({ text, paint });
  };
  for (const match of line.matchAll(sgr)) {
    add(line.slice(at, match.index));
    paint = repaint(paint, match[1] ?? "");
    at = match.index + match[0].length;
  }
  add(line.slice(at));
  return pieces;
}

/** The newer notation in the older one: its colours may name a space before them, its other codes a kind behind them. */
function flat(codes: string): string {
  return codes
    .replace(/([34]8):2:(?:\d*:)?(\d*):(\d*):(\d*)(?![\d:])/g, "$1;2;$2;$3;$4")
    .replace(/([34]8):5:(\d*)/g, "$1;5;$2")
    .replace(/:[\d:]*/g, "");
}

function repaint(before: Paint, codes: string): Paint {
  let paint = before;
  let rest = flat(codes).split(";").map(Number);
  while (rest.length > 0) {
    const [code = 0, ...after] = rest;
    const step = code === 38 || code === 48 ? extended(paint, code, after) : { paint: applied(paint, code), used: 0 };
    paint = step.paint;
    rest = after.slice(step.used);
  }
  return paint;
}

function extended(paint: Paint, code: 38 | 48, after: number[]): { paint: Paint; used: number } {
  const { color, used } = paletteColor(after);
  if (color === undefined) return { paint, used };
  return { paint: { ...paint, [code === 38 ? "color" : "background"]: color }, used };
}

const switches: Record<number, Paint> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
};

const resets: Record<number, (keyof Paint)[]> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  39: ["color"],
  49: ["background"],
};

function applied(paint: Paint, code: number): Paint {
  if (code === 0) return {};
  const reset = resets[code];
  if (reset !== undefined) {
    const rest = { ...paint };
    for (const key of reset) delete rest[key];
    return rest;
  }
  return { ...paint, ...(switches[code] ?? basicColor(code)) };
}

/** 30 to 37, 40 to 47, and their bright kin 90 to 97, 100 to 107. */
function basicColor(code: number): Paint {
  const bright = code >= 90;
  const base = bright ? code - 60 : code;
  const name = names[base % 10];
  const tens = Math.floor(base / 10);
  if (name === undefined || (tens !== 3 && tens !== 4)) return {};
  const color = bright ? `bright-${name}` : name;
  return tens === 3 ? { color } : { background: color };
}

function paletteColor([kind, ...rest]: number[]): { color?: string; used: number } {
  if (kind === 2) {
    const [red = 0, green = 0, blue = 0] = rest;
    return { color: `rgb(${red} ${green} ${blue})`, used: 4 };
  }
  if (kind !== 5) return { used: 0 };
  return { color: indexedColor(rest[0] ?? 0), used: 2 };
}

function indexedColor(index: number): string {
  const name = names[index % 8] ?? "white";
  if (index < 8) return name;
  if (index < 16) return `bright-${name}`;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}
