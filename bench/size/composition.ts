/** What esbuild tells of a bundle (its metafile), as far as it is read here. */
export interface Metafile {
  inputs: Readonly<Record<string, { imports: readonly Import[] }>>;
  outputs: Readonly<Record<string, Output>>;
}

interface Import {
  path: string;
  /** "dynamic-import" is what `import()` is called. */
  kind: string;
  external?: boolean;
}

interface Output {
  bytes: number;
  entryPoint?: string;
  inputs: Readonly<Record<string, { bytesInOutput: number }>>;
}

/** What a package, or a folder of our own, brings into the bundle. In minified bytes. */
export interface Share {
  owner: string;
  modules: number;
  /** Evaluated when an isolate starts. */
  startBytes: number;
  /** Evaluated when somebody needs it: behind an `import()`, and behind no other import. */
  laterBytes: number;
}

/** Who brings what into the bundle, who brings most first. Throws where the bundle has no entry. */
export function composition(metafile: Metafile): Share[] {
  const { entryPoint, inputs } = entryOf(metafile);
  const atStart = evaluatedAtStart(metafile, entryPoint);
  const shares = new Map<string, Share>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const owner = ownerOf(path);
    const share = shares.get(owner) ?? { owner, modules: 0, startBytes: 0, laterBytes: 0 };
    share.modules += 1;
    share[atStart.has(path) ? "startBytes" : "laterBytes"] += bytesInOutput;
    shares.set(owner, share);
  }
  return [...shares.values()].filter((share) => bytesOf(share) > 0).sort(byBytes);
}

export const bytesOf = ({ startBytes, laterBytes }: Share) => startBytes + laterBytes;

export const isPackage = ({ owner }: Share) => !owner.startsWith("src");

function byBytes(a: Share, b: Share): number {
  return bytesOf(b) - bytesOf(a) || a.owner.localeCompare(b.owner);
}

function entryOf({ outputs }: Metafile) {
  for (const { entryPoint, inputs } of Object.values(outputs)) {
    if (entryPoint !== undefined) {
      return { entryPoint, inputs };
    }
  }
  throw new Error("no output of the bundle has an entry point");
}

/**
 * What the entry reaches without an `import()`. esbuild wraps everything else in functions, which run when
 * it is imported, though all of it lies in one file.
 */
function evaluatedAtStart({ inputs }: Metafile, entryPoint: string): ReadonlySet<string> {
  const reached = new Set([entryPoint]);
  for (const path of reached) {
    for (const { path: next, kind, external } of inputs[path]?.imports ?? []) {
      if (kind !== "dynamic-import" && !external) {
        reached.add(next);
      }
    }
  }
  return reached;
}

/** The package that a file is of, or the folder under src/. */
export function ownerOf(path: string): string {
  const inPackage = path.split("node_modules/").at(-1);
  if (inPackage !== undefined && path.includes("node_modules/")) {
    const [scope = "", name] = inPackage.split("/");
    return scope.startsWith("@") ? `${scope}/${name}` : scope;
  }
  const [, folder = "", inside] = /(?:^|\/)(?:src\/)([^/]+)(\/)?/.exec(path) ?? [];
  return inside ? `src/${folder}` : "src";
}
