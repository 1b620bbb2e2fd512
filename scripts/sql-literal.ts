export type SqlValue = string | number | boolean | Date | null;

/**
 * What wrangler would not pass on as it is: an argument of a program ends at a NUL, and wrangler cuts
 * the words of a transaction out of whatever it is given, quoted or not.
 */
const UNSAFE = /\p{Cc}|BEGIN TRANSACTION|COMMIT;/u;

/** A value as SQLite reads it: times in milliseconds, true and false as 1 and 0. */
export function sqlLiteral(value: SqlValue): string {
  if (value === null) {
    return "NULL";
  }
  if (typeof value === "string") {
    return UNSAFE.test(value)
      ? `CAST(X'${hexOf(value)}' AS TEXT)`
      : `'${value.replaceAll("'", "''")}'`;
  }
  // A list of bytes with one byte would be taken for its number.
  const number = typeof value === "object" && !(value instanceof Date) ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError("only texts, whole numbers and times are written into SQL");
  }
  // Two minus signs begin a comment.
  return number < 0 ? `(${number})` : String(number);
}

function hexOf(text: string): string {
  const pairs = [...new TextEncoder().encode(text)].map((byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return pairs.join("");
}
