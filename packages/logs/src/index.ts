export type { LogChunk } from "./chunk/chunker.ts";
export { createMask } from "./mask/mask.ts";
export { maskedText } from "./mask/masked-text.ts";
export { secretBytesMin } from "./mask/needles.ts";
export { createSecrets, type Secret, type Secrets } from "./mask/secrets.ts";
export { createScan, type Leak } from "./scan/scan.ts";
export { maskedOutput } from "./service-log.ts";
export { createTail, type Tail } from "./tail.ts";
export { createLogWriter, type LogWriter } from "./writer.ts";
