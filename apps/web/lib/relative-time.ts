const units = [
  { name: "y", seconds: 31_536_000 },
  { name: "mo", seconds: 2_592_000 },
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "min", seconds: 60 },
] as const;

const soonSeconds = 10;

/** "4 min ago", "in 6 d", "just now". */
export function relative(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1_000);
  const size = Math.abs(seconds);
  const unit = units.find((candidate) => size >= candidate.seconds);
  if (unit === undefined && size < soonSeconds) return "just now";
  const text = unit === undefined ? `${size} s` : `${Math.floor(size / unit.seconds)} ${unit.name}`;
  return seconds >= 0 ? `${text} ago` : `in ${text}`;
}
