const LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "::1"];

/** Whether a host is this machine by name or number, as a URL or a setting has it. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}
