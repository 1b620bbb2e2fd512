import { Hono, type MiddlewareHandler } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { page } from "./page.tsx";
import { pageFailure } from "./page-failure.ts";
import { Sentence } from "./sentence.tsx";
import { textsOf } from "./texts-of.ts";

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** A message as the development mailbox kept it. */
export interface KeptMessage {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  sent_at: string;
}

/** The development mailbox: what would have been mailed, newest first, as a page and as JSON. */
export function mailbox(read: (to: string | null) => Promise<KeptMessage[]>): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .onError(pageFailure)
    .use("/dev/*", onLoopbackOnly)
    .get("/dev/mailbox.json", async (http) => {
      const to = http.req.query("to")?.trim().toLowerCase() ?? null;
      return http.json({ messages: await read(to) }, 200, { "cache-control": "no-store" });
    })
    .get("/dev/mailbox", async (http) => {
      const messages = await read(null);
      const { mailbox } = textsOf(http);
      http.header("cache-control", "no-store");
      return page(
        http,
        { title: mailbox.title },
        <>
          <h1>{mailbox.title}</h1>
          {messages.length === 0 && <p>{mailbox.empty}</p>}
          {messages.map((message) => (
            <Mail message={message} to={mailbox.to} />
          ))}
        </>,
      );
    });
}

/** A name that was pointed at this machine from outside reads no mail (DNS rebinding). */
const onLoopbackOnly: MiddlewareHandler<AppEnv> = (http, next) =>
  LOOPBACK.test(new URL(http.req.url).hostname) ? next() : Promise.resolve(http.notFound());

function Mail({ message, to }: { message: KeptMessage; to: string }) {
  return (
    <article>
      <h2>{message.subject}</h2>
      <p>
        <Sentence
          of={to}
          address={message.to}
          time={<time datetime={message.sent_at}>{message.sent_at}</time>}
        />
      </p>
      {message.text.split("\n\n").map((paragraph) => (
        <p>{/^https?:\S+$/.test(paragraph) ? <a href={paragraph}>{paragraph}</a> : paragraph}</p>
      ))}
    </article>
  );
}
