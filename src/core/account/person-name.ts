/** A person's whole name and its parts, kept together so that contracts may show either. */
export interface PersonName {
  name: string;
  givenName: string;
  familyName: string;
}

/** From a whole name: its first word is taken for the given name. */
export function nameFromWhole(name: string): PersonName {
  const [givenName = "", ...rest] = name.split(" ");
  return { name, givenName, familyName: rest.join(" ") };
}

export function nameFromParts(givenName: string, familyName: string): PersonName {
  return { name: `${givenName} ${familyName}`.trim(), givenName, familyName };
}
