/**
 * What a person grants of what was asked for: a part of it, in the order in which it was asked
 * for, or all with null. Null where it is more. Nothing is a part too: whoever asked may then sign the person in, and no more.
 */
export function chooseScopes(
  asked: readonly string[],
  chosen: readonly string[] | null,
): readonly string[] | null {
  const wanted = chosen ?? asked;
  const isWithin = wanted.every((scope) => asked.includes(scope));
  return isWithin ? asked.filter((scope) => wanted.includes(scope)) : null;
}
