import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auth0 } from "../../scripts/admin/import/auth0.ts";
import { betterAuth } from "../../scripts/admin/import/better-auth.ts";
import { firebase } from "../../scripts/admin/import/firebase.ts";
import type { Mapper } from "../../scripts/admin/import/foreign-row.ts";
import { keycloak } from "../../scripts/admin/import/keycloak.ts";
import { listedUsers } from "../../scripts/admin/import/listed-users.ts";
import { supabase } from "../../scripts/admin/import/supabase.ts";
import { Problem } from "../../scripts/problem.ts";
import {
  type ForeignHash,
  ForeignHashProblem,
  LIMITS,
  readForeignHash,
} from "../../src/crypto/foreign-hash/foreign-hash.ts";
import { iterationsWorth } from "../../src/crypto/foreign-hash/iterations-worth.ts";
import auth0File from "../moving/samples/auth0.ndjson?raw";
import betterAuthFile from "../moving/samples/better-auth.ndjson?raw";
import firebaseFile from "../moving/samples/firebase.json?raw";
import keycloakFile from "../moving/samples/keycloak.json?raw";
import supabaseFile from "../moving/samples/supabase.ndjson?raw";
import { CHEAP_FOREIGN_HASH, FOREIGN_HASHES } from "../support/foreign-hashes.ts";
import { imported } from "../support/imports.ts";
import { alterations, altered } from "./altered.ts";
import { runCases } from "./run-cases.ts";

const CASES = 200;
/** What the dearest that is taken is worth, in iterations of our own. */
const DEAREST = 12_000_000;

const FIREBASE_HASH = `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${"A".repeat(86)}==$AAAA$${"A".repeat(86)}==`;

describe("a password hash that is anything", () => {
  it("is read within its limits, or refused", async (context) => {
    const hashes = [CHEAP_FOREIGN_HASH, FIREBASE_HASH, ...Object.values(FOREIGN_HASHES)];
    const inputs = fc.tuple(fc.constantFrom(...hashes), fc.array(alterations, { maxLength: 3 }));
    await runCases(context, CASES, inputs, ([hash, changes]) => {
      const read = readOrProblem(changes.reduce(altered, hash));
      if (!(read instanceof ForeignHashProblem)) {
        expect(iterationsWorth(read)).toBeGreaterThan(0);
        expect(iterationsWorth(read)).toBeLessThanOrEqual(DEAREST);
        expect("n" in read ? 128 * read.n * read.r : 0).toBeLessThanOrEqual(
          LIMITS.scryptMemoryMib * 2 ** 20,
        );
      }
    });
  });
});

function readOrProblem(text: string): ForeignHash | ForeignHashProblem {
  try {
    return readForeignHash(text);
  } catch (error) {
    if (error instanceof ForeignHashProblem) {
      return error;
    }
    throw error;
  }
}

const LINES: readonly [string, string, Mapper | null][] = [
  ["our own", '{"email":"a@example.test","name":"A","profile":{"zip":"1"},"created_at":1}', null],
  ["better-auth", betterAuthFile, betterAuth],
  ["Supabase", supabaseFile, supabase],
  ["Auth0", auth0File, auth0],
];

describe.each(LINES)("a file of %s that is anything", (_, file, mapper) => {
  it("has an outcome for each line, whatever stands in it", async (context) => {
    const inputs = fc.tuple(
      fc.constantFrom(...file.trimEnd().split("\n")),
      fc.array(alterations, { maxLength: 3 }),
    );
    await runCases(context, CASES, inputs, async ([line, changes]) => {
      const text = changes.reduce(altered, line);
      const { outcomes } = await imported(text, { ...(mapper && { mapper }), dryRun: true });
      const expected = text.split("\n").filter((each) => each.trim() !== "");
      expect(outcomes).toHaveLength(expected.length);
    });
  });
});

const DOCUMENTS: readonly [string, string, Mapper][] = [
  ["Keycloak", keycloakFile, keycloak],
  ["Firebase", firebaseFile, firebase(null)],
];

describe.each(DOCUMENTS)("a document of %s that is anything", (_, file, mapper) => {
  it("is read, or said to be none", async (context) => {
    const inputs = fc.array(alterations, { minLength: 1, maxLength: 3 });
    await runCases(context, CASES / 4, inputs, async (changes) => {
      const how = { mapper, read: listedUsers, dryRun: true };
      const reading = imported(changes.reduce(altered, file), how);
      await reading.catch((error: unknown) => expect(error).toBeInstanceOf(Problem));
    });
  });
});
