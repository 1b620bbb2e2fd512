import type { Share } from "./fill.ts";

/** What one thing costs at one size of the database. */
export interface Timed {
  name: string;
  medianMs: number;
  /** Null where there were too few for that. */
  p99Ms: number | null;
  /** Where there were too few for a p99. */
  longestMs?: number;
  /** Of D1, for each of them. */
  rowsRead: number;
  rowsWritten: number;
}

export interface SizeResult {
  /** Accounts, each with a session. */
  accounts: number;
  bytes: number;
  /** What one more took on the way here. */
  account: Share;
  session: Share;
  event: Share;
  flows: Timed[];
}

export interface DeviceResult {
  /** Device grants that waited at once. */
  grants: number;
  steps: { name: string; count: number; perSecond: number; medianMs: number; p99Ms: number }[];
  /** How much more memory the whole process had when all were started; null where nobody says. */
  grownBytes?: number | null;
}

export interface GrowthResult {
  date: string;
  machine: Readonly<Record<string, string | number>>;
  /** Of each flow, at each size. */
  requests: number;
  sizes: SizeResult[];
  devices: DeviceResult[];
}
