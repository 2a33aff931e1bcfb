export { generateIdentity, type KeyPair } from "./identity.ts";
export { open } from "./open.ts";
export { seal } from "./seal.ts";
