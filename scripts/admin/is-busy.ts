/**
 * SQLite lets one process write at a time and refuses the others at their first write. Of a transaction that
 * changes nothing that is the bookmark which the local D1 ends it with, and then it says no more than this.
 */
export function isBusy(said: string): boolean {
  return /SQLITE_BUSY|Failed to get session commit token/.test(said);
}
