const MINUTE_MS = 60_000;
const ROOM_MS = 10_000;

/** A fence counts by the minute of the wall clock: returns where ten seconds are left of one. */
export async function roomInMinute(): Promise<void> {
  const left = leftMs();
  await scheduler.wait(left < ROOM_MS ? left : 0);
}

/**
 * Measures in one minute of which some is left for what is asked next. On a busy machine, where another
 * began meanwhile, once more from the start of one on.
 */
export async function withinMinute<Measured>(measure: () => Promise<Measured>): Promise<Measured> {
  for (;;) {
    const minute = currentMinute();
    const measured = await measure();
    if (currentMinute() === minute && leftMs() > ROOM_MS / 2) {
      return measured;
    }
    await scheduler.wait(leftMs());
  }
}

const currentMinute = () => Math.floor(Date.now() / MINUTE_MS);
const leftMs = () => MINUTE_MS - (Date.now() % MINUTE_MS);
