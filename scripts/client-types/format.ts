import { execFile } from "node:child_process";

/** Source text as the formatter would leave it in that file. */
export function format(path: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const biome = execFile("biome", ["format", `--stdin-file-path=${path}`], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    biome.stdin?.end(text);
  });
}
