/** What Cloudflare bills of some work, as it is asked for at the bindings. */
export interface Counts {
  /** Requests and events the Worker was started for: HTTP, batches of a queue, cron. */
  requests: number;
  /** Round trips to D1; a batch is one. Not billed: a database runs one at a time. */
  d1Queries: number;
  d1RowsRead: number;
  d1RowsWritten: number;
  kvReads: number;
  kvWrites: number;
  kvDeletes: number;
  kvLists: number;
  /** Calls of Durable Objects, those among each other, sockets and alarms included. */
  objectRequests: number;
  objectRowsRead: number;
  objectRowsWritten: number;
  /** How long objects worked or held a call, each for itself. */
  objectMilliseconds: number;
  queueMessages: number;
  letters: number;
  logLines: number;
}

export const counts: Counts = {
  requests: 0,
  d1Queries: 0,
  d1RowsRead: 0,
  d1RowsWritten: 0,
  kvReads: 0,
  kvWrites: 0,
  kvDeletes: 0,
  kvLists: 0,
  objectRequests: 0,
  objectRowsRead: 0,
  objectRowsWritten: 0,
  objectMilliseconds: 0,
  queueMessages: 0,
  letters: 0,
  logLines: 0,
};

/** What is under way: while it is more than nothing, the counts are not final. */
export const underWay = { tasks: 0, messages: 0 };

export async function whileUnderWay<T>(work: () => Promise<T>): Promise<T> {
  underWay.tasks += 1;
  try {
    return await work();
  } finally {
    underWay.tasks -= 1;
  }
}

export function resetCounts(): void {
  for (const name of Object.keys(counts) as (keyof Counts)[]) {
    counts[name] = 0;
  }
}
