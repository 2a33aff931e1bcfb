const esc = "\u001b";
/** Any escape sequence but SGR: CSI with another final byte, OSC up to its end, and two-byte escapes. */
const otherEscapes = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-ln-~]|${esc}\\][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)?|${esc}[PX^_][^${esc}]*(?:${esc}\\\\)?|${esc}[^\\[\\]PX^_m]|${esc}$`,
  "g",
);
/** What the passes before left or put together. */
const anythingButColour = new RegExp(`${esc}(?!\\[[0-9;:]*m)`, "g");
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;

/**
 * A line as it is stored: colours stay, every other escape and control character goes, and of a progress bar that
 * returned the carriage only its last state is left. Works on latin1, in which a byte is a character.
 */
export function cleanLine(line: string): string {
  if (!/[\u0000-\u001f\u007f]/.test(line)) return line;
  const shown = line.replace(/\r+$/, "");
  return shown
    .slice(shown.lastIndexOf("\r") + 1)
    .replace(otherEscapes, "")
    .replace(controls, "")
    .replace(anythingButColour, "");
}
