/** What one run of `npm run admin` took. */
export interface Run {
  command: "import" | "export";
  accounts: number;
  /** What Node's heap was held to; null where it was left alone. */
  heapMegabytes: number | null;
  /** From its start to its end. */
  seconds: number;
  /** That its process computed; null where nobody says, as below. */
  cpuSeconds: number | null;
  /** The most memory that it had, and the database's process. */
  commandBytes: number | null;
  databaseBytes: number | null;
}

/** What `npm run bench:import` leaves in bench/results/import.json. */
export interface ImportResult {
  date: string;
  machine: Readonly<Record<string, string | number>>;
  /** Of the minute before and the minute after, as the system gives it. */
  load: { before: number; after: number };
  /** How many bcrypt hashes there were for all lines, and of what cost. */
  hashes: { count: number; cost: number };
  runs: Run[];
}
