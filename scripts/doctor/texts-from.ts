import type { Resolver } from "node:dns/promises";

const NONE = ["ENOTFOUND", "ENODATA"];

/** The texts at a name, each put together of its parts; none where the name has none. */
export function textsFrom(resolver: Pick<Resolver, "resolveTxt">) {
  return async (name: string): Promise<string[]> => {
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
    } catch (error) {
      if (NONE.includes((error as NodeJS.ErrnoException).code ?? "")) {
        return [];
      }
      throw error;
    }
  };
}
