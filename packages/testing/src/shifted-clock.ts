/**
 * The environment of a program of ours whose clock is off: whatever asks for the time in its JavaScript hears another one.
 * TLS still goes by the machine's clock, since the certificates here are minutes old, and so do the builds that it starts.
 */
export const shiftedClock = (offMs: number) => ({ NODE_OPTIONS: `--import=${import.meta.url}?offMs=${offMs}` });

const offMs = Number(new URL(import.meta.url).searchParams.get("offMs"));
if (offMs !== 0) {
  const now = () => performance.timeOrigin + performance.now() + offMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    get: (target, key) => (key === "now" ? () => Math.floor(now()) : Reflect.get(target, key)),
  });
}
