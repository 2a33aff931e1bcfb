/** Red, green and blue, each of 0 to 255. */
export type Rgb = readonly [number, number, number];

/** What WCAG 2.2 asks of text of this size. */
const ratioMin = 4.5;
const steps = 20;

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** The colour, as much nearer to black or white as it takes to be read on the ground. */
export function readable(color: Rgb, ground: Rgb): Rgb {
  const goal = farthest(ground);
  for (let step = 0; step < steps; step += 1) {
    const mixed = mix(color, goal, step / steps);
    if (contrast(mixed, ground) >= ratioMin) return mixed;
  }
  return goal;
}

/** Black or white: whichever is read better on the ground. */
export function farthest(ground: Rgb): Rgb {
  return contrast(white, ground) > contrast(black, ground) ? white : black;
}

/** WCAG's contrast of two colours, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function mix([red, green, blue]: Rgb, [toRed, toGreen, toBlue]: Rgb, share: number): Rgb {
  const between = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [between(red, toRed), between(green, toGreen), between(blue, toBlue)];
}
