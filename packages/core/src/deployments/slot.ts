/** Where one deployment runs at a time. */
export type Slot = { serviceId: string; stageId: string; region: string };

export function isSameSlot(one: Slot, other: Slot): boolean {
  return one.serviceId === other.serviceId && one.stageId === other.stageId && one.region === other.region;
}
