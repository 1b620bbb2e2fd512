import { sha256Hex } from "../../src/bytes/sha-256-hex.ts";
import { eventText, type SealedEvent, sealText } from "../../src/core/audit/chain.ts";
import { auditEventOf } from "./audit-event-of.ts";
import type { Row } from "./task.ts";

/** Where the chain of a tenant ends. */
export interface Head {
  sequence: number;
  digest: string;
}

/**
 * Computes the chain of a tenant anew, from its first seal on, and then each event that it covers.
 * Seals and events are given in their order, so many at a time.
 */
export class ChainCheck {
  /** What is wrong, in the order in which it was found. */
  readonly findings: string[] = [];
  head: Head = { sequence: 0, digest: "" };
  purgedSeals = 0;
  sealedEvents = 0;
  unsealedEvents = 0;
  readonly #tenantId: string;
  readonly #sealed = new Map<string, { digest: string; sequence: number }>();

  constructor(tenantId: string) {
    this.#tenantId = tenantId;
  }

  /** A seal whose events are gone has to be older than they are kept. */
  async addSeal(row: Row, horizon: number): Promise<void> {
    const sequence = Number(row["sequence"]);
    const previous = this.head;
    this.head = { sequence, digest: String(row["digest"]) };
    if (sequence !== previous.sequence + 1) {
      this.findings.push(`The seals from ${previous.sequence + 1} to ${sequence - 1} are gone.`);
    } else if (
      (await sha256Hex(sealText(previous.digest, this.#covered(row)))) !== this.head.digest
    ) {
      this.findings.push(`Seal ${sequence} does not match: it, or the one before, was altered.`);
    }
    if (row["events"] !== null) {
      await this.#addCovered(sequence, row);
      return;
    }
    this.purgedSeals++;
    if (Number(row["until"]) >= horizon) {
      this.findings.push(`The events of seal ${sequence} were removed before their time.`);
    }
  }

  #covered(row: Row) {
    return {
      tenantId: this.#tenantId,
      sequence: Number(row["sequence"]),
      count: Number(row["count"]),
      eventsDigest: String(row["events_digest"]),
      until: new Date(Number(row["until"])),
      sealedAt: new Date(Number(row["sealed_at"])),
    };
  }

  async #addCovered(sequence: number, row: Row): Promise<void> {
    const text = String(row["events"]);
    if ((await sha256Hex(text)) !== row["events_digest"]) {
      this.findings.push(`The list of events of seal ${sequence} was altered.`);
      return;
    }
    for (const [id, digest] of JSON.parse(text) as SealedEvent[]) {
      if (this.#sealed.has(id)) {
        this.findings.push(`The event ${id} stands in two seals, of which one is ${sequence}.`);
      }
      this.#sealed.set(id, { digest, sequence });
    }
  }

  /** An event that was there when the last seal was made has to be in one. */
  async addEvent(row: Row, lastSealedRow: number): Promise<void> {
    const event = auditEventOf(row);
    const sealed = this.#sealed.get(event.id);
    if (sealed) {
      this.sealedEvents++;
      this.#sealed.delete(event.id);
      if ((await sha256Hex(eventText(event))) !== sealed.digest) {
        this.findings.push(`The event ${event.id} of seal ${sealed.sequence} was altered.`);
      }
    } else if (Number(row["row"]) > lastSealedRow) {
      this.unsealedEvents++;
    } else {
      this.findings.push(`The event ${event.id} was put among others that are sealed.`);
    }
  }

  /** The seals of which an event was not found, once all were given. */
  get sealsWithGaps(): number[] {
    return [...new Set([...this.#sealed.values()].map(({ sequence }) => sequence))];
  }

  /** Those that were purged since they were read are no finding. */
  endWithout(purged: ReadonlySet<number>): void {
    for (const [id, { sequence }] of this.#sealed) {
      if (!purged.has(sequence)) {
        this.findings.push(`The event ${id} of seal ${sequence} is gone.`);
      }
    }
    this.#sealed.clear();
  }
}
