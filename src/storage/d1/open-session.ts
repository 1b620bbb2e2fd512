import { eq, getTableColumns, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { StillIn } from "../../core/caller/still-in.ts";
import type { NewSession, Opening, Session } from "../../core/session/session.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import type { Database } from "./database.ts";
import { insertAccount, isFirstOf } from "./insert-account.ts";
import { openingStatements } from "./opening-statements.ts";
import { sessions } from "./schema.ts";
import { spendSecondFactor } from "./spend-second-factor.ts";
import { type WrittenBatch, writtenBatch } from "./written-batch.ts";

/**
 * One transaction: a new account is made, a second factor is spent on the session, the session is
 * opened where that and everything else holds, and what follows from it applies only where it was
 * opened.
 */
export function sessionOpenings(db: Database): Pick<Sessions, "open" | "openOnce"> {
  const openPlain = plainOpenings(db);
  return {
    open: (opening) => (isPlain(opening) ? openPlain(opening) : openSession(db, opening)),
    openOnce: (opening) => openSessionOnce(db, opening),
  };
}

/** What people do all day: the account is there, and nothing is spent but a password. */
function isPlain({ makes, secondFactor, firstProof }: Opening): boolean {
  return !makes && typeof secondFactor === "string" && !firstProof;
}

/** Each kind of them is written once, since all that differs from one to the next are values. */
function plainOpenings(db: Database): (opening: Opening) => Promise<Session | null> {
  const kinds = new Map<string, WrittenBatch>();
  return async (opening) => {
    const { session, passwordChangedAt, by, secondFactor, limit, auditEvent } = opening;
    const { sessionId: bySessionId, at: askedAt, ...may } = by ?? {};
    const expects = [passwordChangedAt !== null, by && may];
    const kind = JSON.stringify([...expects, secondFactor, limit, auditEvent]);
    const batch =
      kinds.get(kind) ?? writtenBatch(db, openingStatements(db, withPlaceholders(opening)));
    kinds.set(kind, batch);
    const [opened] = await batch({
      ...session,
      passwordChangedAt,
      bySessionId,
      askedAt,
    });
    return numbered(opening, opened?.results ?? []);
  };
}

/** It says `NewSession`, `StillIn` and `Date`, and is what stands for their values in a statement. */
function withPlaceholders({ passwordChangedAt, by, ...kind }: Opening): Opening {
  const place = (name: string) => sql`${sql.placeholder(name)}`;
  const columns = Object.keys(getTableColumns(sessions));
  return {
    ...kind,
    session: Object.fromEntries(
      columns.map((name) => [name, place(name)]),
    ) as unknown as NewSession,
    passwordChangedAt: passwordChangedAt && (place("passwordChangedAt") as unknown as Date),
    ...(by && {
      by: { ...by, sessionId: place("bySessionId"), at: place("askedAt") } as unknown as StillIn,
    }),
  };
}

type Batch = [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]];

async function openSession(db: Database, opening: Opening): Promise<Session | null> {
  const before = statementsBefore(db, opening);
  const statements = [...before, ...openingStatements(db, opening)] as Batch;
  const results = await db.batch(statements);
  return numbered(opening, results[before.length]);
}

async function openSessionOnce(
  db: Database,
  opening: Opening,
): Promise<Session | "opened before" | null> {
  const { id } = opening.session;
  const earlier = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id));
  const before = [earlier, ...statementsBefore(db, opening)];
  const statements = [...before, ...openingStatements(db, opening)] as Batch;
  const results = await db.batch(statements);
  const wasOpened = (results[0] as Awaited<typeof earlier>).length > 0;
  return wasOpened ? "opened before" : numbered(opening, results[before.length]);
}

/** The session under the number that its row got; null where it got no row. */
function numbered({ session }: Opening, inserted: unknown): Session | null {
  const [row] = inserted as { number: number }[];
  return row ? { ...session, number: row.number } : null;
}

function statementsBefore(db: Database, opening: Opening): BatchItem<"sqlite">[] {
  return [...making(db, opening), ...spending(db, opening)];
}

/** Where the account is not made, there is none for the session either. */
function making(db: Database, { makes }: Opening): BatchItem<"sqlite">[] {
  if (!makes) {
    return [];
  }
  return [...insertAccount(db, makes, makes.mustBeFirst ? isFirstOf(makes.account) : undefined)];
}

/** Nothing is spent on a session that was opened before. */
function spending(db: Database, { session, secondFactor }: Opening): BatchItem<"sqlite">[] {
  if (typeof secondFactor === "string") {
    return [];
  }
  const isNew = sql`NOT EXISTS (SELECT 1 FROM ${sessions} WHERE ${eq(sessions.id, session.id)})`;
  return [spendSecondFactor(db, session.accountId, secondFactor, session.id, isNew)];
}
