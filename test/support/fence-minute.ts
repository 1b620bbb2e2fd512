const MINUTE_MS = 60_000;
const ROOM_MS = 10_000;

/** A fence counts by the minute of the wall clock: returns where ten seconds are left of one. */
export async function roomInMinute(): Promise<void> {
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  await scheduler.wait(left < ROOM_MS ? left : 0);
}
