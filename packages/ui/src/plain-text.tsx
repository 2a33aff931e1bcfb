const colors = /\u001b\[[\d:;]*m/g;

/** What a person reads of what a machine printed: its words without their colours. */
export function plainText(text: string): string {
  return text.includes("\u001b") ? text.replace(colors, "") : text;
}
