import type { GivenRow } from "./account-row.ts";

/** A row as another system's export has it, made into ours. */
export interface ForeignRow {
  row: GivenRow;
  /** What the row had and this service does not take, for the report. */
  notes: readonly string[];
}

/** Makes a row of an export into ours, at the database's time. Throws a `RowProblem` for what cannot be. */
export type Mapper = (given: Fields, now: Date) => ForeignRow;

/** An object of JSON, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(given: unknown): given is Fields {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** The text in a field; null for anything else. */
export function textOf(given: Fields, field: string): string | null {
  const value = given[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The objects in a field that is a list. */
export function listOf(given: Fields, field: string): Fields[] {
  const value = given[field];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** A time as systems write it: RFC 3339, PostgreSQL's with a space, or milliseconds as a number or a text. */
export function timeOf(given: Fields, field: string): number | null {
  const value = given[field];
  if (typeof value === "number") {
    return value;
  }
  if (typeof value !== "string" || value === "") {
    return null;
  }
  // PostgreSQL writes a time zone of whole hours without its minutes.
  const at = /^\d+$/.test(value)
    ? Number(value)
    : Date.parse(value.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
  return Number.isNaN(at) ? null : at;
}
