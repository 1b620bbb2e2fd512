/**
 * An address that nobody else in this run is at, from the block for tests (RFC 2544), so that the
 * attempts of all do not add up. The edge overwrites the header it is sent in; a laptop does not.
 */
export function anAddress(): string {
  const [second = 0, third = 0, fourth = 0] = crypto.getRandomValues(new Uint8Array(3));
  return `198.${18 + (second % 2)}.${third}.${fourth}`;
}
