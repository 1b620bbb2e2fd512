/**
 * What a person grants of what was asked for: a part of it, or all with null. Null where it is more.
 * Nothing is a part too: whoever asked may then sign the person in, and no more.
 */
export function chooseScopes(
  asked: readonly string[],
  chosen: readonly string[] | null,
): readonly string[] | null {
  const scopes = [...new Set(chosen ?? asked)];
  return scopes.every((scope) => asked.includes(scope)) ? scopes : null;
}
