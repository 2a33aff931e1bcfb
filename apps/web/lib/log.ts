import { pino } from "pino";

export const log = pino({
  name: "web",
  redact: ["*.accessToken", "*.refreshToken", "*.authorization", "*.cookie", "*.value"],
});
