import { LatchkeyError } from "../latchkey-error.ts";
import { once } from "../once.ts";
import type { TokenStorage } from "./token-storage.ts";
import { asTokens } from "./tokens.ts";

const DATABASE = "latchkey";
const STORE = "tokens";

/**
 * Keeps tokens in IndexedDB, for all tabs and until they are forgotten; a Web Lock lets one tab at a time
 * renew them. Not `localStorage`: one tab may read there what another has overwritten already. Every
 * script of the page's origin can read them: where that is too much, keep them in memory and sign in anew
 * with `prompt: "none"`. Throws `storage_unsafe` where there are no Web Locks, as in pages that came over
 * plain HTTP: two tabs would end each other's session.
 */
export function browserStorage({ key = "latchkey" }: { key?: string } = {}): TokenStorage {
  const { indexedDB, navigator } = globalThis;
  if (!indexedDB || !navigator?.locks) {
    const what = "This page has no IndexedDB or no Web Locks. Is it served over HTTPS?";
    throw new LatchkeyError("storage_unsafe", what);
  }
  const database = once(() => openDatabase(indexedDB));
  return {
    async load() {
      const reading = (await database()).transaction(STORE).objectStore(STORE).get(key);
      return asTokens(await settled(reading, "success", () => reading.result));
    },
    async save(tokens) {
      // On the disk before it counts: a refresh token works once.
      const writing = (await database()).transaction(STORE, "readwrite", { durability: "strict" });
      const store = writing.objectStore(STORE);
      if (tokens) {
        store.put(tokens, key);
      } else {
        store.delete(key);
      }
      await settled(writing, "complete", () => {});
    },
    exclusively: async (work) => navigator.locks.request(`${DATABASE} ${key}`, work),
  };
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const opening = factory.open(DATABASE, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE));
  return settled(opening, "success", () => opening.result);
}

/** Makes a promise of a request or a transaction. */
function settled<Result>(
  pending: IDBRequest | IDBTransaction,
  event: "success" | "complete",
  result: () => Result,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    pending.addEventListener(event, () => resolve(result()));
    for (const failure of ["error", "abort"]) {
      pending.addEventListener(failure, () => reject(pending.error));
    }
  });
}
