export { type Bell, catalogue, type JobName, type JobPayload, type QueueName } from "./catalogue.ts";
export { createDoorbell, type Doorbell } from "./doorbell.ts";
export { type Handlers, type Served, serve } from "./serve.ts";
