import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate for a name from an authority of its own, whose certificate stands in the file `ca`. */
export function certificateFor(
  host: string,
  folder: string,
  ca = join(folder, "ca.pem"),
): Certificate & { ca: string } {
  const at = (name: string) => join(folder, name);
  const keyTo = (name: string) => ["-newkey", "ec:params.pem", "-nodes", "-keyout", name];
  const openssl = (...args: string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  writeFileSync(at("for-host"), `subjectAltName=DNS:${host}\n`);
  openssl("ecparam", "-name", "prime256v1", "-out", "params.pem");
  openssl(
    ...["req", "-x509", "-days", "2", "-subj", "/CN=An authority of this test"],
    ...[...keyTo("ca.key"), "-out", ca],
  );
  openssl("req", "-new", "-subj", `/CN=${host}`, ...keyTo("host.key"), "-out", "host.csr");
  openssl(
    ...["x509", "-req", "-days", "2", "-in", "host.csr", "-extfile", "for-host"],
    ...["-CA", ca, "-CAkey", "ca.key", "-CAcreateserial", "-out", "host.pem"],
  );
  return {
    key: readFileSync(at("host.key"), "utf8"),
    cert: readFileSync(at("host.pem"), "utf8"),
    ca,
  };
}
