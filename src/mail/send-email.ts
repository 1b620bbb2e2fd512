import type { Transport } from "./transport.ts";

/** Cloudflare's `send_email` binding. */
export function sendEmailTransport(binding: SendEmail): Transport {
  return async ({ to, from, subject, text, html }) => {
    await binding.send({ to, from: parseAddress(from), subject, text, html });
  };
}

/** `Name <address>` or a bare address. */
function parseAddress(from: string): { email: string; name: string } {
  const [, name, address] = from.match(/^(.*?)\s*<([^<>]+)>$/) ?? [];
  return { email: address ?? from, name: name ?? "" };
}
