import { createHash } from "node:crypto";

/** A face for a login: its first letter on a colour of its own, as SVG. */
export function avatar(login: string): string {
  const hue = createHash("sha256").update(login.toLowerCase()).digest().readUInt16BE(0) % 360;
  const letter = /[a-z0-9]/i.exec(login)?.[0]?.toUpperCase() ?? "?";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40"><rect width="40" height="40" fill="hsl(${hue} 45% 42%)"/><text x="20" y="27" font-family="system-ui, sans-serif" font-size="20" font-weight="600" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
}
