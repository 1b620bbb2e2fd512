import * as z from "zod";

const PAGE_DEFAULT = 50;
const PAGE_MAX = 100;
const CURSOR_MAX_LENGTH = 1024;

/** Read before anything else, where the tenant is looked up. */
const tenant = z
  .string()
  .optional()
  .describe("The tenant's slug; the default tenant where it is left out.");
export const inTenant = z.object({ tenant });
export const account = z.object({ accountId: z.string() });

/** How many entries a page has, at most. */
export const limit = z
  .string()
  .optional()
  .transform((said) => Number(said ?? PAGE_DEFAULT))
  .pipe(
    z
      .int({ error: "must be a whole number" })
      .min(1, { error: "must be at least 1" })
      .max(PAGE_MAX, { error: `must be at most ${PAGE_MAX}` }),
  )
  .describe(`How many, at most: 1 to ${PAGE_MAX}, ${PAGE_DEFAULT} unless said.`);

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
