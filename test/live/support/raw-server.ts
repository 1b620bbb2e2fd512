import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What stands for a line where a client has only come. */
export const GREETING = "(a client)";

/** A server of one's own words, for what no real one says. It tells what it was told. */
export async function startRawServer(
  answer: (line: string, socket: Socket) => string | null,
): Promise<{ port: number; told: string[]; close(): void }> {
  const told: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    const say = (text: string | null) => text !== null && socket.write(text);
    say(answer(GREETING, socket));
    let unread = "";
    socket.on("data", (chunk: Buffer) => {
      unread += chunk.toString();
      const lines = unread.split("\r\n");
      unread = lines.pop() ?? "";
      for (const line of lines) {
        told.push(line);
        say(answer(line, socket));
      }
    });
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  return { port, told, close };
}
