/**
 * Lets the others in this isolate go on. In the first turn the runtime reads what has arrived meanwhile
 * but takes up, in the same go, whoever gave way; only the second leaves the others time to be done.
 */
export async function giveWay(): Promise<void> {
  await scheduler.wait(0);
  await scheduler.wait(0);
}
