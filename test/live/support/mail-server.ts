import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export const LOGIN = { username: "desk@meadow.example", password: "canary:grüße \u{1f9a6} 7d1f" };

export interface Arrived extends Email {
  /** The envelope, which is what a server goes by. */
  from_: string;
  to_: readonly string[];
  isEncrypted: boolean;
}

export interface MailServer {
  port: number;
  /** What was taken, in order. */
  arrived: Arrived[];
  /** What each client did, in order: `CONNECT`, `AUTH`, `MAIL`, `RCPT robin@…`, `DATA`, `QUIT`. */
  did: string[];
  close(): Promise<void>;
  /** Keeps no process from ending. */
  unref(): void;
}

/** What a server says to a recipient: nothing to take it, or a code and words; never, to hang. */
export type Says = (address: string) => { code: number; words: string } | "nothing" | null;

/** A real SMTP server on this machine, for submission as providers offer it: on a free port unless told. */
export async function startMailServer(
  options: SMTPServerOptions,
  says: Says = () => null,
  onPort = 0,
): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const did: string[] = [];
  const server = new SMTPServer({
    authMethods: ["PLAIN", "LOGIN"],
    // There is no handler for QUIT: the log tells of it.
    logger: { debug: (entry) => entry["command"] === "QUIT" && did.push("QUIT") },
    closeTimeout: 100,
    ...options,
    onConnect(_, done) {
      did.push("CONNECT");
      done();
    },
    onAuth({ username, password }, _, done) {
      did.push("AUTH");
      const isRight = username === LOGIN.username && password === LOGIN.password;
      // It says again what it was told, as servers may.
      const wrong = refusal(535, `5.7.8 wrong: ${username} ${password}`);
      isRight ? done(null, { user: username }) : done(wrong);
    },
    onMailFrom(_, __, done) {
      did.push("MAIL");
      done();
    },
    onRcptTo({ address }, _, done) {
      did.push(`RCPT ${address}`);
      const answer = says(address);
      if (answer !== "nothing") {
        answer ? done(refusal(answer.code, answer.words)) : done();
      }
    },
    onData(stream, { envelope, secure }, done) {
      did.push("DATA");
      buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          const from_ = envelope.mailFrom ? envelope.mailFrom.address : "";
          const to_ = envelope.rcptTo.map(({ address }) => address);
          arrived.push({ ...mail, from_, to_, isEncrypted: secure });
          done();
        }, done);
    },
  });
  // Clients that hang up in the middle are what is tested.
  server.on("error", () => {});
  server.listen(onPort, "localhost");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    arrived,
    did,
    close: () => new Promise((resolve) => server.close(() => resolve())),
    unref: () => void server.server.unref(),
  };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
