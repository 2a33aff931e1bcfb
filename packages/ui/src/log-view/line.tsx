import { memo } from "react";
import classes from "./log-view.module.css";
import { markedPieces } from "./marks.ts";
import { styleOf } from "./paint-style.ts";

type Props = {
  number: number;
  text: string;
  /** It goes on from the line before. */
  continues: boolean;
  query: string;
  time: string | null;
  selected: boolean;
  onSelect: (line: number) => void;
};

/** One line: its number is a link to it. */
export const Line = memo(function Line({ number, text, continues, query, time, selected, onSelect }: Props) {
  return (
    <div className={classes.line} data-selected={selected || undefined}>
      <a
        href={`#L${number}`}
        className={classes.number}
        tabIndex={-1}
        aria-label={continues ? `Line ${number}, which goes on from the one before` : `Line ${number}`}
        onClick={(event) => {
          event.preventDefault();
          onSelect(number);
        }}
      >
        {continues ? "↳" : number}
      </a>
      {time !== null && <span className={classes.time}>{time}</span>}
      <span className={classes.text}>
        {markedPieces(text, query).map((piece, index) => {
          if (piece.marked) return <mark key={index}>{piece.text}</mark>;
          return (
            <span key={index} style={styleOf(piece.paint)}>
              {piece.text}
            </span>
          );
        })}
      </span>
    </div>
  );
});
