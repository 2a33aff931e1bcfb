import { type Piece, piecesOf } from "./ansi.ts";

export type MarkedPiece = Piece & { marked: boolean };

/** The pieces of a line, cut again where the searched text begins and ends, also across colours. */
export function markedPieces(line: string, query: string): MarkedPiece[] {
  const pieces = piecesOf(line);
  if (query === "") return pieces.map((piece) => ({ ...piece, marked: false }));
  const cuts = cutsOf(pieces.map((piece) => piece.text).join(""), query);
  let offset = 0;
  return pieces.flatMap((piece) => {
    const start = offset;
    offset += piece.text.length;
    return cutPiece(piece, start, cuts);
  });
}

type Span = { from: number; to: number };

function cutsOf(text: string, query: string): Span[] {
  const [haystack, needle] = [text.toLowerCase(), query.toLowerCase()];
  const spans: Span[] = [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    spans.push({ from: at, to: at + needle.length });
  }
  return spans;
}

function cutPiece(piece: Piece, start: number, spans: Span[]): MarkedPiece[] {
  const end = start + piece.text.length;
  const edges = spans.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > start && edge < end);
  const bounds = [start, ...edges, end];
  return bounds.slice(1).map((to, index) => {
    const from = bounds[index] ?? start;
    const marked = spans.some((span) => span.from <= from && to <= span.to);
    return { text: piece.text.slice(from - start, to - start), paint: piece.paint, marked };
  });
}
