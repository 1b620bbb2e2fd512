/** What one service did at one thing, over all rounds. */
export interface Figures {
  contender: string;
  /** The median round's. */
  requestsPerSecond: number;
  medianMs: number;
  p99Ms: number;
  /** Null where nobody says. */
  cpuMsPerRequest: number | null;
  /** The most of a round that the sender was at work. */
  senderBusy: number;
  /** How long the median round was: until the last answer. Where it is left out nobody noted it. */
  secondsOfRound?: number;
}

/** How many times as fast ours was as another, in the same round. */
export interface Ratio {
  ours: string;
  beside: string;
  median: number;
  least: number;
  most: number;
  /** What the median is to reach; null where nothing was asked of it. */
  goal: number | null;
  reached: boolean | null;
}

export interface WorkResult {
  work: string;
  /** How long a round was to be. */
  seconds?: number;
  figures: Figures[];
  ratios: Ratio[];
}

export interface SpeedResult {
  date: string;
  machine: Readonly<Record<string, string | number>>;
  peers: Readonly<Record<string, string>>;
  rounds: number;
  seconds: number;
  connections: number;
  works: WorkResult[];
}
