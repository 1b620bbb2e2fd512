import { type SmtpServer, smtpTransport } from "../../../src/mail/smtp.ts";
import type { Message } from "../../../src/mail/transport.ts";

/** Hands a message to an SMTP server as Latchkey does, and says what became of it. */
export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method !== "POST") {
      return new Response("ready");
    }
    const { server, message } = await request.json<{ server: SmtpServer; message: Message }>();
    try {
      const bounced = await smtpTransport(server, "auth.example.test")(message);
      return Response.json({ bounced: bounced?.reason ?? null });
    } catch (error) {
      return Response.json({ error: (error as Error).message });
    }
  },
} satisfies ExportedHandler;
