/**
 * What Cloudflare asks, in US dollars, and what its free plan stops at. As published in November 2026;
 * a KB, MB or GB of theirs is a power of ten. Everything that is reckoned in dollars comes from here.
 */
export const PRICES_AS_OF = "2026-11-29";

const DOCS = "https://developers.cloudflare.com";

/** What is billed by the piece. */
export type Unit =
  | "requests"
  | "cpuMilliseconds"
  | "d1RowsRead"
  | "d1RowsWritten"
  | "kvReads"
  | "kvWrites"
  | "kvDeletes"
  | "kvLists"
  | "objectRequests"
  | "objectGbSeconds"
  | "objectRowsRead"
  | "objectRowsWritten"
  | "queueOperations"
  | "logLines"
  | "letters";

export interface Price {
  name: string;
  /** Of the paid plan: so many a month are in its price, and what a million more costs. */
  includedMonthly: number;
  dollarsPerMillion: number;
  /** Of the free plan: how many a day; null where that plan has none to give, or counts otherwise. */
  freeDaily: number | null;
  source: string;
}

/** A month of the paid plan, used or not. */
export const PLAN_DOLLARS = 5;

const million = 1_000_000;
const workers = `${DOCS}/workers/platform/pricing/`;
const d1 = `${DOCS}/d1/platform/pricing/`;
const objects = `${DOCS}/durable-objects/platform/pricing/`;
const kv = `${DOCS}/kv/platform/pricing/`;

// biome-ignore format: prices read as a table
export const prices: Readonly<Record<Unit, Price>> = {
  requests:          { name: "Worker requests",          includedMonthly: 10 * million,     dollarsPerMillion: 0.3,   freeDaily: 100_000,     source: workers },
  // The free plan allows each request 10 ms, whatever the others took.
  cpuMilliseconds:   { name: "CPU ms",                   includedMonthly: 30 * million,     dollarsPerMillion: 0.02,  freeDaily: null,        source: workers },
  d1RowsRead:        { name: "D1 rows read",             includedMonthly: 25_000 * million, dollarsPerMillion: 0.001, freeDaily: 5 * million, source: d1 },
  d1RowsWritten:     { name: "D1 rows written",          includedMonthly: 50 * million,     dollarsPerMillion: 1,     freeDaily: 100_000,     source: d1 },
  kvReads:           { name: "KV reads",                 includedMonthly: 10 * million,     dollarsPerMillion: 0.5,   freeDaily: 100_000,     source: kv },
  kvWrites:          { name: "KV writes",                includedMonthly: million,          dollarsPerMillion: 5,     freeDaily: 1_000,       source: kv },
  kvDeletes:         { name: "KV deletes",               includedMonthly: million,          dollarsPerMillion: 5,     freeDaily: 1_000,       source: kv },
  kvLists:           { name: "KV lists",                 includedMonthly: million,          dollarsPerMillion: 5,     freeDaily: 1_000,       source: kv },
  objectRequests:    { name: "Durable Object requests",  includedMonthly: million,          dollarsPerMillion: 0.15,  freeDaily: 100_000,     source: objects },
  // For 128 MB, whatever it uses, while it works or holds a call. The free plan's line is read as 13,000
  // a day: its newest page prints the footnote's number before it, as "313,000".
  objectGbSeconds:   { name: "Durable Object GB-s",      includedMonthly: 400_000,          dollarsPerMillion: 12.5,  freeDaily: 13_000,      source: objects },
  // Allowances of D1 and of Durable Objects are taken as two, as their pages have them.
  objectRowsRead:    { name: "Durable Object rows read", includedMonthly: 25_000 * million, dollarsPerMillion: 0.001, freeDaily: 5 * million, source: objects },
  objectRowsWritten: { name: "Durable Object rows written", includedMonthly: 50 * million,  dollarsPerMillion: 1,     freeDaily: 100_000,     source: objects },
  queueOperations:   { name: "Queue operations",         includedMonthly: million,          dollarsPerMillion: 0.4,   freeDaily: 10_000,      source: `${DOCS}/queues/platform/pricing/` },
  // From 1 December 2026 a price list of its own is announced, which was not to be had.
  logLines:          { name: "log lines",                includedMonthly: 20 * million,     dollarsPerMillion: 0.6,   freeDaily: 200_000,     source: workers },
  // The free plan sends to addresses alone that the account's owner has confirmed.
  letters:           { name: "letters",                  includedMonthly: 3_000,            dollarsPerMillion: 350,   freeDaily: 0,           source: `${DOCS}/email-service/platform/pricing/` },
};

/** Stored, a month. */
export const storage = {
  d1: { includedGb: 5, dollarsPerGb: 0.75, source: d1 },
} as const;

/** What a message in a queue costs: it is written, read and deleted. Longer than 64 KB it costs as much again. */
export const OPERATIONS_PER_MESSAGE = 3;

/** Memory that every object is billed for. */
export const OBJECT_GB = 0.128;

/** What no price buys off, or only in part. */
export const limits = {
  freeCpuMilliseconds: 10,
  d1DatabaseGb: 10,
  d1FreeDatabaseBytes: 500_000_000,
  source: `${DOCS}/d1/platform/limits/`,
} as const;
