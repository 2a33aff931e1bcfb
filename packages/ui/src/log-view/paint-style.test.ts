import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, type Rgb, readable } from "./contrast.ts";
import { styleOf } from "./paint-style.ts";

const channel = fc.integer({ min: 0, max: 255 });
const rgb = fc.tuple(channel, channel, channel);

describe("a colour of a build's own choice", () => {
  it("can be read on any ground, and stays what it is where it could be", () => {
    fc.assert(
      fc.property(rgb, rgb, (color: Rgb, ground: Rgb) => {
        const shown = readable(color, ground);
        expect(contrast(shown, ground)).toBeGreaterThanOrEqual(4.5);
        if (contrast(color, ground) >= 4.5) expect(shown).toEqual(color);
      }),
    );
  });

  it("has a shade for each scheme", () => {
    expect(styleOf({ color: "rgb(10 10 10)" }).color).toMatch(/^light-dark\(rgb\(10 10 10\), rgb\(1[3-6]\d /);
    expect(styleOf({ color: "rgb(250 250 250)" }).color).toMatch(/, rgb\(250 250 250\)\)$/);
    expect(styleOf({ color: "red" })).toEqual({ color: "var(--log-red)" });
  });

  it("is readable on a background as well, named or not", () => {
    const dark = "rgb(10 10 10)";
    expect(styleOf({ background: dark }).color).toBe("rgb(255 255 255)");
    expect(styleOf({ background: dark, color: "rgb(0 200 0)" }).color).toBe("rgb(0 200 0)");
    expect(styleOf({ background: "red", color: "white" }).color).toBe("var(--log-on-color)");
  });
});
