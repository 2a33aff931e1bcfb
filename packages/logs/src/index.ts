export { type Chunker, createChunker, type LogChunk } from "./chunk/chunker.ts";
export { createMask, type Mask } from "./mask/mask.ts";
export { createTail, type Tail } from "./tail.ts";
