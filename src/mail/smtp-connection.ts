import { connect } from "cloudflare:sockets";
import { SmtpError } from "./smtp-error.ts";
import { isLastLine, parseReply, type Reply } from "./smtp-reply.ts";

/** Of one reply: a server that never ends one is no server of mail. */
const REPLY_MAX_CHARACTERS = 65_536;

/** For the whole answer to QUIT, which nothing depends on. */
const FAREWELL_SECONDS = 2;

export interface Server {
  host: string;
  port: number;
  tls: "implicit" | "starttls" | "none";
  /** How long each answer may take. */
  timeoutSeconds: number;
}

type Streams = {
  reader: ReadableStreamDefaultReader<Uint8Array>;
  writer: WritableStreamDefaultWriter<Uint8Array>;
};

/**
 * Lines over a socket. Whatever ends it, each call ends: with what was awaited, or with an `SmtpError`
 * that names the command, within the time that the server has.
 */
export class SmtpConnection {
  readonly #server: Server;
  #socket: Socket;
  #streams: Streams;
  #decoder = new TextDecoder();
  #unread = "";
  /** Whether the server has said its word: it waits for a command, and takes what comes for one. */
  #isAnswered = false;

  constructor(server: Server) {
    const { host, port, tls } = server;
    this.#server = server;
    const secureTransport = { implicit: "on", starttls: "starttls", none: "off" }[tls];
    this.#socket = connect({ hostname: host, port }, { secureTransport, allowHalfOpen: false });
    this.#streams = streamsOf(this.#socket);
  }

  /** What the server says by itself, or after `command`. */
  async reply(command: string): Promise<Reply> {
    const lines: string[] = [];
    while (lines.length === 0 || !isLastLine(lines.at(-1) ?? "")) {
      lines.push(await this.#line(command, REPLY_MAX_CHARACTERS - lines.join("").length));
    }
    const reply = parseReply(lines) ?? fail(`the SMTP server answered ${command} with no reply`);
    this.#isAnswered = true;
    return reply;
  }

  /** Sends a line and gives the answer. `name` stands for the line in errors. */
  async ask(line: string, name = line): Promise<Reply> {
    if (/[\r\n]/.test(line)) {
      return fail(`${name} would have been two lines`);
    }
    await this.send(`${line}\r\n`, name);
    return this.reply(name);
  }

  async send(text: string, name: string): Promise<void> {
    this.#isAnswered = false;
    await this.#inTime(name, this.#streams.writer.write(new TextEncoder().encode(text)));
  }

  /**
   * Goes on in TLS after the server has agreed to. What came before the handshake is anybody's word:
   * more than the agreement is refused. RFC 3207 §4.2.
   */
  startTls(): void {
    this.#isAnswered = false;
    if (this.#unread !== "") {
      fail("the SMTP server sent more than its answer to STARTTLS");
    }
    this.#streams.reader.releaseLock();
    this.#streams.writer.releaseLock();
    this.#socket = this.#socket.startTls({ expectedServerHostname: this.#server.host });
    this.#streams = streamsOf(this.#socket);
    this.#decoder = new TextDecoder();
  }

  /**
   * Takes leave (RFC 5321 §4.1.1.10), and goes without a word where that could be taken for a part of the
   * letter. What was taken is taken, whatever the answer: it is waited for only because a socket that
   * is closed sends nothing more.
   */
  async close(): Promise<void> {
    if (this.#isAnswered) {
      await this.#inTime("QUIT", this.ask("QUIT"), FAREWELL_SECONDS).catch(ignore);
    }
    const { reader, writer } = this.#streams;
    writer.close().catch(ignore);
    reader.cancel().catch(ignore);
    this.#socket.close().catch(ignore);
  }

  async #line(command: string, mostCharacters: number): Promise<string> {
    for (;;) {
      const end = this.#unread.indexOf("\n");
      if (end >= 0) {
        const line = this.#unread.slice(0, end).replace(/\r$/, "");
        this.#unread = this.#unread.slice(end + 1);
        return line;
      }
      if (this.#unread.length > mostCharacters) {
        fail(`the SMTP server's answer to ${command} has no end`);
      }
      const { value, done } = await this.#inTime(command, this.#streams.reader.read());
      if (done) {
        fail(`the SMTP server hung up at ${command}`);
      }
      this.#unread += this.#decoder.decode(value, { stream: true });
    }
  }

  async #inTime<Result>(
    command: string,
    work: Promise<Result>,
    timeoutSeconds = this.#server.timeoutSeconds,
  ): Promise<Result> {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const late = new Promise<never>((_, reject) => {
      const error = new SmtpError(`the SMTP server took over ${timeoutSeconds} s at ${command}`);
      timer = setTimeout(() => reject(error), timeoutSeconds * 1000);
    });
    const broken = (cause: unknown) =>
      fail(`the connection to the SMTP server broke at ${command}`, cause);
    try {
      return await Promise.race([work.catch(broken), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function streamsOf(socket: Socket): Streams {
  // That it failed is seen by whoever reads or writes.
  socket.opened.catch(ignore);
  socket.closed.catch(ignore);
  return { reader: socket.readable.getReader(), writer: socket.writable.getWriter() };
}

function fail(message: string, cause?: unknown): never {
  throw new SmtpError(message, cause === undefined ? {} : { cause });
}

function ignore(): void {}
