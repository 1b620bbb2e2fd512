import type { Child } from "hono/jsx";

type SentenceProps = { of: string } & Readonly<Record<string, Child>>;

/** A text with markup in its `{holes}`, in whatever order the language has them. */
export function Sentence({ of, ...parts }: SentenceProps) {
  return (
    <>{of.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : parts[piece]))}</>
  );
}
