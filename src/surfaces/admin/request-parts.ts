import * as z from "zod";
import { AUDIT_EVENTS, type AuditEventName } from "../../core/audit/audit-events.ts";
import { onlyThese } from "../request.ts";

const PAGE_DEFAULT = 50;
const PAGE_MAX = 100;
const CURSOR_MAX_LENGTH = 1024;

/** Read before anything else, where the tenant is looked up. */
const tenant = z
  .string()
  .optional()
  .describe("The tenant's slug; the default tenant where it is left out.");

/** What a row reads that takes no body: its path, and this of the query string. All else is refused. */
export function withoutBody<P extends z.ZodRawShape, Q extends z.ZodRawShape>(params: P, query: Q) {
  return z.object({
    params: z.object(params),
    query: onlyThese({ tenant, ...query }),
    body: onlyThese({}).optional(),
  });
}

/** What a row reads that takes a body: its path, and these fields. All else is refused. */
export function withBody<P extends z.ZodRawShape, B extends z.ZodRawShape>(params: P, body: B) {
  return z.object({
    params: z.object(params),
    query: onlyThese({ tenant }),
    body: onlyThese(body),
  });
}

/** The same of a row that does without a body as well. */
export function withBodyIfAny<P extends z.ZodRawShape, B extends z.ZodRawShape>(
  params: P,
  body: B,
) {
  return z.object({
    params: z.object(params),
    query: onlyThese({ tenant }),
    body: onlyThese(body).prefault({} as never),
  });
}

/** A text that has to be there. */
export function text() {
  return z.string({
    error: ({ input }) => (input === undefined ? "is required" : "must be a text"),
  });
}

export const eventNames = Object.keys(AUDIT_EVENTS) as AuditEventName[];
export const eventName = z.enum(eventNames, {
  error: "must be an event of the audit log, such as signed-in",
});

export const account = { accountId: z.string() };

/** How many entries a page has, at most. */
export const limit = z
  .string()
  .regex(/^\d+$/, { error: "must be a whole number" })
  .transform(Number)
  .pipe(
    z
      .int({ error: "must be a whole number" })
      .min(1, { error: "must be at least 1" })
      .max(PAGE_MAX, { error: `must be at most ${PAGE_MAX}` }),
  )
  .prefault(String(PAGE_DEFAULT))
  .describe("How many, at most.");

export const cursorText = z
  .string()
  .min(1, { error: "must not be empty" })
  .max(CURSOR_MAX_LENGTH, { error: `must have at most ${CURSOR_MAX_LENGTH} characters` })
  .optional()
  .describe("What the page before said in `next_cursor`.");

/** Events are told apart by ids that are in order of time. */
export const eventCursor = z
  .uuid({ error: "must be one that was handed out" })
  .optional()
  .describe("What the page before said in `next_cursor`.");

/** What was not said is not there, rather than there and undefined. */
export function withoutUndefined<T extends object>(given: T) {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as {
    [K in keyof T as undefined extends T[K] ? never : K]: T[K];
  } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
}
