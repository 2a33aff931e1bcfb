import { maskedOutput } from "@branchline/logs";
import { pino } from "pino";
import { variables } from "@/env";

export const log = pino(
  { name: "web", redact: ["*.accessToken", "*.refreshToken", "*.authorization", "*.cookie", "*.value"] },
  maskedOutput(variables),
);
