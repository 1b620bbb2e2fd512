import { globSync, readFileSync } from "node:fs";
import { installed, type LockFile } from "./lock-files.ts";

/** A `package.json`, as far as it is read here. */
export interface Manifest {
  /** Where it lies. */
  path: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
/** A lock file that names no place takes what it names from the registry in use, by its hash. */
const REGISTRY = "https://registry.npmjs.org/";
const EXAMPLES = "examples/";

/** The project's, and those of the bench, the tests and the examples. */
export function readManifests(): Manifest[] {
  return globSync(["package.json", "{bench,test/*,examples/*}/package.json"])
    .sort()
    .map((path) => ({ path, ...JSON.parse(readFileSync(path, "utf8")) }));
}

/** Everything that could make two installations differ, or an example differ from what was tested. */
export function looseDependencies(
  manifests: readonly Manifest[],
  lockFiles: readonly LockFile[],
): string[] {
  const project = manifests.find(({ path }) => path === "package.json");
  return [
    ...manifests.flatMap((manifest) => [
      ...rangesIn(manifest),
      ...otherVersions(manifest, project ?? manifest),
    ]),
    ...lockFiles.flatMap((lockFile) => [
      ...disagreements(manifests, lockFile),
      ...foreignPackages(lockFile),
      ...missingPackages(lockFile),
    ]),
  ];
}

function wantedBy({ dependencies, devDependencies }: Omit<Manifest, "path">): [string, string][] {
  return Object.entries({ ...dependencies, ...devDependencies });
}

function rangesIn({ path, ...manifest }: Manifest): string[] {
  return wantedBy(manifest)
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${path}: ${name} is not exact: ${version}`);
}

/** The examples are checked and tested with the project's own packages. Bench and tests have more of their own. */
function otherVersions({ path, ...manifest }: Manifest, project: Manifest): string[] {
  const tested = Object.fromEntries(wantedBy(project));
  return wantedBy(manifest)
    .filter(([name]) => path.startsWith(EXAMPLES) || name in tested)
    .filter(([name, version]) => tested[name] !== version)
    .map(([name, version]) => `${path}: ${name} ${version} is tested as ${tested[name]}`);
}

/** Between a lock file and the `package.json` beside it. */
function disagreements(manifests: readonly Manifest[], { path, packages }: LockFile): string[] {
  const manifest = manifests.find((one) => one.path === path.replace("-lock", ""));
  const wanted = Object.fromEntries(wantedBy(manifest ?? {}));
  const known = Object.fromEntries(wantedBy(packages[""] ?? {}));
  return Object.keys({ ...wanted, ...known }).flatMap((name) => {
    const locked = packages[`node_modules/${name}`]?.version;
    return wanted[name] === known[name] && wanted[name] === locked
      ? []
      : [
          `${path}: ${name} is wanted as ${wanted[name]}, known as ${known[name]}, locked as ${locked}`,
        ];
  });
}

function foreignPackages(lockFile: LockFile): string[] {
  return installed(lockFile)
    .filter(
      ([, { integrity, resolved = REGISTRY }]) => !integrity || !resolved.startsWith(REGISTRY),
    )
    .map(([folder, { resolved = "no hash" }]) => `${lockFile.path}: ${folder}: ${resolved}`);
}

/** Of another platform, left out by a registry that did not have them: `npm ci` fails there. */
function missingPackages(lockFile: LockFile): string[] {
  const names = new Set(
    installed(lockFile).map(([folder]) => folder.replace(/^.*node_modules\//, "")),
  );
  return installed(lockFile).flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${lockFile.path}: ${folder} may need ${name}, which is not locked`),
  );
}
