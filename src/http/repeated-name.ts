/** Texts, and what gives a document its form. Numbers and words say nothing of names. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * A name that is there more than once in one object of a well-formed JSON text; null where none is. Of
 * these `JSON.parse` keeps the last, and others the first: RFC 8259 §4 leaves it to who reads.
 */
export function repeatedName(json: string): string | null {
  /** Of each object and array that is open, the names so far; null before the first. */
  const open: (Set<string> | null)[] = [];
  let text = "";
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === ":") {
      const name: string = JSON.parse(text);
      const names = open.pop() ?? new Set();
      if (names.has(name)) {
        return name;
      }
      open.push(names.add(name));
    } else if (token.startsWith('"')) {
      text = token;
    } else if ("{[".includes(token)) {
      open.push(null);
    } else {
      open.pop();
    }
  }
  return null;
}
