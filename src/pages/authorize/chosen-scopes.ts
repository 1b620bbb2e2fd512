import type { Form } from "../form/form-post.ts";

const PREFIX = "scope.";

/**
 * The field that grants a scope: one each, since a form holds no field twice. Encoded, as a browser
 * changes line breaks in a name, and a page shows what it cannot.
 */
export function scopeField(scope: string): string {
  return `${PREFIX}${encodeURIComponent(scope)}`;
}

/** The scopes that a posted form grants. What was asked for is for the operation to know. */
export function chosenScopes(form: Form): readonly string[] {
  return Object.keys(form)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => decoded(name.slice(PREFIX.length)));
}

/** What we did not encode is no scope that was asked for, as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
