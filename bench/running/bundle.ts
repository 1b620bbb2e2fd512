import { build } from "esbuild";

/** A Worker in one file, bundled and minified as wrangler would do it. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2024",
    platform: "browser",
    mainFields: ["workerd", "module", "main"],
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*"],
    // Of Latchkey's password hash, which a peer is measured with: it is asked to check no foreign one.
    loader: { ".wasm": "empty" },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  const [file] = outputFiles;
  if (!file) {
    throw new Error(`${entry} made no file`);
  }
  return file.text;
}
