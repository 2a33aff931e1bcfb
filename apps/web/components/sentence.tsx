import { Fragment, type ReactNode } from "react";
import { Link } from "./link";

type Props = {
  text: string;
  /** The organization's address: deployments that the sentence names become links. */
  base: string;
};

/** A sentence of core's: names of machines in monospace, and the way to each deployment that it tells of. */
export function Sentence({ text, base }: Props): ReactNode {
  return text.split("`").map((part, index) => {
    if (index % 2 === 1) return <code key={index}>{part}</code>;
    return <Fragment key={index}>{part.split(/(#\d+)/).map((piece) => linked(piece, base))}</Fragment>;
  });
}

function linked(piece: string, base: string): ReactNode {
  if (!/^#\d+$/.test(piece)) return piece;
  return (
    <Link key={piece} href={`${base}/deployments/${piece.slice(1)}`} className="quiet-link">
      {piece}
    </Link>
  );
}
