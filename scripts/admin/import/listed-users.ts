import { Problem } from "../../problem.ts";
import type { NumberedText } from "./numbered-lines.ts";

/** A longer one is no account. */
const USER_CHARACTERS_MOST = 65_536;

/**
 * The objects in the list `users` of one JSON document, as Keycloak and Firebase export them, one at a
 * time and by the line on which each begins. What stands beside the list is passed over unread.
 */
export async function* listedUsers(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<NumberedText> {
  const decoder = new TextDecoder();
  const scanner = new Scanner();
  for await (const chunk of chunks) {
    for (const character of decoder.decode(chunk, { stream: true })) {
      const user = scanner.take(character);
      if (user) {
        yield user;
      }
    }
  }
  if (!scanner.isWhole) {
    throw new Problem(
      'The file is no JSON document with a list "users" that comes to its end.',
      "Give the whole export. If it has one account a line, it is another --format.",
    );
  }
}

/** Where in the document we are. Only what matters is kept: depth, strings, and the user at hand. */
class Scanner {
  #line = 1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The newest string at the depth of the document's own names. */
  #name = "";
  #listDepth = 0;
  #user: { line: number; text: string } | null = null;
  isWhole = false;

  take(character: string): NumberedText | null {
    this.#line += character === "\n" ? 1 : 0;
    if (this.#user && this.#user.text.length <= USER_CHARACTERS_MOST) {
      this.#user.text += character;
    }
    if (this.#inString) {
      this.#takeInString(character);
      return null;
    }
    if (character === '"') {
      this.#inString = true;
      this.#name = this.#depth === 1 ? "" : this.#name;
    } else if (character === "{" || character === "[") {
      this.#open(character);
    } else if (character === "}" || character === "]") {
      return this.#close();
    }
    return null;
  }

  #takeInString(character: string): void {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (character === "\\") {
      this.#escaped = true;
    } else if (character === '"') {
      this.#inString = false;
    } else if (this.#depth === 1) {
      this.#name += character;
    }
  }

  #open(character: string): void {
    this.#depth += 1;
    if (this.#depth === 2 && character === "[" && this.#name === "users") {
      this.#listDepth = 2;
    } else if (this.#listDepth === 2 && this.#depth === 3 && character === "{") {
      this.#user = { line: this.#line, text: "{" };
    }
  }

  #close(): NumberedText | null {
    this.#depth -= 1;
    if (this.#depth === 1 && this.#listDepth === 2) {
      this.#listDepth = 0;
      this.isWhole = true;
    }
    const user = this.#user;
    if (!user || this.#depth !== 2) {
      return null;
    }
    this.#user = null;
    return { line: user.line, text: user.text.length > USER_CHARACTERS_MOST ? null : user.text };
  }
}
