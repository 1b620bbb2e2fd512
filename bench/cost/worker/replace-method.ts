// biome-ignore lint/suspicious/noExplicitAny: whatever the platform takes
export type Method = (this: any, ...args: any[]) => any;

/** Puts a method in place of a prototype's, which gets the one that was there; nothing where there is none. */
export function replaceMethod(
  prototype: object,
  name: string,
  make: (original: Method) => Method,
): void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name];
  if (typeof original === "function") {
    methods[name] = make(original);
  }
}
