type Body = Readonly<Record<string, unknown>>;

/** A text in an answer; null where there is none. */
export function textIn(body: Body, name: string): string | null {
  const value = Object.hasOwn(body, name) ? body[name] : null;
  return typeof value === "string" && value !== "" ? value : null;
}

/** A positive number in an answer; null where there is none. */
export function numberIn(body: Body, name: string): number | null {
  const value = Object.hasOwn(body, name) ? body[name] : null;
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : null;
}
