/** Whether what is sent to this host stays on the machine. RFC 8252 §7.3. */
export function isLoopback({ hostname }: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
