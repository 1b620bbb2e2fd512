const POLYNOMIAL = 0xedb88320;

/** What is left of each half byte: with it a byte takes two steps, not eight. */
const REMAINDERS = Uint32Array.from({ length: 16 }, (_, half) => {
  let rest = half;
  for (let bit = 0; bit < 4; bit++) {
    rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  }
  return rest;
});

/** CRC-32 as zip and PNG compute it (ISO-HDLC): finds mistyped characters, and proves nothing. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc = withHalf(withHalf(crc ^ byte));
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function withHalf(crc: number): number {
  return (crc >>> 4) ^ (REMAINDERS[crc & 0xf] as number);
}
