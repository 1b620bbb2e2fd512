import { encode } from "uqr";

/** As much light around it as scanners are promised. ISO/IEC 18004 §9.1. */
const QUIET_MODULES = 4;

/** A QR code, dark on light in either scheme: scanners want it so. It is one path, a piece for each run. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_MODULES });
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" shape-rendering="crispEdges" d={data.flatMap(darkRuns).join("")} />
    </svg>
  );
}

function darkRuns(row: readonly boolean[], y: number): string[] {
  const modules = row.map((isDark) => (isDark ? "#" : " ")).join("");
  return [...modules.matchAll(/#+/g)].map(
    ({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`,
  );
}
