/** A URL with what it carries: every value is encoded, so that none can become part of the path. */
export function linkTo(url: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${url}?${pairs.join("&")}`;
}
