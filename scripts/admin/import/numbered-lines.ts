/** A line past this is no account. */
const LINE_BYTES_MOST = 65_536;

export interface NumberedText {
  /** From 1. */
  line: number;
  /** Null for what is too long, or no UTF-8. */
  text: string | null;
}

/**
 * The lines of a file that are not empty, one at a time: of a line that is too long no more is kept than
 * that it was there.
 */
export async function* numberedLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<NumberedText> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const finish = (): NumberedText => {
    const text = bytes > LINE_BYTES_MOST ? null : decode(parts);
    parts = [];
    bytes = 0;
    return { line: line++, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const finished = finish();
      if (finished.text?.trim() !== "") {
        yield finished;
      }
    }
    keep(chunk.subarray(start));
  }
  const last = finish();
  if (last.text?.trim() !== "") {
    yield last;
  }

  function keep(part: Uint8Array): void {
    bytes += part.length;
    if (part.length > 0 && bytes <= LINE_BYTES_MOST) {
      parts.push(part);
    }
  }
}

function decode(parts: readonly Uint8Array[]): string | null {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
  } catch {
    return null;
  }
}
