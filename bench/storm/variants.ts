/** What is measured, by its name: Latchkey as it is, or with one module of `src/crypto` that does nothing. */
export const variants = {
  "as it is": null,
  "without the gate": "hash-gate.ts",
  "without giving way": "give-way.ts",
} as const;

export type VariantName = keyof typeof variants;

export const variantNames = Object.keys(variants) as VariantName[];
