export { deployPolicy } from "./deploy-policy.ts";
export { quickCreateUrl } from "./quick-create-url.ts";
export { readingPolicy } from "./reading-policy.ts";
export { roleTemplate } from "./role-template.ts";
export { trustPolicy } from "./trust-policy.ts";
