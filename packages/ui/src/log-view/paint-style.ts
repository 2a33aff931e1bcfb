import type { CSSProperties } from "react";
import type { Paint } from "./ansi.ts";
import { farthest, type Rgb, readable } from "./contrast.ts";

/** A selected line's ground, which of all grounds of a line leaves the least contrast. As in log-view.module.css. */
const grounds = { light: [255, 243, 205], dark: [61, 52, 21] } as const satisfies Record<string, Rgb>;

/** A paint as it can be read in either scheme, whatever colours a build chose for a terminal of its own. */
export function styleOf(paint: Paint): CSSProperties {
  const { bold, italic, underline } = paint;
  return {
    ...colorsOf(paint),
    ...(bold && { fontWeight: 600 }),
    ...(italic && { fontStyle: "italic" }),
    ...(underline && { textDecoration: "underline" }),
  };
}

/** The sixteen named colours are made for the page, and one text colour for them as backgrounds. */
function colorsOf({ color, background, dim }: Paint): CSSProperties {
  if (background !== undefined) return { background: cssOf(background), color: colorOn(background, color) };
  if (color !== undefined) return { color: colorOnPage(color) };
  return dim ? { color: "var(--log-dim)" } : {};
}

function colorOnPage(color: string): string {
  const exact = rgbOf(color);
  if (exact === null) return cssOf(color);
  const [light, dark] = [readable(exact, grounds.light), readable(exact, grounds.dark)];
  return `light-dark(${rgbText(light)}, ${rgbText(dark)})`;
}

function colorOn(background: string, color: string | undefined): string {
  const ground = rgbOf(background);
  if (ground === null) return cssOf("on-color");
  const exact = color === undefined ? null : rgbOf(color);
  return rgbText(exact === null ? farthest(ground) : readable(exact, ground));
}

const cssOf = (color: string) => (color.startsWith("rgb(") ? color : `var(--log-${color})`);

function rgbOf(color: string): Rgb | null {
  const channels = /^rgb\((\d+) (\d+) (\d+)\)$/.exec(color);
  if (channels === null) return null;
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => Math.min(Number(channel), 255));
  return [red, green, blue];
}

const rgbText = (rgb: Rgb) => `rgb(${rgb.join(" ")})`;
