import type { Scene } from "./scene.ts";
import type { Told } from "./told.ts";

export type Send = () => Promise<Told>;

/** A request, or whatever else the service is asked to do. */
export interface Flow {
  /** Gets everything ready, so that sending it is the only thing left. Sending it again is the same request. */
  prepare(scene: Scene): Promise<Send>;
  /** What it is answered, where that is no success. */
  refused?: number;
  /** What it is answered when it is sent once more after a success; the same where this is left out. */
  again?: number | string;
  /**
   * What the loser of two at once may be answered: a status, and what it says. Where this is left out
   * it hears what it would if it came second, and where a second is done as well, neither loses.
   */
  beaten?: { status: number; saying: string };
  /** What an outage between two writes may leave, and why nobody is harmed by it. */
  leaves?: string;
  /** How many rows and mails may be missing for good where it leaves something: none where this is left out. */
  mostLost?: number;
  /** What a page does without in an outage, and why it is shown all the same. */
  showsLess?: string;
  /** What is ordered of these kinds is so after the answer: without it, it is no less true. */
  ordersAfterwards?: readonly string[];
  /** What it orders or sends it does once more where nobody knows whether it did: it may come twice. */
  maySendTwice?: true;
  /**
   * For so long whoever is at it keeps all others from it: they do nothing. So does one that was cut off,
   * and it is asked for again after that.
   */
  holdsOffSeconds?: number;
  /** It asks no store. */
  asksNothing?: true;
  /** What it is answered in an outage, where that is not what its group is. */
  unavailable?: Unavailable;
}

export type Flows = Readonly<Record<string, Flow>>;
export type Unavailable = Pick<Told, "status" | "says">;
