/** Puts values into the `{holes}` of a text. A hole without a value is a bug and stays to be seen. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
