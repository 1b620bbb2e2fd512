import { type Context, Hono, type MiddlewareHandler } from "hono";
import { isLoopback } from "../core/is-loopback.ts";
import { crc32 } from "../core/key/crc32.ts";
import type { AppEnv } from "../http/app-env.ts";
import { momentInWords } from "../texts/moment-in-words.ts";
import type { Texts } from "../texts/texts.ts";
import { page } from "./frame/page.tsx";
import { pageFailure } from "./frame/page-failure.ts";
import { textsOf } from "./frame/texts-of.ts";
import { Sentence } from "./words/sentence.tsx";

/** A mail is shown with its own looks, as no page of ours: it runs nothing and loads nothing. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** A message as the development mailbox kept it. */
export interface KeptMessage {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  sent_at: string;
}

type Read = (to: string | null) => Promise<KeptMessage[]>;

/** The development mailbox: what would have been mailed, newest first, as a page and as JSON. */
export function mailbox(read: Read): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .onError(pageFailure)
    .use("/dev/*", onLoopbackOnly)
    .get("/dev/mailbox.json", async (http) => {
      const to = http.req.query("to")?.trim().toLowerCase() ?? null;
      return http.json({ messages: await read(to) }, 200, { "cache-control": "no-store" });
    })
    .get("/dev/mailbox", async (http) => listing(http, await read(null)))
    .get("/dev/mailbox/:id", async (http) => {
      const messages = await read(null);
      const found = messages.find((message) => idOf(message) === http.req.param("id"));
      return found ? asMailed(http, found) : http.notFound();
    });
}

/** A name that was pointed at this machine from outside reads no mail (DNS rebinding). */
const onLoopbackOnly: MiddlewareHandler<AppEnv> = (http, next) =>
  isLoopback(new URL(http.req.url).hostname) ? next() : Promise.resolve(http.notFound());

/** The same for the same message, which has no other. */
function idOf(message: KeptMessage): string {
  return crc32(JSON.stringify(message)).toString(16);
}

/** The HTML of a mail, byte for byte. */
function asMailed(http: Context<AppEnv>, { html }: KeptMessage): Response {
  http.set("contentPolicy", MAIL_POLICY);
  return http.html(html, 200, { "cache-control": "no-store" });
}

function listing(http: Context<AppEnv>, messages: readonly KeptMessage[]): Promise<Response> {
  const texts = textsOf(http);
  const { title, empty } = texts.mailbox;
  return page(
    http,
    { title },
    <>
      <h1>{title}</h1>
      {messages.length === 0 && <p>{empty}</p>}
      {messages.map((message) => (
        <Mail texts={texts} message={message} />
      ))}
    </>,
  );
}

function Mail({ texts, message }: { texts: Texts; message: KeptMessage }) {
  const { to, subject, text, sent_at } = message;
  const { mailbox, time } = texts;
  return (
    <article>
      <h2>{subject}</h2>
      <p class="hint">
        <Sentence
          of={mailbox.to}
          address={to}
          time={<time datetime={sent_at}>{momentInWords(time, new Date(sent_at))}</time>}
        />
      </p>
      {text.split("\n\n").map((paragraph) => (
        <Paragraph text={paragraph.trim()} />
      ))}
      <p>
        <a href={`/dev/mailbox/${idOf(message)}`}>{mailbox.asMailed}</a>
      </p>
    </article>
  );
}

/** What is to be opened or typed stands alone in its paragraph. */
function Paragraph({ text }: { text: string }) {
  if (/^\d{6}$/.test(text)) {
    return <p class="code">{text}</p>;
  }
  return <p>{/^https?:\S+$/.test(text) ? <a href={text}>{text}</a> : text}</p>;
}
