import { dayOf } from "./day.js";

export async function daily(event) {
  const moment = event?.time ? new Date(event.time) : new Date();
  return { table: process.env.TABLE ?? "local", day: dayOf(moment) };
}
