import { type CSSProperties, memo } from "react";
import type { Paint } from "./ansi.ts";
import classes from "./log-view.module.css";
import { markedPieces } from "./marks.ts";

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
          const Tag = piece.marked ? "mark" : "span";
          return (
            <Tag key={index} style={styleOf(piece.paint)}>
              {piece.text}
            </Tag>
          );
        })}
      </span>
    </div>
  );
});

const colorOf = (name: string) => (name.startsWith("rgb(") ? name : `var(--log-${name})`);

function styleOf({ color, background, bold, dim, italic, underline }: Paint): CSSProperties {
  return {
    ...(color === undefined ? {} : { color: colorOf(color) }),
    ...(background === undefined ? {} : { background: colorOf(background), color: colorOf(color ?? "on-color") }),
    ...(bold && { fontWeight: 600 }),
    ...(dim && color === undefined ? { color: "var(--log-dim)" } : {}),
    ...(italic && { fontStyle: "italic" }),
    ...(underline && { textDecoration: "underline" }),
  };
}
